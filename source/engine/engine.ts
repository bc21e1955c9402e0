import {wakeAt} from '../domain/advance.ts';
import type {Command, Rejection} from '../domain/command.ts';
import {decide, type Message} from '../domain/decide.ts';
import type {Effect} from '../domain/effect.ts';
import {effectsOf} from '../domain/effects-of.ts';
import {evolve} from '../domain/evolve.ts';
import type {RunId} from '../domain/id.ts';
import {type Run, summarize} from '../domain/run.ts';
import type {Clock} from './clock.ts';
import type {EventLog, NewEvent} from './event-log.ts';
import {createFanOut} from './fan-out.ts';
import type {Hands} from './hands.ts';
import {createPerformer} from './perform.ts';
import type {FleetPort} from './port.ts';

export type Engine = FleetPort & {
	/**
	 * Take up a stored run: fold it, mark what was under way as lost, go on. `first` is decided before anything starts.
	 * Resolves when all of that is stored, or with the first rejection.
	 */
	readonly open: (runId: RunId, first?: Command) => Promise<Rejection | undefined>;
	/** The run as it is now; undefined when it is not open here. */
	readonly run: (runId: RunId) => Run | undefined;
	/** Cut off all work, store what came of it, and take no more messages. */
	readonly stop: () => Promise<void>;
};

export type EngineParts = {
	readonly log: EventLog;
	readonly hands: Hands;
	readonly clock: Clock;
	/** A defect of our own, or a log that cannot store: after it the engine does nothing more. */
	readonly onDefect: (error: unknown) => void;
};

type Entry = {
	readonly runId: RunId;
	readonly message: Message;
	readonly answer: (rejection: Rejection | undefined) => void;
};

/** What a drained inbox comes to, before it is stored. */
type Batch = {
	readonly events: NewEvent[];
	readonly after: Map<RunId, Run>;
	/** Each with the run as it was right after its event, which a later event of the batch may have changed. */
	readonly work: {readonly run: Run; readonly effect: Effect}[];
	readonly answers: (() => void)[];
};

const causeOf = (message: Message): string => {
	switch (message.type) {
		case 'tick':
		case 'suspension':
		case 'recovery':
			return message.type;
		case 'turn.replied':
		case 'plan.drafted':
		case 'call.weighed':
		case 'call.ended':
			return `report ${message.type}`;
		default:
			return `command ${message.type}`;
	}
};

const hasStopped: Rejection = {code: 'not_now', message: 'The engine has stopped.'};

const brokenBy = (error: unknown): Rejection => ({
	code: 'storage',
	message: `Flotilla could not go on: ${error instanceof Error ? error.message : String(error)}`,
});

/**
 * The one place where a fleet moves. Messages are taken one at a time: decide, append, evolve, publish, perform.
 * From decide to publish there is no `await`, so no two messages race; all that wait are stored in one transaction.
 */
export const createEngine = ({log, hands, clock, onDefect}: EngineParts): Engine => {
	const runs = new Map<RunId, Run>();
	const inbox: Entry[] = [];
	const fanOut = createFanOut(log, onDefect);
	const alarms = new Map<RunId, {readonly at: number; readonly cancel: () => void}>();
	let draining = false;
	/** Why no message is taken any more. */
	let refusal: Rejection | undefined;

	const post = (runId: RunId, message: Message): Promise<Rejection | undefined> =>
		new Promise(resolve => {
			if (refusal !== undefined) {
				resolve(refusal);
				return;
			}
			inbox.push({runId, message, answer: resolve});
			if (draining) return;
			draining = true;
			queueMicrotask(drain);
		});

	const performer = createPerformer({
		hands,
		log,
		onSignal: fanOut.signal,
		onReport: (runId, report) => void post(runId, report),
		onDefect,
	});

	const setAlarm = (run: Run): void => {
		const at = wakeAt(run);
		const alarm = alarms.get(run.id);
		if (alarm?.at === at) return;
		alarm?.cancel();
		alarms.delete(run.id);
		if (at === undefined) return;
		const cancel = clock.after(Math.max(0, at - clock.now()), () => {
			alarms.delete(run.id);
			void post(run.id, {type: 'tick'});
		});
		alarms.set(run.id, {at, cancel});
	};

	const take = (batch: Batch, {runId, message, answer}: Entry): void => {
		const run = batch.after.get(runId) ?? runs.get(runId);
		const at = clock.now();
		const decision = decide(run, message, at);
		if (decision.kind === 'rejection') {
			batch.answers.push(() => answer(decision.rejection));
			return;
		}
		const cause = causeOf(message);
		let next = run;
		for (const event of decision.events) {
			const evolved = evolve(next, {runId, at, event});
			next = evolved;
			batch.events.push({runId, at, cause, event});
			for (const effect of effectsOf(evolved, event)) batch.work.push({run: evolved, effect});
		}
		if (next !== undefined) batch.after.set(runId, next);
		batch.answers.push(() => answer(undefined));
	};

	/**
	 * Take all that waits. What cannot be decided or stored has not happened: memory stays as it was, the askers are
	 * told, and the engine takes nothing more, for reports that are lost would leave their agents waiting for ever.
	 */
	const drain = (): void => {
		draining = false;
		const entries = inbox.splice(0);
		const batch: Batch = {events: [], after: new Map(), work: [], answers: []};
		try {
			for (const entry of entries) take(batch, entry);
			const stored =
				batch.events.length === 0 ? [] : log.append(batch.events, [...batch.after.values()].map(summarize));
			for (const [runId, run] of batch.after) runs.set(runId, run);
			fanOut.publish(stored);
		} catch (error) {
			refusal = brokenBy(error);
			for (const {answer} of entries) answer(refusal);
			onDefect(error);
			return;
		}
		for (const {run, effect} of batch.work) performer.perform(run, effect);
		for (const run of batch.after.values()) setAlarm(run);
		for (const answer of batch.answers) answer();
	};

	const fold = (runId: RunId): Run | undefined => {
		let run: Run | undefined;
		for (const stamped of log.after({after: 0, runId})) run = evolve(run, stamped);
		return run;
	};

	return {
		send: (command: Command) => post(command.runId, command),
		subscribe: fanOut.subscribe,
		history: query => Promise.resolve(log.page(query)),
		runs: () => Promise.resolve(log.runs()),
		run: runId => runs.get(runId),
		open: async (runId, first) => {
			const run = runs.get(runId) ?? fold(runId);
			if (run === undefined) return {code: 'unknown', message: `There is no run ${runId}. \`flotilla ls\` lists them.`};
			runs.set(runId, run);
			// Set down first, so that nothing starts before all three are decided; they are stored together.
			const answers = [
				post(runId, {type: 'suspension'}),
				...(first === undefined ? [] : [post(runId, first)]),
				post(runId, {type: 'recovery'}),
			];
			return (await Promise.all(answers)).find(rejection => rejection !== undefined);
		},
		stop: async () => {
			for (const runId of runs.keys()) void post(runId, {type: 'suspension'});
			await Promise.resolve();
			// What hands bring back when they are cut off is still stored: a reply that was paid for, a call's outcome.
			await performer.stop();
			await Promise.resolve();
			refusal ??= hasStopped;
			for (const {cancel} of alarms.values()) cancel();
			for (const {answer} of inbox.splice(0)) answer(hasStopped);
		},
	};
};
