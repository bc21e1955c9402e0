import {wakeAt} from '../domain/advance.ts';
import type {Command, Rejection} from '../domain/command.ts';
import {decide, type Message} from '../domain/decide.ts';
import type {Effect} from '../domain/effect.ts';
import {effectsOf} from '../domain/effects-of.ts';
import type {Stamped} from '../domain/event.ts';
import {evolve} from '../domain/evolve.ts';
import type {RunId} from '../domain/id.ts';
import type {Run} from '../domain/run.ts';
import {summarize} from '../domain/run.ts';
import type {Clock} from './clock.ts';
import type {EventLog, NewEvent} from './event-log.ts';
import {createFanOut} from './fan-out.ts';
import type {Hands} from './hands.ts';
import {createPerformer} from './perform.ts';
import type {FleetPort} from './port.ts';

export type Engine = FleetPort & {
	/** Take up a stored run: fold it, mark what was under way as lost, go on. Resolves when that is stored. */
	readonly open: (runId: RunId) => Promise<Rejection | undefined>;
	/** The run as it is now; undefined when it is not open here. */
	readonly run: (runId: RunId) => Run | undefined;
	/** Cut off all work and take no more messages. What was under way is recovered when the run is opened again. */
	readonly stop: () => Promise<void>;
};

export type EngineParts = {
	readonly log: EventLog;
	readonly hands: Hands;
	readonly clock: Clock;
	/** A defect of our own: hands that threw, a listener that threw. */
	readonly onDefect: (error: unknown) => void;
};

type Entry = {
	readonly runId: RunId;
	readonly message: Message;
	readonly answer: (rejection: Rejection | undefined) => void;
};

const causeOf = (message: Message): string => {
	switch (message.type) {
		case 'tick':
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

const storageRejection = (error: unknown): Rejection => ({
	code: 'storage',
	message: `Flotilla could not store what happened: ${error instanceof Error ? error.message : String(error)}`,
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
	let stopped = false;

	const post = (runId: RunId, message: Message): Promise<Rejection | undefined> =>
		new Promise(resolve => {
			if (stopped) {
				resolve({code: 'not_now', message: 'The engine has stopped.'});
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

	/** Take all that waits. What cannot be stored has not happened: memory stays as it was, the askers are told. */
	const drain = (): void => {
		draining = false;
		if (stopped) return;
		const entries = inbox.splice(0);
		const after = new Map<RunId, Run>();
		const batch: NewEvent[] = [];
		const answers: (() => void)[] = [];
		/** Each with the run as it was right after its event, which a later event of the batch may have changed. */
		const work: {readonly run: Run; readonly effect: Effect}[] = [];
		for (const {runId, message, answer} of entries) {
			const run = after.get(runId) ?? runs.get(runId);
			const at = clock.now();
			const decision = decide(run, message, at);
			if (decision.kind === 'rejection') {
				answers.push(() => answer(decision.rejection));
				continue;
			}
			const cause = causeOf(message);
			let next = run;
			for (const event of decision.events) {
				const run = evolve(next, {runId, at, event});
				next = run;
				batch.push({runId, at, cause, event});
				for (const effect of effectsOf(run, event)) work.push({run, effect});
			}
			if (next !== undefined) after.set(runId, next);
			answers.push(() => answer(undefined));
		}
		let stored: readonly Stamped[] = [];
		if (batch.length > 0) {
			try {
				stored = log.append(batch, [...after.values()].map(summarize));
			} catch (error) {
				onDefect(error);
				for (const {answer} of entries) answer(storageRejection(error));
				return;
			}
		}
		for (const [runId, run] of after) runs.set(runId, run);
		fanOut.publish(stored);
		for (const {run, effect} of work) performer.perform(run, effect);
		for (const run of after.values()) setAlarm(run);
		for (const answer of answers) answer();
	};

	return {
		send: (command: Command) => post(command.runId, command),
		subscribe: fanOut.subscribe,
		history: query => Promise.resolve(log.page(query)),
		runs: () => Promise.resolve(log.runs()),
		run: runId => runs.get(runId),
		open: runId => {
			if (!runs.has(runId)) {
				let run: Run | undefined;
				for (const stamped of log.after({after: 0, runId})) run = evolve(run, stamped);
				if (run === undefined)
					return Promise.resolve({code: 'unknown', message: `There is no run ${runId}. \`flotilla ls\` lists them.`});
				runs.set(runId, run);
			}
			return post(runId, {type: 'recovery'});
		},
		stop: async () => {
			stopped = true;
			for (const {cancel} of alarms.values()) cancel();
			for (const {answer} of inbox.splice(0)) answer({code: 'not_now', message: 'The engine has stopped.'});
			await performer.stop();
		},
	};
};
