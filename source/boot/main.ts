import {StorageProblem} from '../../db/storage-problem.ts';
import {systemClock} from '../engine/clock.ts';
import {NotStored} from '../engine/storage-trouble.ts';
import {secretsIn} from '../policy/redact-known.ts';
import {pickEnv} from '../workspace/child-env.ts';
import {askLine} from './ask-line.ts';
import {type Context, createContext} from './context.ts';
import {writeCrash} from './crash.ts';
import {createDefects, type Defects} from './defects.ts';
import {type ExitCode, exitCodes} from './exit-code.ts';
import {type Arguments, parseArguments} from './parse-arguments.ts';
import {pathsOf} from './paths.ts';
import {Problem} from './problem.ts';
import {complain, type Terminal} from './terminal.ts';
import {logs} from './verbs/logs.ts';
import {ls} from './verbs/ls.ts';
import {replay} from './verbs/replay.ts';
import {show} from './verbs/show.ts';

/** Verbs that need models, tools, checks or configuration are loaded when they are called: listings must answer at once. */
const heavy = {
	redact: () => import('../policy/redact.ts'),
	run: () => import('./verbs/run.ts'),
	resume: () => import('./verbs/resume.ts'),
	doctor: () => import('./verbs/doctor.ts'),
	trust: () => import('./verbs/trust.ts'),
	backup: () => import('./verbs/backup.ts'),
	export: () => import('./verbs/export.ts'),
	import: () => import('./verbs/import.ts'),
	purge: () => import('./verbs/purge.ts'),
};

const dispatch = async (context: Context, {request, flags}: Arguments, defects: Defects): Promise<ExitCode> => {
	const window = context.terminal.interactive && flags.nonInteractive !== true && flags.json !== true;
	if (request.kind === 'open') {
		let goal = request.goal ?? '';
		if (request.goal === undefined && window) {
			const said = await askLine(context.terminal, 'What is to be reached? ', defects.signal);
			if (said.kind !== 'line') return said.kind === 'interrupted' ? exitCodes.interrupted : exitCodes.waiting;
			goal = said.text;
		}
		if (goal.trim() === '')
			throw new Problem('Say what is to be reached: flotilla "<goal>". `flotilla --help` lists all there is.');
		return (await heavy.run()).run(context, goal, window, defects);
	}
	switch (request.verb) {
		case 'run':
			return (await heavy.run()).run(context, request.subject ?? '', false, defects);
		case 'ls':
			return ls(context);
		case 'show':
			return show(context, request.subject, systemClock.now());
		case 'logs':
			return logs(context, request.subject);
		case 'resume':
			return (await heavy.resume()).resume(context, request.subject, window, defects);
		case 'replay':
			return replay(context, request.subject, systemClock);
		case 'doctor':
			return (await heavy.doctor()).doctor(context);
		case 'trust':
			return (await heavy.trust()).trust(context, defects.signal);
		case 'backup':
			return (await heavy.backup()).backup(context, request.subject, systemClock);
		case 'export':
			return (await heavy.export()).exportRun(context, request.subject, request.target);
		case 'import':
			return (await heavy.import()).importRun(context, request.subject, systemClock);
		case 'purge':
			return (await heavy.purge()).purge(context, request.subject, defects.signal);
		default:
			return request.verb satisfies never;
	}
};

/** How long a command may take to close what it has open once a defect is known, ms. */
const graceMs = 5000;

const readingVerbs: ReadonlySet<string> = new Set(['ls', 'show', 'logs', 'replay', 'doctor', 'export']);

/** argv and surroundings to an exit code. Everything that can go wrong ends here, in words. */
export const main = async (
	argv: readonly string[],
	env: Readonly<Record<string, string | undefined>>,
	version: string,
): Promise<ExitCode> => {
	const terminal: Terminal = {
		stdin: process.stdin,
		stdout: process.stdout,
		stderr: process.stderr,
		interactive: process.stdin.isTTY === true && process.stdout.isTTY === true && (env['CI'] ?? '') === '',
	};
	// Whoever read our output has gone, as `head` does. What is stored is whole at any moment, so this may end at once:
	// well, when all there was to do was to tell; as interrupted, when work was under way.
	const tells = argv.some(word => readingVerbs.has(word));
	for (const stream of [terminal.stdout, terminal.stderr])
		stream.on('error', () => process.exit(tells ? exitCodes.done : exitCodes.interrupted));

	const tell = async (error: unknown): Promise<ExitCode> => {
		// What went wrong may quote what it went wrong with.
		const {createRedactor} = await heavy.redact();
		const {text: redact} = createRedactor(secretsIn(env));
		const words = redact(error instanceof Error ? error.message : String(error));
		if (error instanceof Problem || error instanceof StorageProblem || error instanceof NotStored) {
			complain(terminal, words);
			return exitCodes.usage;
		}
		const stack = redact(error instanceof Error ? (error.stack ?? error.message) : String(error));
		const file = writeCrash(pathsOf(env).crashes, stack, systemClock.now(), version);
		complain(terminal, `Flotilla failed by a bug of its own: ${words}`);
		complain(
			terminal,
			file === undefined
				? stack
				: `What is known is in ${file}. Nothing stored is lost: \`flotilla ls\` lists the runs.`,
		);
		return exitCodes.bug;
	};

	const defects = createDefects();
	const {signal} = defects;
	process.on('uncaughtException', defects.report);
	process.on('unhandledRejection', defects.report);
	const stranded = (): void =>
		defects.report(new Error('Nothing is under way any more, and the command has not ended.'));
	process.once('beforeExit', stranded);
	// A command closes its window and its fleet at a defect, and then ends; one that cannot is not waited for.
	const overdue = new Promise<never>((_, reject) => {
		signal.addEventListener('abort', () => systemClock.after(graceMs, () => reject(signal.reason)), {once: true});
	});
	const attempt = async (): Promise<ExitCode> => {
		const parsed = parseArguments(argv, version);
		return dispatch(createContext(parsed.flags, terminal, env, pickEnv(env)), parsed, defects);
	};
	let code: ExitCode;
	try {
		code = await Promise.race([attempt(), overdue]);
		signal.throwIfAborted();
	} catch (error) {
		code = await tell(signal.aborted ? signal.reason : error);
		// After a bug, something may be left open that keeps the process alive.
		if (signal.aborted || code === exitCodes.bug) process.exit(code);
	}
	process.off('beforeExit', stranded);
	// What fails while the process ends is told as well.
	signal.addEventListener('abort', () => void tell(signal.reason).then(code => process.exit(code)));
	return code;
};
