import {accessSync, constants, existsSync, mkdirSync, statfsSync} from 'node:fs';
import {openForReading} from '../../../db/open.ts';
import {StorageProblem} from '../../../db/storage-problem.ts';
import {createGit} from '../../workspace/git.ts';
import {choicesFor, folderOf} from '../choices.ts';
import type {Context} from '../context.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {Problem} from '../problem.ts';
import {refuseUnpricedBudget} from '../settle-settings.ts';
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

const checkDatabase = ({paths}: Context): Finding => {
	if (!existsSync(paths.database)) return ok('database', 'none yet');
	try {
		const database = openForReading(paths.database);
		if (database === undefined) return ok('database', 'empty');
		const result = String(database.pragma('integrity_check', {simple: true}));
		database.close();
		return result === 'ok'
			? ok('database', paths.database)
			: {
					name: 'database',
					state: 'wrong',
					what: result,
					mend: `Move ${paths.database} aside; runs in it can then no longer be resumed.`,
				};
	} catch (error) {
		if (error instanceof StorageProblem) return {name: 'database', state: 'wrong', what: error.message, mend: ''};
		throw error;
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

const checkProvider = (context: Context, dir: string): Finding => {
	try {
		const {provider, models, budget} = choicesFor(context, dir);
		refuseUnpricedBudget(budget, models);
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

const glyphs = {ok: '●', note: '○', wrong: '✕'};

/** Check what Flotilla needs on this machine. Exit code 2 when something is wrong. */
export const doctor = async (context: Context): Promise<ExitCode> => {
	const dir = folderOf(context);
	const findings = [
		ok('node', process.version),
		checkState(context),
		checkDatabase(context),
		checkDisk(context),
		await checkGit(context, dir),
		checkProvider(context, dir),
		checkTerminal(context),
	];
	if (context.flags.json === true) printJson(context.terminal, findings, 'page');
	else
		for (const {name, state, what, mend} of findings)
			print(
				context.terminal,
				`${glyphs[state]} ${state.padEnd(5)} ${name.padEnd(12)} ${what}${mend === '' ? '' : `\n${' '.repeat(21)}${mend}`}`,
			);
	return findings.some(finding => finding.state === 'wrong') ? exitCodes.usage : exitCodes.done;
};
