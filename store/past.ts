import {type Costs, noCosts} from '../source/domain/costs.ts';
import type {Stamped} from '../source/domain/event.ts';
import type {AgentId, RunId} from '../source/domain/id.ts';
import type {NanoUsd} from '../source/domain/money.ts';
import type {Run} from '../source/domain/run.ts';
import type {FleetPort} from '../source/engine/port.ts';
import type {LogEntry} from './log-entry.ts';
import {type LogFilter, usualFilter} from './log-filter.ts';
import {createLogSearch, type FoundEntries} from './log-search.ts';
import type {Stretch, Stretches} from './stretches.ts';
import type {Timeline} from './timeline.ts';
import type {TranscriptFeed} from './transcript-feed.ts';
import {indexUpTo, type TranscriptIndex} from './transcript-index.ts';

/** The run as it was after its n-th event. */
export type PastState = {
	readonly n: number;
	/** The number of that event in the whole database, by which a person knows it, and its time, ms since 1970. */
	readonly seq: number;
	/** The number of the newest event that the run has by now. */
	readonly newestSeq: number;
	readonly at: number;
	readonly run: Run;
	readonly costs: Costs;
	/** The last lines of the log at that time, oldest first; those before them are in `older`. */
	readonly log: readonly LogEntry[];
	readonly older: FoundEntries;
	readonly transcript: TranscriptFeed | undefined;
	readonly perMinute: NanoUsd | undefined;
};

/** What the window looks at while it does not look at the present. */
export type Past = {
	/** To the moment after the n-th event, or away from the past. It is shown once its events are read. */
	readonly lookAt: (n: number | undefined) => void;
	readonly openTranscript: (agentId: AgentId | undefined) => void;
	/** Which lines of the log are wanted; undefined when that was not understood. */
	readonly filterLog: (filter: LogFilter | undefined) => void;
	/** The same object as long as nothing of it changes; undefined until the first moment is read. */
	readonly state: () => PastState | undefined;
};

type PastParts = {
	readonly port: FleetPort;
	readonly runId: RunId;
	readonly timeline: Timeline;
	readonly stretches: Stretches;
	/** Where things are in the whole history of an agent. */
	readonly indexOf: (agentId: AgentId) => TranscriptIndex;
	/** Calls back as soon as what has come in by now is taken in. */
	readonly soon: (call: () => void) => void;
	/** Something of the state is new. */
	readonly onChange: () => void;
	/** The moment that was asked for is there: a person waits for it. */
	readonly onShow: () => void;
};

/** So many events of an agent a transcript shows, roughly. */
const transcriptEventsMax = 2000;

/** So many lines of the log stand before those of the moment's own stretch, roughly. */
const olderMax = 200;

/** The newest events of an agent up to the end of a stretch: they serve every moment of it. */
type Page = {readonly agentId: AgentId; readonly toSeq: number; readonly events: readonly Stamped[]};

const feedAt = (
	page: Page | undefined,
	agentId: AgentId | undefined,
	seq: number,
	indexOf: (agentId: AgentId) => TranscriptIndex,
): TranscriptFeed | undefined => {
	if (agentId === undefined) return undefined;
	const found = page?.agentId === agentId ? page.events : undefined;
	const later = found?.findIndex(event => event.seq > seq) ?? -1;
	const events = (later === -1 ? found : found?.slice(0, later)) ?? [];
	return {
		agentId,
		loading: found === undefined,
		events,
		older: events.length >= transcriptEventsMax,
		newer: false,
		index: indexUpTo(indexOf(agentId), seq),
	};
};

export const createPast = ({port, runId, timeline, stretches, indexOf, soon, onChange, onShow}: PastParts): Past => {
	const search = createLogSearch(stretches, soon, onChange);
	let wanted: number | undefined;
	let agentId: AgentId | undefined;
	let page: Page | undefined;
	let state: PastState | undefined;
	let filter: LogFilter | undefined = usualFilter;
	/** The event before which older lines are looked for. */
	let searchedFrom: number | undefined;

	const newestSeq = (): number => timeline.seqOf(timeline.count());

	const searchFrom = (n: number): void => {
		searchedFrom = n;
		search.start(filter && {upTo: n, filter, most: olderMax});
	};

	const readPage = (toSeq: number): void => {
		const reader = agentId;
		if (reader === undefined || (page?.agentId === reader && page.toSeq === toSeq)) return;
		const take = (events: readonly Stamped[]): void => {
			if (agentId !== reader || state === undefined) return;
			page = {agentId: reader, toSeq, events};
			state = {...state, transcript: feedAt(page, agentId, state.seq, indexOf)};
			onChange();
		};
		// Without an engine there is what was read before.
		port
			.history({runId, agentId: reader, before: toSeq + 1, newest: true, limit: transcriptEventsMax})
			.then(take, () => {});
	};

	const show = (n: number, {fromN, toSeq, runs, costs, entries}: Stretch): void => {
		const run = runs[n - fromN - 1];
		const seq = timeline.seqOf(n);
		if (run === undefined) return;
		if (searchedFrom !== fromN) searchFrom(fromN);
		state = {
			n,
			seq,
			newestSeq: newestSeq(),
			at: run.lastEventAt,
			run,
			costs: costs[n - fromN - 1] ?? noCosts,
			log: entries.slice(0, n - fromN),
			older: search.found(),
			transcript: feedAt(page, agentId, seq, indexOf),
			perMinute: timeline.perMinute(n),
		};
		readPage(toSeq);
		onShow();
	};

	/** Of many moments asked for in a row only the last is shown. */
	const showWanted = (): void => {
		const stretch = wanted === undefined ? undefined : stretches.at(wanted);
		if (wanted !== undefined && stretch !== undefined) show(wanted, stretch);
	};

	return {
		lookAt: n => {
			if (n === wanted) return;
			wanted = n;
			if (n !== undefined) {
				if (stretches.at(n) !== undefined) showWanted();
				// Without an engine the moment before stays.
				else stretches.load(n).then(showWanted, () => {});
				return;
			}
			state = undefined;
			searchedFrom = undefined;
			search.start(undefined);
			onShow();
		},
		openTranscript: id => {
			if (id === agentId) return;
			agentId = id;
			page = undefined;
			if (state === undefined) return;
			state = {...state, transcript: feedAt(page, agentId, state.seq, indexOf)};
			readPage(stretches.at(state.n)?.toSeq ?? state.seq);
		},
		filterLog: wanted => {
			filter = wanted;
			if (searchedFrom !== undefined) searchFrom(searchedFrom);
		},
		state: () => {
			const older = search.found();
			const newest = newestSeq();
			if (state !== undefined && (state.older !== older || state.newestSeq !== newest))
				state = {...state, older, newestSeq: newest};
			return state;
		},
	};
};
