import {nothingElsewhere} from '../domain/budget.ts';
import type {Command, Rejection} from '../domain/command.ts';
import type {Message} from '../domain/decide.ts';
import type {RunId} from '../domain/id.ts';
import {wakeAt} from '../domain/overdue.ts';
import type {Suspension} from '../domain/report.ts';
import {isOver, type Run, summarize} from '../domain/run.ts';
import {createAlarms} from './alarms.ts';
import {type Batch, causeOf, decideBatch, type Entry} from './batch.ts';
import {type Clock, steadyClock} from './clock.ts';
import {createDaySpending} from './day-spending.ts';
import type {EventLog, StorageTrouble} from './event-log.ts';
import {createFanOut} from './fan-out.ts';
import type {Hands} from './hands.ts';
import {createSnapshotKeeper} from './keep-snapshots.ts';
import {createPerformer} from './perform.ts';
import type {FleetPort} from './port.ts';
import {readStored} from './read-stored.ts';
import {createSaidSoFar} from './said-so-far.ts';
import {isPassing, NotStored} from './storage-trouble.ts';

export type Engine = FleetPort & {
	/**
	 * Take up a stored run: fold it, mark what was under way as lost, go on. `first` is decided before anything starts.
	 * Resolves when all of that is stored, or with the first rejection.
	 */
	readonly open: (runId: RunId, ...first: readonly Command[]) => Promise<Rejection | undefined>;
	/** Set down a stored run that nobody has: it then says so itself. */
	readonly setDown: (runId: RunId) => Promise<Rejection | undefined>;
	/** The run as it is now; undefined when it is not open here. */
	readonly run: (runId: RunId) => Run | undefined;
	/** The runs that are open here and have not ended, oldest first. */
	readonly carried: () => readonly Run[];
	/** How many turns and calls are under way. */
	readonly atWork: () => number;
	/** Whether nothing moves unless somebody says something: nothing is under way, waits to be stored or for a time. */
	readonly isQuiet: () => boolean;
	/**
	 * Set all runs down, and wait until what is under way has ended by itself; at the signal, wait no longer. Commands are
	 * still taken, for they may bring it to its end; nothing new starts, and no run is taken up any more.
	 */
	readonly finish: (enough: AbortSignal) => Promise<void>;
	/**
	 * Cut off all work, store what came of it, and take no more messages. What cannot be stored even now is told to
	 * `onDefect` as `NotStored`.
	 */
	readonly stop: () => Promise<void>;
};

export type EngineParts = {
	readonly log: EventLog;
	readonly hands: Hands;
	readonly clock: Clock;
	/** Takes out of a message of a run what must be neither stored nor shown: secrets. */
	readonly redact: (message: Message, runId: RunId) => Message;
	/** A defect of our own, or a log that cannot store: after it the engine does nothing more. */
	readonly onDefect: (error: unknown) => void;
};

const isLeaving: Rejection = {
	code: 'not_now',
	message: 'Another engine takes over as soon as what is under way has ended. Say it again then.',
};

const hasStopped: Rejection = {code: 'not_now', message: 'The engine has stopped.'};

/** So many runs that have ended are kept in memory, for those who still look at them. */
const endedKept = 20;

/** How long the engine waits before it tries to store again: twice as long each time, up to a limit, ms. */
const firstPauseMs = 250;
const longestPauseMs = 5000;

const delayedBy = (error: StorageTrouble): Rejection => ({
	code: 'storage',
	message: `This was not done, for nothing can be stored at present. ${error.message}`,
});

const brokenBy = (error: unknown): Rejection => ({
	code: 'storage',
	message: `Flotilla could not go on: ${error instanceof Error ? error.message : String(error)}`,
});

/**
 * The one place where a fleet moves. Messages are taken one at a time: decide, append, evolve, publish, perform.
 * From decide to publish there is no `await`, so no two messages race; all that wait are stored in one transaction.
 *
 * While nothing can be stored and it may pass, the fleet stands still: what hands bring waits in the inbox in order,
 * commands are rejected at once, and the clock says when to try again.
 */
export const createEngine = ({log, hands, clock: given, redact, onDefect}: EngineParts): Engine => {
	const clock = steadyClock(given);
	const runs = new Map<RunId, Run>();
	const inbox: Entry[] = [];
	const said = createSaidSoFar();
	const fanOut = createFanOut(log, said, onDefect);
	const snapshots = createSnapshotKeeper(log);
	const elsewhere = createDaySpending(log);
	const alarms = createAlarms(clock, runId => void post(runId, {type: 'tick'}));
	let draining = false;
	/** Why no message is taken any more. */
	let refusal: Rejection | undefined;
	/** Why the inbox is not emptied now. */
	let trouble: StorageTrouble | undefined;
	let pauseMs = firstPauseMs;
	let callOffRetry = (): void => {};
	let leaving = false;
	/** How many runs are being opened. */
	let opening = 0;
	let stopping = false;

	const post = (runId: RunId, message: Message, unstored: Entry['unstored'] = 'wait'): Promise<Rejection | undefined> =>
		new Promise(resolve => {
			// Nobody would do what is ordered while it stops.
			const refused = refusal ?? (stopping && unstored === 'tell' ? hasStopped : undefined);
			if (refused !== undefined) {
				resolve(refused);
				return;
			}
			if (trouble !== undefined && unstored === 'tell') {
				resolve(delayedBy(trouble));
				return;
			}
			inbox.push({runId, message: redact(message, runId), answer: resolve, unstored});
			if (draining || trouble !== undefined) return;
			draining = true;
			// What comes in together is stored together: a commit waits for the disk, and the whole fleet waits with it.
			clock.soon(drain);
		});

	const performer = createPerformer({
		hands,
		log,
		onSignal: signal => {
			said.hear(signal);
			fanOut.signal(signal);
		},
		onReport: (runId, report) => {
			if (report.type === 'turn.replied' || report.type === 'plan.drafted') said.forget(report.agentId, report.turnId);
			void post(runId, report);
		},
		onDefect,
	});

	const decideAll = (entries: readonly Entry[]): Batch => {
		const at = clock.now();
		return decideBatch({
			entries,
			at,
			runs,
			/** Asked only for runs that a limit of the day binds. */
			elsewhere: ({runId, message}, after) => {
				const settings =
					message.type === 'run.create' ? message.settings : (after.get(runId) ?? runs.get(runId))?.settings;
				if (settings === undefined || Object.keys(settings.limits.day).length === 0) return nothingElsewhere;
				return elsewhere(runId, [...new Map([...runs, ...after]).values()], at);
			},
		});
	};

	/** Nothing of these was stored. What nobody could say again waits; without any such thing there is nothing to retry. */
	const delay = (entries: readonly Entry[], error: StorageTrouble): void => {
		inbox.unshift(...entries.filter(({unstored}) => unstored === 'wait'));
		const told = trouble?.message;
		trouble = inbox.length > 0 ? error : undefined;
		for (const {unstored, answer} of entries) if (unstored === 'tell') answer(delayedBy(error));
		if (trouble === undefined) return;
		if (told !== error.message)
			fanOut.signal({
				type: 'storage',
				state: 'waiting',
				message: `The fleet stands still until it can store again, which it tries by itself. ${error.message}`,
			});
		if (stopping) return;
		callOffRetry = clock.after(pauseMs, drain);
		pauseMs = Math.min(2 * pauseMs, longestPauseMs);
	};

	const forget = (runId: RunId): void => {
		runs.delete(runId);
		snapshots.letGo(runId);
	};

	/**
	 * An engine may live for weeks. A run that was let go of is read again when it is opened, and opening takes more than
	 * one message: until it is done nothing is let go of, for that could be the very run.
	 */
	const letGo = (): void => {
		if (opening > 0) return;
		const ended = [...runs.values()].filter(isOver).sort((a, b) => a.lastEventAt - b.lastEventAt);
		for (const {id} of ended.slice(0, Math.max(0, ended.length - endedKept))) forget(id);
	};

	const goOn = (): void => {
		if (trouble === undefined) return;
		trouble = undefined;
		pauseMs = firstPauseMs;
		fanOut.signal({type: 'storage', state: 'well', message: 'Everything is stored again; the fleet goes on.'});
	};

	/**
	 * Take all that waits. What cannot be decided or stored has not happened: memory stays as it was, and the askers are
	 * told. Unless the trouble may pass, the engine then takes nothing more, for reports that are lost would leave their
	 * agents waiting for ever.
	 */
	const drain = (): void => {
		draining = false;
		// Whoever stops or finishes does not wait for it.
		callOffRetry();
		const entries = inbox.splice(0);
		let batch: Batch;
		try {
			batch = decideAll(entries);
			const stored =
				batch.events.length === 0 ? [] : log.append(batch.events, [...batch.after.values()].map(summarize));
			for (const [runId, run] of batch.after) runs.set(runId, run);
			fanOut.publish(stored);
			snapshots.stored(stored, batch.after);
		} catch (error) {
			if (isPassing(error)) {
				delay(entries, error);
				return;
			}
			trouble = undefined;
			refusal = brokenBy(error);
			for (const {answer} of entries) answer(refusal);
			onDefect(error);
			return;
		}
		goOn();
		for (const {run, effect} of batch.work) performer.perform(run, effect);
		// What was due when it was decided is done.
		for (const run of batch.after.values()) alarms.set(run.id, wakeAt(run, batch.at));
		for (const answer of batch.answers) answer();
		letGo();
	};

	const fold = (runId: RunId): Run | undefined => {
		const read = readStored(log, runId, log.snapshot(runId));
		if (read !== undefined) snapshots.read(read, read.folded);
		return read?.run;
	};

	/** The word that sets a run down. One that is not open here was left by another engine. */
	const suspensionOf = (known: Run | undefined): Suspension =>
		known === undefined ? {type: 'suspension', isFound: true} : {type: 'suspension'};

	const setAllDown = (): void => {
		for (const runId of runs.keys()) void post(runId, {type: 'suspension'});
		drain();
	};

	return {
		send: (command: Command) =>
			leaving && command.type === 'run.create' ? Promise.resolve(isLeaving) : post(command.runId, command, 'tell'),
		subscribe: fanOut.subscribe,
		history: query => Promise.resolve(log.page(query)),
		runs: () => Promise.resolve(log.runs()),
		search: query => Promise.resolve(log.search(query)),
		run: runId => runs.get(runId),
		carried: () => [...runs.values()].filter(({status, suspended}) => status.kind !== 'ended' && !suspended),
		atWork: performer.atWork,
		isQuiet: () => performer.atWork() === 0 && alarms.isEmpty() && inbox.length === 0,
		open: async (runId, ...first) => {
			if (leaving) return isLeaving;
			const known = runs.get(runId);
			const run = known ?? fold(runId);
			if (run === undefined) return {code: 'unknown', message: `There is no run ${runId}. \`flotilla ls\` lists them.`};
			runs.set(runId, run);
			opening++;
			try {
				// Set down first, so that nothing starts before all of these are decided; they are stored together.
				const answers = [
					post(runId, suspensionOf(known), 'tell'),
					...first.map(command => post(runId, command, 'tell')),
				];
				const rejection = (await Promise.all(answers)).find(answer => answer !== undefined);
				// Whoever was refused did not want it to go on without what was said.
				const failed = rejection ?? (leaving ? isLeaving : await post(runId, {type: 'recovery'}, 'tell'));
				// A run that was not taken up is not open.
				if (failed !== undefined && known === undefined) forget(runId);
				return failed;
			} finally {
				opening--;
			}
		},
		setDown: async runId => {
			const known = runs.get(runId);
			const run = known ?? fold(runId);
			if (run === undefined) return {code: 'unknown', message: `There is no run ${runId}.`};
			runs.set(runId, run);
			const rejection = await post(runId, suspensionOf(known), 'tell');
			forget(runId);
			return rejection;
		},
		finish: async enough => {
			leaving = true;
			setAllDown();
			const left = performer.atWork();
			if (left === 0) return;
			fanOut.signal({
				type: 'storage',
				state: 'waiting',
				message: `Another engine takes over as soon as ${left === 1 ? 'the turn or call' : `the ${left} turns and calls`} under way ${left === 1 ? 'has' : 'have'} ended. Nothing new starts until then.`,
			});
			await performer.settled(enough);
		},
		stop: async () => {
			stopping = true;
			setAllDown();
			// What hands bring back when they are cut off is still stored: a reply that was paid for, a call's outcome.
			await performer.stop();
			drain();
			if (trouble !== undefined) {
				const reports = inbox.filter(({message}) => causeOf(message).startsWith('report'));
				onDefect(new NotStored(reports.length, trouble));
			}
			refusal ??= hasStopped;
			alarms.cancelAll();
			for (const {answer} of inbox.splice(0)) answer(hasStopped);
		},
	};
};
