import {createStore, type StoreApi} from 'zustand/vanilla';
import {type Costs, evolveCosts, noCosts} from '../source/domain/costs.ts';
import type {Stamped} from '../source/domain/event.ts';
import {evolve} from '../source/domain/evolve.ts';
import type {AgentId, RunId, StepId} from '../source/domain/id.ts';
import {noSpend, type Spend} from '../source/domain/limits.ts';
import type {Run, RunAt} from '../source/domain/run.ts';
import type {Signal} from '../source/domain/signal.ts';
import type {Waiting} from '../source/domain/waiting.ts';
import type {FleetPort} from '../source/engine/port.ts';
import {createCatchingUp} from './catching-up.ts';
import {createElsewhere} from './elsewhere.ts';
import {createFileReader, type FileFeed, type FileTarget} from './file-reader.ts';
import {createFileUses, type FileUse} from './file-use.ts';
import {createLive, type LiveAgent} from './live.ts';
import {type Describe, type LogEntry, logEntryOf} from './log-entry.ts';
import {readLogFilter} from './log-filter.ts';
import {createLogMemory} from './log-memory.ts';
import {type FoundEntries, nothingFound} from './log-search.ts';
import {createPast, type PastState} from './past.ts';
import {createRateMeter, noRates, type Rates} from './rates.ts';
import {remembering} from './selectors.ts';
import {createPhases, type Phase} from './step-phases.ts';
import {createStretches} from './stretches.ts';
import {createTimeline, type Timeline} from './timeline.ts';
import {createTold, type Told} from './told.ts';
import {createTranscriptLoader, type TranscriptFeed} from './transcript-feed.ts';
import {createTranscriptIndexes} from './transcript-index.ts';
import type {WaitingSource} from './waiting-source.ts';
import {outsideOf} from './waits-elsewhere.ts';

/** What is published, at most once per frame. Parts that did not change are the same objects as before. */
export type FleetState = {
	readonly run: Run | undefined;
	/** What it has cost, by whatever caused it. */
	readonly costs: Costs;
	/** The newest lines of the log, oldest first. */
	readonly log: readonly LogEntry[];
	/** Of the lines before those, what passes the filter that is looked for. */
	readonly older: FoundEntries;
	readonly transcript: TranscriptFeed | undefined;
	/** Who read and wrote which files, oldest first. */
	readonly files: readonly FileUse[];
	/** The file that is looked at. */
	readonly file: FileFeed | undefined;
	/** Goes up when an agent says something. The words are in `live`. */
	readonly liveVersion: number;
	readonly rates: Rates;
	/** Why nothing can be stored at present; undefined while all is well. */
	readonly storage: string | undefined;
	/** What other runs have used up today; counted only where the day has a limit. */
	readonly elsewhere: Spend;
	/** The requests that wait in other runs, the oldest first. */
	readonly waitsElsewhere: readonly Waiting[];
	/** The moment in the past that is looked at; undefined in the present. */
	readonly past: PastState | undefined;
	/** How much of a long history has been read, in percent; undefined when all of it has. Until then there is no log. */
	readonly percentRead: number | undefined;
};

export type FleetStore = {
	readonly runId: RunId;
	readonly state: StoreApi<FleetState>;
	/** The run as it is now, also between two frames. */
	readonly run: () => Run | undefined;
	/** The run as it is now, and its last event. */
	readonly runAt: () => RunAt | undefined;
	/** The run that the person looks at: as it is now, or as it was. */
	readonly shown: () => Run | undefined;
	readonly timeline: Timeline;
	/** Look at the run as it was after its n-th event, or at the present. */
	readonly lookAt: (n: number | undefined) => void;
	readonly live: (agentId: AgentId) => LiveAgent | undefined;
	/** What an agent said last; undefined of one that is not known. */
	readonly told: (agentId: AgentId) => Told | undefined;
	/** How a step has spent its time. */
	readonly phases: (stepId: StepId) => readonly Phase[];
	/** Read the history of an agent, or of none, at an event, or at its end, which is followed. */
	readonly openTranscript: (agentId: AgentId | undefined, seq?: number) => void;
	/** Look for what a filter of the log lets through also among what is no longer in memory. */
	readonly filterLog: (text: string, details: boolean) => void;
	/** Load and follow what was done to a file, or to none. */
	readonly openFile: (target: FileTarget | undefined) => void;
	/** Measure the rates; time in ms since 1970. */
	readonly sample: (now: number) => void;
	/** Publish now instead of with the next frame. */
	readonly flush: () => void;
	readonly close: () => void;
};

type FleetStoreParts = {
	readonly port: FleetPort;
	readonly runId: RunId;
	/** The run as it was a moment ago, to be shown until its history is read. */
	readonly head?: RunAt | undefined;
	readonly describe: Describe;
	/** Calls back with the next frame. Called at most once until then. */
	readonly schedule: (call: () => void) => void;
	/** Calls back as soon as what has come in by now is taken in. */
	readonly soon: (call: () => void) => void;
	/** What waits in all runs; without it no others are known. */
	readonly waiting?: WaitingSource;
};

const nothingWaits: readonly Waiting[] = [];
const noWaiting: WaitingSource = {read: () => nothingWaits, watch: () => () => {}};

/**
 * The window's copy of one run: the same events, folded by the same function. Facts change it at once, but only
 * `flush` tells anybody; what agents say on the way touches nothing but plain buffers.
 */
export const createFleetStore = ({
	port,
	runId,
	head,
	describe,
	schedule,
	soon,
	waiting = noWaiting,
}: FleetStoreParts): FleetStore => {
	const live = createLive();
	const told = createTold();
	const phases = createPhases();
	const meter = createRateMeter();
	const timeline = createTimeline();
	const fileUses = createFileUses();
	let run: Run | undefined;
	let costs = noCosts;
	const indexes = createTranscriptIndexes();
	let asked = {text: '', details: false};
	let rates = noRates;
	let storage: string | undefined;
	let due = false;
	const waitsElsewhere = remembering(outsideOf);

	const state = createStore<FleetState>(() => ({
		run: undefined,
		costs: noCosts,
		log: [],
		older: nothingFound,
		transcript: undefined,
		files: [],
		file: undefined,
		liveVersion: 0,
		rates: noRates,
		storage: undefined,
		elsewhere: noSpend,
		waitsElsewhere: waitsElsewhere(waiting.read(), runId),
		past: undefined,
		percentRead: undefined,
	}));

	const flush = (): void => {
		due = false;
		const last = state.getState();
		const percentRead = catchingUp.percent();
		const next: FleetState = {
			run: current(),
			// What has been added up so far would contradict the run.
			costs: percentRead === undefined ? costs : last.costs,
			log: percentRead === undefined ? log.newest() : last.log,
			older: log.older(),
			transcript: transcript.feed(),
			files: fileUses.uses(),
			file: fileReader.feed(),
			liveVersion: live.version(),
			rates,
			storage,
			elsewhere: elsewhere.spend(),
			waitsElsewhere: waitsElsewhere(waiting.read(), runId),
			past: past.state(),
			percentRead,
		};
		const isSame = Object.entries(next).every(([part, value]) => Reflect.get(last, part) === value);
		if (!isSame) state.setState(next, true);
		fileReader.follow(next.files);
	};

	const publish = (): void => {
		if (due) return;
		due = true;
		schedule(() => {
			if (due) flush();
		});
	};

	const elsewhere = createElsewhere(port, publish);
	const stretches = createStretches({port, runId, timeline, describe});
	const log = createLogMemory({stretches, count: timeline.count, soon, onFound: publish});
	const past = createPast({
		port,
		runId,
		timeline,
		stretches,
		indexOf: indexes.of,
		soon,
		onChange: publish,
		onShow: flush,
	});
	const shown = (): Run | undefined => past.state()?.run ?? current();
	const fileReader = createFileReader(port, runId, flush);

	// A person waits for a page.
	const transcript = createTranscriptLoader({port, runId, indexOf: indexes.of, changed: flush});

	const onEvents = (batch: readonly Stamped[]): void => {
		for (const stamped of batch) {
			const before = run;
			run = evolve(before, stamped);
			costs = evolveCosts(costs, stamped);
			timeline.add(stamped, run, costs);
			live.event(stamped);
			told.event(stamped);
			phases.add(stamped, run);
			indexes.event(stamped);
			log.add(logEntryOf(describe, stamped, run, before));
			fileUses.event(stamped);
			catchingUp.event(stamped);
		}
		transcript.follow(batch);
		elsewhere.look(current());
		publish();
	};

	const onSignal = (signal: Signal): void => {
		if (signal.type === 'storage') storage = signal.state === 'waiting' ? signal.message : undefined;
		else live.signal(signal);
		publish();
	};

	const catchingUp = createCatchingUp({port, runId, head, onChange: publish, onSignal});
	const current = (): Run | undefined => catchingUp.ahead()?.run ?? run;
	const unsubscribe = port.subscribe({after: 0, runId}, {onEvents, onSignal});
	const unwatch = waiting.watch(publish);

	return {
		runId,
		state,
		run: current,
		runAt: () => catchingUp.ahead() ?? (run && {run, seq: timeline.seqOf(timeline.count())}),
		shown,
		timeline,
		lookAt: past.lookAt,
		live: agentId => live.of(agentId),
		told: told.of,
		phases: phases.of,
		openTranscript: (agentId, seq) => {
			past.openTranscript(agentId);
			const before = transcript.feed();
			transcript.read(agentId, seq);
			if (transcript.feed() !== before) publish();
		},
		filterLog: (text, details) => {
			if (text === asked.text && details === asked.details) return;
			asked = {text, details};
			const names = shown()?.agents.map(({name}) => name) ?? [];
			const read = readLogFilter(text, details, names);
			const filter = read.kind === 'filter' ? read.filter : undefined;
			log.find(text.trim() === '' ? undefined : filter);
			past.filterLog(filter);
		},
		openFile: target => fileReader.open(target, fileUses.uses()),
		sample: now => {
			const ledger = current()?.ledger;
			const spent = ledger === undefined ? 0 : ledger.settled + ledger.estimated;
			const measured = meter.sample(now, live.characters(), spent);
			if (measured === rates) return;
			rates = measured;
			publish();
		},
		flush,
		close: () => {
			unsubscribe();
			catchingUp.close();
			unwatch();
		},
	};
};
