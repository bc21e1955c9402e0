import {accessSync, constants, existsSync, mkdirSync, statfsSync} from 'node:fs';
import {sanitiseLine} from '../../../components/text/sanitise.ts';
import {checkDatabase} from '../../../db/check-database.ts';
import {openForReading} from '../../../db/open.ts';
import {StorageProblem} from '../../../db/storage-problem.ts';
import type {Hook} from '../../hooks/hook.ts';
import {readShellLine} from '../../policy/shell-line.ts';
import {unknown} from '../../policy/shell-word.ts';
import {createGit} from '../../workspace/git.ts';
import {runProcess} from '../../workspace/process.ts';
import {chooseSandbox} from '../../workspace/sandbox-choice.ts';
import {choicesFor, folderOf} from '../choices.ts';
import {refuseUnpriced} from '../choose-limits.ts';
import {readProjectFile, readUserConfig} from '../config.ts';
import type {Context} from '../context.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {hooksOf} from '../open-hooks.ts';
import {projectConfig} from '../paths.ts';
import {Problem} from '../problem.ts';
import {print, printJson} from '../terminal.ts';

type Finding = {
	readonly name: string;
	readonly state: 'ok' | 'note' | 'wrong';
	readonly what: string;
	/** The line that mends it; empty when nothing needs mending. */
	readonly mend: string;
};

const ok = (name: string, what: string): Finding => ({name, state: 'ok', what, mend: ''});

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const checkState = ({paths}: Context): Finding => {
	try {
		mkdirSync(paths.state, {recursive: true, mode: 0o700});
		accessSync(paths.state, constants.W_OK);
		return ok('state folder', paths.state);
	} catch (error) {
		return {
			name: 'state folder',
			state: 'wrong',
			what: words(error),
			mend: 'Set FLOTILLA_HOME to a folder you can write to.',
		};
	}
};

const checkHistory = ({paths, build}: Context): readonly Finding[] => {
	if (!existsSync(paths.database)) return [ok('database', 'none yet')];
	try {
		const database = openForReading(paths.database);
		if (database === undefined) return [ok('database', 'empty')];
		try {
			const {events, runs, faults} = checkDatabase(database, build?.id);
			return faults.length === 0
				? [ok('database', `${paths.database}: runs ${runs}, events ${events}, all whole`)]
				: faults.map(({what, remedy}): Finding => ({name: 'database', state: 'wrong', what, mend: remedy}));
		} finally {
			database.close();
		}
	} catch (error) {
		if (!(error instanceof StorageProblem)) throw error;
		const state = error.code === 'OLDER_SCHEMA' ? 'note' : 'wrong';
		return [{name: 'database', state, what: error.message, mend: ''}];
	}
};

const lowBytes = 500 * 1024 * 1024;

const checkDisk = ({paths}: Context): Finding => {
	try {
		const {bavail, bsize} = statfsSync(paths.state);
		const free = bavail * bsize;
		const what = `${Math.round(free / 1024 / 1024)} MiB free`;
		return free > lowBytes ? ok('disk', what) : {name: 'disk', state: 'wrong', what, mend: 'Free some space.'};
	} catch (error) {
		return {name: 'disk', state: 'note', what: words(error), mend: ''};
	}
};

const checkGit = async ({childEnvironment}: Context, dir: string): Promise<Finding> => {
	const version = await createGit(childEnvironment).version(dir, new AbortController().signal);
	return version !== undefined
		? ok('git', version)
		: {
				name: 'git',
				state: 'note',
				what: 'not found',
				mend: 'Install git: without it, files are listed by .gitignore rules alone.',
			};
};

const checkSandbox = async ({childEnvironment, paths}: Context): Promise<Finding> => {
	const abort = new AbortController().signal;
	const {kind, words: what} = await chooseSandbox({
		env: childEnvironment,
		home: paths.home,
		hidden: [paths.state],
		abort,
	});
	return kind === 'none' ? {name: 'sandbox', state: 'note', what, mend: ''} : ok('sandbox', what);
};

/** What is written in the files that say how Flotilla is to work. */
const checkConfiguration = ({paths}: Context, dir: string): Finding => {
	const project = projectConfig(dir);
	try {
		readUserConfig(paths.userConfig);
		readProjectFile(project, paths.userConfig);
	} catch (error) {
		if (error instanceof Problem) return {name: 'configuration', state: 'wrong', what: error.message, mend: ''};
		throw error;
	}
	const files = [paths.userConfig, project].filter(file => existsSync(file));
	return ok('configuration', files.length === 0 ? 'none, all is as usual' : files.join(', '));
};

const checkProvider = (context: Context, dir: string): Finding => {
	try {
		const {provider, models, limits} = choicesFor(context, dir);
		refuseUnpriced(limits, models);
		return ok(
			'provider',
			`${provider.name} (${provider.because}), ${[...new Set(Object.values(models).map(model => model.id))].join(', ')}`,
		);
	} catch (error) {
		if (error instanceof Problem) return {name: 'provider', state: 'wrong', what: error.message, mend: ''};
		throw error;
	}
};

const checkTerminal = ({terminal, environment}: Context): Finding => {
	const {stdout} = terminal;
	if (!terminal.interactive)
		return {name: 'terminal', state: 'note', what: 'none: the window cannot open here', mend: 'Use `flotilla run`.'};
	const size = `${stdout.columns}x${stdout.rows}`;
	const colour = environment.noColor ? 'no colour' : 'colour';
	return stdout.columns >= 80 && stdout.rows >= 24
		? ok('terminal', `${size}, ${colour}`)
		: {name: 'terminal', state: 'note', what: `${size}, ${colour}`, mend: 'The window is best from 80x24 on.'};
};

/** The programs of a line of the shell that are named as they are; one that only the running shell knows is not told. */
const programsOf = (line: string, home: string): readonly string[] => [
	...new Set(
		readShellLine(line).commands.flatMap(({words: [program]}) =>
			program === undefined || program.value === '' || program.value.includes(unknown)
				? []
				: [program.value.replace(/^~(?=\/)/, home)],
		),
	),
];

/** Whether the shell of a hook finds a program: on the PATH, as a path, or built into it. */
const isFound = async (program: string, {childEnvironment}: Context, dir: string): Promise<boolean> => {
	const {end} = await runProcess({
		command: 'sh',
		args: ['-c', 'command -v "$1"', 'sh', program],
		cwd: dir,
		env: childEnvironment,
		timeoutMs: 5000,
		abort: new AbortController().signal,
		keepBytes: 1000,
		stderr: 'joined',
	});
	return end.kind === 'exited' && end.code === 0;
};

const checkHook = async (hook: Hook, context: Context, dir: string): Promise<Finding> => {
	const {home, userConfig} = context.paths;
	const programs = programsOf(hook.command, home);
	const found = await Promise.all(programs.map(program => isFound(program, context, dir)));
	const missing = programs.filter((_, i) => found[i] !== true);
	const what = sanitiseLine(`on ${hook.on}: ${hook.command}`);
	if (missing.length === 0) return ok('hook', what);
	const mend = `There is no ${sanitiseLine(missing.join(', '))} here: install it, or mend the hook in ${userConfig}.`;
	return {name: 'hook', state: 'note', what, mend};
};

const checkHooks = async (context: Context, dir: string): Promise<readonly Finding[]> => {
	try {
		const hooks = hooksOf(readUserConfig(context.paths.userConfig));
		if (hooks.length === 0) return [ok('hooks', 'none')];
		return await Promise.all(hooks.map(hook => checkHook(hook, context, dir)));
	} catch (error) {
		// What is wrong with the file is told of the configuration.
		if (error instanceof Problem) return [];
		throw error;
	}
};

/** As wide as the longest name. */
const nameColumns = 13;

const glyphs = {ok: '●', note: '○', wrong: '✕'};

/** Check what Flotilla needs on this machine. Exit code 2 when something is wrong. */
export const doctor = async (context: Context): Promise<ExitCode> => {
	const dir = folderOf(context);
	const configuration = checkConfiguration(context, dir);
	const findings = [
		ok('node', process.version),
		checkState(context),
		...checkHistory(context),
		checkDisk(context),
		await checkGit(context, dir),
		await checkSandbox(context),
		configuration,
		// Which provider is chosen nobody knows before the files can be read.
		...(configuration.state === 'wrong' ? [] : [checkProvider(context, dir)]),
		...(await checkHooks(context, dir)),
		checkTerminal(context),
	];
	if (context.flags.json === true) printJson(context.terminal, {version: 1, findings}, 'page');
	else
		for (const {name, state, what, mend} of findings)
			print(
				context.terminal,
				`${glyphs[state]} ${state.padEnd(5)} ${name.padEnd(nameColumns)} ${[...what.split('\n'), ...(mend === '' ? [] : [mend])].join(`\n${' '.repeat(nameColumns + 9)}`)}`,
			);
	return findings.some(finding => finding.state === 'wrong') ? exitCodes.usage : exitCodes.done;
};
