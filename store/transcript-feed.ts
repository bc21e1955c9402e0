import {agentOf, type Stamped} from '../source/domain/event.ts';
import type {AgentId, RunId} from '../source/domain/id.ts';
import type {FleetPort} from '../source/engine/port.ts';
import type {TranscriptIndex} from './transcript-index.ts';

/** A stretch of an agent's history without gaps, oldest first. */
export type TranscriptFeed = {
	readonly agentId: AgentId;
	/** Nothing has arrived yet. */
	readonly loading: boolean;
	readonly events: readonly Stamped[];
	/** Whether there may be more in front of the stretch, and behind it. */
	readonly older: boolean;
	readonly newer: boolean;
	/** Where things are in the whole history. It grows by itself. */
	readonly index: TranscriptIndex;
};

export type TranscriptLoader = {
	readonly feed: () => TranscriptFeed | undefined;
	/**
	 * Which agent's history is read, and at which event; without one, at the end. What is missing around that place is
	 * asked for, what lies far from it is let go.
	 */
	readonly read: (agentId: AgentId | undefined, seq: number | undefined) => void;
	/** What has just happened, in order. */
	readonly follow: (batch: readonly Stamped[]) => void;
};

/** How many events are asked for at once, roughly how many are kept, and how near to an edge the next are asked for. */
const pageLength = 400;
const keptMax = 1600;
const margin = 150;

/** Where a place is in a stretch; -1: behind it. */
const placeIn = (events: readonly Stamped[], place: number): number => events.findIndex(({seq}) => seq >= place);

type LoaderParts = {
	readonly port: FleetPort;
	readonly runId: RunId;
	readonly indexOf: (agentId: AgentId) => TranscriptIndex;
	/** Called for what arrives through the port. */
	readonly changed: () => void;
};

/** Pages of a transcript through the port, joined with what comes live. */
export const createTranscriptLoader = ({port, runId, indexOf, changed}: LoaderParts): TranscriptLoader => {
	let feed: TranscriptFeed | undefined;
	let place: number | undefined;
	/** The newest event of the agent that was told of, also where it lies outside of the stretch. */
	let heard = 0;
	/** The question that is under way. */
	let asking: object | undefined;

	/** As many as are kept, around the place where the person reads. */
	const trimmed = (next: TranscriptFeed): TranscriptFeed => {
		const {events} = next;
		const excess = events.length - keptMax;
		// What draws it starts anew when something is let go, so much is let go at once.
		if (excess <= pageLength) return next;
		const at = place === undefined ? -1 : placeIn(events, place);
		const front = at === -1 || at > events.length / 2;
		return front
			? {...next, events: events.slice(excess), older: true}
			: {...next, events: events.slice(0, keptMax), newer: true};
	};

	const ask = (question: Promise<Partial<TranscriptFeed>>): void => {
		asking = question;
		const take = (found: Partial<TranscriptFeed>): void => {
			// The person has gone on to another agent.
			if (asking !== question || feed === undefined) return;
			asking = undefined;
			const next = {...feed, loading: false, ...found};
			// What was told of meanwhile may not be on the page.
			feed = trimmed({...next, newer: next.newer || heard > (next.events.at(-1)?.seq ?? 0)});
			changed();
			complete();
		};
		const fail = (): void => {
			if (asking !== question || feed === undefined) return;
			asking = undefined;
			// Without an engine there is what came in by itself.
			feed = {...feed, loading: false};
			changed();
		};
		question.then(take, fail);
	};

	const page = (where: {readonly before?: number; readonly after?: number; readonly newest?: true}, limit: number) =>
		feed === undefined ? Promise.resolve([]) : port.history({runId, agentId: feed.agentId, limit, ...where});

	const askNewest = async (): Promise<Partial<TranscriptFeed>> => {
		const found = await page({newest: true}, pageLength);
		return {events: joined(found), older: found.length === pageLength, newer: false};
	};

	const askAround = async (seq: number): Promise<Partial<TranscriptFeed>> => {
		const half = pageLength / 2;
		const [before, after] = await Promise.all([page({before: seq, newest: true}, half), page({after: seq - 1}, half)]);
		return {events: [...before, ...after], older: before.length === half, newer: after.length === half};
	};

	const askBefore = async (events: readonly Stamped[]): Promise<Partial<TranscriptFeed>> => {
		const found = await page({before: events[0]?.seq ?? 0, newest: true}, pageLength);
		return feed?.events[0] === events[0]
			? {events: [...found, ...(feed?.events ?? [])], older: found.length === pageLength}
			: {};
	};

	const askAfter = async (events: readonly Stamped[]): Promise<Partial<TranscriptFeed>> => {
		const found = await page({after: events.at(-1)?.seq ?? 0}, pageLength);
		return feed?.events.at(-1) === events.at(-1)
			? {events: [...(feed?.events ?? []), ...found], newer: found.length === pageLength}
			: {};
	};

	/** The page and what came while it was on its way, each event once. */
	const joined = (found: readonly Stamped[]): readonly Stamped[] => {
		const newest = found.at(-1)?.seq ?? 0;
		return [...found, ...(feed?.newer === false ? feed.events.filter(({seq}) => seq > newest) : [])];
	};

	const complete = (): void => {
		if (feed === undefined || asking !== undefined) return;
		const {events, older, newer, loading} = feed;
		const [first, last] = [events[0]?.seq ?? 0, events.at(-1)?.seq ?? 0];
		if (place === undefined) {
			if (loading || newer) ask(askNewest());
			return;
		}
		if (loading || (place < first && older) || (place > last && newer)) {
			ask(askAround(place));
			return;
		}
		const at = placeIn(events, place);
		if (older && at !== -1 && at < margin) ask(askBefore(events));
		else if (newer && (at === -1 || events.length - at < margin)) ask(askAfter(events));
	};

	return {
		feed: () => feed,
		read: (agentId, seq) => {
			place = seq;
			if (agentId !== feed?.agentId) {
				feed =
					agentId === undefined
						? undefined
						: {agentId, loading: true, events: [], older: false, newer: false, index: indexOf(agentId)};
				heard = 0;
				asking = undefined;
			}
			complete();
		},
		follow: batch => {
			if (feed === undefined) return;
			const {agentId} = feed;
			const mine = batch.filter(({event}) => agentOf(event) === agentId);
			const last = mine.at(-1);
			if (last === undefined) return;
			heard = last.seq;
			if (!feed.newer) feed = trimmed({...feed, events: [...feed.events, ...mine]});
		},
	};
};
