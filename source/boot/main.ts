import {createInterface} from 'node:readline/promises';
import {StorageProblem} from '../../db/storage-problem.ts';
import {systemClock} from '../engine/clock.ts';
import {pickEnv} from '../workspace/child-env.ts';
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

/** Verbs that need models, tools or configuration are loaded when they are called: listings must answer at once. */
const heavy = {
	run: () => import('./verbs/run.ts'),
	resume: () => import('./verbs/resume.ts'),
	doctor: () => import('./verbs/doctor.ts'),
};

const askGoal = async ({stdin, stderr}: Terminal): Promise<string> => {
	const lines = createInterface({input: stdin, output: stderr});
	try {
		return (await lines.question('What is to be reached? ')).trim();
	} finally {
		lines.close();
	}
};

const dispatch = async (context: Context, {request, flags}: Arguments, defects: Defects): Promise<ExitCode> => {
	const window = context.terminal.interactive && flags.nonInteractive !== true && flags.json !== true;
	if (request.kind === 'open') {
		const goal = request.goal ?? (window ? await askGoal(context.terminal) : '');
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
			return show(context, request.subject);
		case 'logs':
			return logs(context, request.subject);
		case 'resume':
			return (await heavy.resume()).resume(context, request.subject, window, defects);
		case 'replay':
			return replay(context, request.subject, systemClock);
		case 'doctor':
			return (await heavy.doctor()).doctor(context);
		default:
			return request.verb satisfies never;
	}
};

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
	// Whoever read our output has gone, as `head` does. What is stored is whole at any moment, so this may end at once.
	terminal.stdout.on('error', () => process.exit(exitCodes.interrupted));
	const defects = createDefects();
	try {
		const parsed = parseArguments(argv, version);
		const context = createContext(parsed.flags, terminal, env, pickEnv(env));
		return await dispatch(context, parsed, defects);
	} catch (error) {
		if (error instanceof Problem || error instanceof StorageProblem) {
			complain(terminal, error.message);
			return exitCodes.usage;
		}
		const file = writeCrash(pathsOf(env).crashes, error, systemClock.now(), version);
		complain(
			terminal,
			`Flotilla failed by a bug of its own: ${error instanceof Error ? error.message : String(error)}`,
		);
		complain(
			terminal,
			file === undefined
				? String(error)
				: `What is known is in ${file}. Nothing stored is lost: \`flotilla ls\` lists the runs.`,
		);
		return exitCodes.bug;
	}
};
