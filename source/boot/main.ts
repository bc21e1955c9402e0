import {StorageProblem} from '../../db/storage-problem.ts';
import {systemClock} from '../engine/clock.ts';
import {NotStored} from '../engine/storage-trouble.ts';
import {Unanswered} from '../host/connect.ts';
import type {Build} from '../host/frame.ts';
import {secretsIn} from '../policy/redact-known.ts';
import {pickEnv} from '../workspace/child-env.ts';
import {createContext} from './context.ts';
import {writeCrash} from './crash.ts';
import {createDefects} from './defects.ts';
import {dispatch} from './dispatch.ts';
import {type ExitCode, exitCodes} from './exit-code.ts';
import {parseArguments} from './parse-arguments.ts';
import {pathsOf} from './paths.ts';
import {Problem} from './problem.ts';
import {tellUnsent} from './tell-unsent.ts';
import {complain, complainJson, type Terminal} from './terminal.ts';
import {type VerbName, verbs} from './verb-table.ts';

/** Whether all that a verb does is to tell. */
const onlyTells = (verb: VerbName): boolean =>
	verb === 'doctor' || verb === 'export' || verbs.some(({name, group}) => name === verb && group === 'Reading');

/** How long a command may take to close what it has open once a defect is known, ms. */
const graceMs = 5000;

/** argv and surroundings to an exit code. Everything that can go wrong ends here, in words. */
export const main = async (
	argv: readonly string[],
	env: Readonly<Record<string, string | undefined>>,
	version: string,
	build?: Build,
): Promise<ExitCode> => {
	const terminal: Terminal = {
		stdin: process.stdin,
		stdout: process.stdout,
		stderr: process.stderr,
		interactive: process.stdin.isTTY === true && process.stdout.isTTY === true && (env['CI'] ?? '') === '',
	};
	// Whoever read our output has gone, as `head` does. What is stored is whole at any moment, so this may end at once:
	// well, when all there was to do was to tell; as interrupted, when work was under way.
	let tells = false;
	for (const stream of [terminal.stdout, terminal.stderr])
		stream.on('error', () => process.exit(tells ? exitCodes.done : exitCodes.interrupted));

	// Known before the words are understood: what is wrong with them is told in the same form.
	const json = argv.includes('--json');
	const tell = async (error: unknown): Promise<ExitCode> => {
		// What went wrong may quote what it went wrong with.
		const {createRedactor} = await import('../policy/redact.ts');
		const {text: redact} = createRedactor(secretsIn(env));
		const words = redact(error instanceof Error ? error.message : String(error));
		const isProblem = error instanceof Problem;
		if (isProblem || error instanceof StorageProblem || error instanceof NotStored || error instanceof Unanswered) {
			if (json) complainJson(terminal, {code: isProblem ? 'usage' : 'storage', message: words});
			else complain(terminal, words);
			return exitCodes.usage;
		}
		const stack = redact(error instanceof Error ? (error.stack ?? error.message) : String(error));
		const file = writeCrash(pathsOf(env).crashes, stack, systemClock.now(), version);
		const message = `Flotilla failed by a bug of its own: ${words}`;
		if (json) {
			complainJson(terminal, {code: 'bug', message, crashFile: file ?? null});
			return exitCodes.bug;
		}
		complain(terminal, message);
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
		tells = parsed.request.kind === 'verb' && onlyTells(parsed.request.verb);
		const context = createContext(parsed.flags, terminal, env, pickEnv(env), version, build);
		try {
			return await dispatch(context, parsed, defects);
		} finally {
			tellUnsent(context);
		}
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
