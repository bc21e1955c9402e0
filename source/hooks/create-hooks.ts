import type {Stamped} from '../domain/event.ts';
import type {RunId} from '../domain/id.ts';
import {type Run, type RunWord, runWord} from '../domain/run.ts';
import type {FleetPort} from '../engine/port.ts';
import type {ChildEnv} from '../workspace/child-env.ts';
import {cleanText} from '../workspace/clean-text.ts';
import type {Hook, HookOn} from './hook.ts';
import {createHookQueue, waitingMax} from './hook-queue.ts';
import {momentsOf} from './moments-of.ts';
import {type HookEnd, runHook} from './run-hook.ts';

/** Why a hook is run: what it waits for, the event that brought it, the run right after that. */
export type Occasion = {readonly on: HookOn; readonly stamped: Stamped; readonly run: Run};

export type HooksParts = {
	/** Of the engine of this process: events that were stored together come together. */
	readonly port: Pick<FleetPort, 'subscribe'>;
	/** Nothing up to this sequence number is told again: the newest when the engine starts. */
	readonly after: number;
	/** The run after the newest events that the port has told of. */
	readonly runOf: (runId: RunId) => Run | undefined;
	/** What is configured. Asked at once, and again whenever a run begins or is taken up; it may throw. */
	readonly hooks: () => readonly Hook[];
	/** What a command of this run may see of the environment. */
	readonly envOf: (runId: RunId) => ChildEnv;
	/** What a hook reads on standard input. */
	readonly describe: (occasion: Occasion) => string;
	/** Takes secrets out of what a hook has said. */
	readonly redact: (text: string, runId: RunId) => string;
	readonly timer: {
		readonly after: (ms: number, call: () => void) => () => void;
		readonly soon: (call: () => void) => void;
	};
	/** A line for each hook that did its work. */
	readonly onDone: (words: string) => void;
	/** A line for each that did not, with what happened. */
	readonly onProblem: (words: string) => void;
};

export type Hooks = {
	/**
	 * Take no more events, and let what they brought be done for at most so many ms; what is not done then is ended.
	 * To be called once the engine has stopped.
	 */
	readonly close: (patienceMs: number) => Promise<void>;
};

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const nameMax = 80;

const nameOf = ({on, command}: Hook): string => {
	const line = cleanText(command.trim()).replaceAll('\n', ' ⏎ ');
	return `hook on ${on} (${line.length > nameMax ? `${line.slice(0, nameMax)}…` : line})`;
};

const byRun = (batch: readonly Stamped[]): ReadonlyMap<RunId, readonly Stamped[]> =>
	Map.groupBy(batch, ({runId}) => runId);

const begins = ({event: {type}}: Stamped): boolean => type === 'run.created' || type === 'run.recovered';

/**
 * Runs a person's commands when something happens in a run. The engine waits for none of them: they begin after the
 * batch that brought them is told to everyone, and what comes of them is told in words.
 */
export const createHooks = (parts: HooksParts): Hooks => {
	const {port, after, runOf, envOf, describe, redact, timer, onDone, onProblem} = parts;
	const queue = createHookQueue(timer.soon);
	const words = new Map<RunId, RunWord>();
	let leftOut = 0;

	const read = (known: readonly Hook[]): readonly Hook[] => {
		try {
			return parts.hooks();
		} catch (error) {
			const kept = known.length === 0 ? 'None are run' : 'Those read before stay';
			onProblem(`The hooks cannot be read. ${kept}. ${wordsOf(error)}`);
			return known;
		}
	};
	let hooks = read([]);

	const carryOut = async (hook: Hook, nth: number, occasion: Occasion, abort: AbortSignal): Promise<void> => {
		const {run, stamped, on} = occasion;
		const start = async (): Promise<HookEnd> =>
			runHook({
				hook,
				input: describe(occasion),
				dir: run.settings.dir,
				env: {...envOf(run.id), FLOTILLA_RUN: run.id, FLOTILLA_EVENT: on},
				mark: `${run.id}/hook-${stamped.seq}-${nth}`,
				abort,
			});
		const end = await start().catch((error): HookEnd => ({isDone: false, words: `not started: ${wordsOf(error)}`}));
		const tell = end.isDone ? onDone : onProblem;
		tell(redact(`${run.id}: ${nameOf(hook)}: ${end.words}`, run.id));
	};

	const fire = (occasion: Occasion): void => {
		for (const [nth, hook] of hooks.entries()) {
			if (hook.on !== occasion.on) continue;
			if (queue.add(abort => carryOut(hook, nth, occasion, abort))) tellLeftOut();
			else if (leftOut++ === 0)
				onProblem(`More than ${waitingMax} hooks wait for their turn. Newer ones are left out until there is room.`);
		}
	};

	const tellLeftOut = (): void => {
		if (leftOut > 0) onProblem(`${leftOut} hooks were left out, for there was no room for them.`);
		leftOut = 0;
	};

	const unsubscribe = port.subscribe(
		{after},
		{
			onEvents: batch => {
				if (batch.some(begins)) hooks = read(hooks);
				for (const [runId, events] of byRun(batch)) {
					const run = runOf(runId);
					if (run === undefined) continue;
					const before = words.get(runId);
					words.set(runId, runWord(run));
					if (hooks.length === 0) continue;
					for (const {stamped, moments} of momentsOf(before, events, run))
						for (const on of [...moments, stamped.event.type]) fire({on, stamped, run});
				}
			},
			onSignal: () => {},
		},
	);

	return {
		close: async patienceMs => {
			unsubscribe();
			const callOff = timer.after(patienceMs, () => {
				const left = queue.abandon();
				if (left > 0) onProblem(`${left} hooks were not done ${patienceMs / 1000} s after the end, and were given up.`);
			});
			await queue.settled();
			callOff();
			tellLeftOut();
		},
	};
};
