import {StorageProblem} from '../../db/storage-problem.ts';
import {systemClock} from '../engine/clock.ts';
import {NotStored} from '../engine/storage-trouble.ts';
import {secretsIn} from '../policy/redact-known.ts';
import {pickEnv} from '../workspace/child-env.ts';
import {type Context, createContext} from './context.ts';
import {writeCrash} from './crash.ts';
import {createDefects, type Defects} from './defects.ts';
import {type ExitCode, exitCodes} from './exit-code.ts';
import {type Arguments, parseArguments} from './parse-arguments.ts';
import {pathsOf} from './paths.ts';
import {Problem} from './problem.ts';
import {complain, complainJson, print, type Terminal} from './terminal.ts';
import {isActing, type VerbName, verbs} from './verb-table.ts';
import {act} from './verbs/act.ts';
import {agent, agents} from './verbs/agents.ts';
import {cost} from './verbs/cost.ts';
import {inbox} from './verbs/inbox.ts';
import {logs} from './verbs/logs.ts';
import {ls} from './verbs/ls.ts';
import {replay} from './verbs/replay.ts';
import {search} from './verbs/search.ts';
import {show} from './verbs/show.ts';
import {status} from './verbs/status.ts';
import {task, tasks} from './verbs/tasks.ts';

/** What needs configuration, models or a window is loaded when it is called: listings must answer at once. */
const heavy = {
	open: () => import('./verbs/open.ts'),
	verbs: () => import('./heavy-verbs.ts'),
	redact: () => import('../policy/redact.ts'),
	help: () => import('./help-text.ts'),
};

const dispatch = async (context: Context, {request, flags}: Arguments, defects: Defects): Promise<ExitCode> => {
	const window = context.terminal.interactive && flags.nonInteractive !== true && flags.json !== true;
	if (request.kind === 'open') return (await heavy.open()).open(context, request.goal, window, defects);
	if (request.kind === 'help') {
		print(context.terminal, (await heavy.help()).helpOf(request.verb));
		return exitCodes.done;
	}
	const {verb, words} = request;
	const [subject] = words;
	const now = systemClock.now();
	if (isActing(verb)) return act(context, verb, words, defects);
	switch (verb) {
		case 'ls':
			return ls(context);
		case 'status':
			return status(context, subject, now);
		case 'show':
			return show(context, subject, now);
		case 'agents':
			return agents(context, subject, now);
		case 'agent':
			return agent(context, subject ?? '', now);
		case 'tasks':
			return tasks(context, subject);
		case 'task':
			return task(context, subject ?? '');
		case 'inbox':
			return inbox(context, now);
		case 'logs':
			return logs(context, subject, systemClock, defects.signal);
		case 'cost':
			return cost(context, subject);
		case 'search':
			return search(context, subject ?? '');
		case 'replay':
			return replay(context, subject, systemClock);
		default:
			return (await heavy.verbs()).heavyVerb(context, verb, words, window, defects);
	}
};

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
		const {createRedactor} = await heavy.redact();
		const {text: redact} = createRedactor(secretsIn(env));
		const words = redact(error instanceof Error ? error.message : String(error));
		const isProblem = error instanceof Problem;
		if (isProblem || error instanceof StorageProblem || error instanceof NotStored) {
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
		return dispatch(createContext(parsed.flags, terminal, env, pickEnv(env), version), parsed, defects);
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
