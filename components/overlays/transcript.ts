import type {Agent} from '../../source/domain/agent.ts';
import type {Stamped} from '../../source/domain/event.ts';
import type {AgentId, TurnId} from '../../source/domain/id.ts';
import {itemsOf} from '../../source/domain/pages.ts';
import {agentIn, type Run} from '../../source/domain/run.ts';
import type {LiveAgent} from '../../store/live.ts';
import {remembering} from '../../store/selectors.ts';
import type {TranscriptFeed} from '../../store/transcript-feed.ts';
import type {MatchPlace, TranscriptOverlay} from '../../store/ui.ts';
import {foldTranscript, nothingTold} from '../panes/transcript-fold.ts';
import {liveSeq, type TranscriptItem} from '../panes/transcript-item.ts';
import {itemLines, textOfLine} from '../panes/transcript-lines.ts';
import {createItemRows} from '../panes/transcript-rows.ts';
import {createFind, type Match, matchAt} from '../panes/transcript-search.ts';
import {
	anchorHere,
	anchorOfItem,
	drawTranscript,
	gutter,
	itemAtCursor,
	matchNear,
	scrollTranscript,
	type TranscriptSearch,
	type TranscriptView,
	turnInView,
} from '../panes/transcript-view.ts';
import type {TurnFacts} from '../panes/turn-words.ts';
import {agentPath} from '../parts/agent-path.ts';
import {agentState} from '../parts/agent-state.ts';
import {waitsFor} from '../parts/waits-for.ts';
import {createWrapCache} from '../text/wrap-cache.ts';
import {inner, type OverlayPicture, type OverlayScene} from './overlay-picture.ts';

const keyOf = ({seq, part}: TranscriptItem): string => `${seq} ${part}`;

const isSame = (a: TranscriptItem, b: TranscriptItem): boolean => {
	const [one, other] = [Object.entries(a), new Map<string, unknown>(Object.entries(b))];
	return one.length === other.size && one.every(([name, value]) => other.get(name) === value);
};

/** The new items, with those of before in place of their equals: what was worked out for them still holds. */
const keeping = (before: readonly TranscriptItem[], items: readonly TranscriptItem[]): readonly TranscriptItem[] => {
	const known = new Map(before.map(item => [keyOf(item), item]));
	return items.map(item => {
		const old = known.get(keyOf(item));
		return old !== undefined && isSame(old, item) ? old : item;
	});
};

/** The items of a stretch of events that moves and grows: only what is new is added, if it grows at its end. */
const createFold = (): ((events: readonly Stamped[]) => readonly TranscriptItem[]) => {
	let seen: readonly Stamped[] = [];
	let told = nothingTold;
	return events => {
		if (events === seen) return told.items;
		const goesOn = seen.length > 0 && events[0] === seen[0] && events[seen.length - 1] === seen.at(-1);
		const next = goesOn ? foldTranscript(told, events.slice(seen.length)) : foldTranscript(nothingTold, events);
		told = goesOn ? next : {...next, items: keeping(told.items, next.items)};
		seen = events;
		return told.items;
	};
};

/** What arrives just now, behind what is part of the history. */
const withLive = (items: readonly TranscriptItem[], live: LiveAgent | undefined): readonly TranscriptItem[] => {
	if (live === undefined) return items;
	const printed =
		live.outputs.size === 0
			? items
			: items.map(item =>
					item.kind === 'call' && item.state === 'running'
						? {...item, output: live.outputs.get(item.callId) ?? item.output}
						: item,
				);
	const says = [
		['thinking', live.thinking],
		['text', live.text],
		['tool_input', live.toolInput],
	] as const;
	return [
		...printed,
		...says.flatMap(([kind, text], part): readonly TranscriptItem[] =>
			text === '' ? [] : [{kind: 'live', says: kind, text, seq: liveSeq, part}],
		),
	];
};

export type TranscriptInput = {
	readonly run: Run | undefined;
	readonly feed: TranscriptFeed | undefined;
	readonly live: (agentId: AgentId) => LiveAgent | undefined;
};

/** Who speaks, for whom, in what state; and which turn is at the top, once the person has scrolled there. */
const titleOf = (run: Run, agent: Agent, turn: TurnId | undefined, now: number): string => {
	const at = turn === undefined ? -1 : itemsOf(agent.turnIds).indexOf(turn);
	const waits = waitsFor(run, agent, now);
	return [
		agentPath(run, agent),
		agentState(run, agent, now).word,
		...(waits === undefined ? [] : [`waits for ${waits}`]),
		...(at === -1 ? [] : [`turn ${at + 1} of ${itemsOf(agent.turnIds).length}`]),
		agent.assignment.title,
	].join(' · ');
};

const turnFactsOf =
	(agent: Agent | undefined, feed: TranscriptFeed | undefined) =>
	(turnId: TurnId, seq: number): TurnFacts => {
		const at = itemsOf(agent?.turnIds ?? []).lastIndexOf(turnId);
		return {
			number: at === -1 ? undefined : at + 1,
			model: feed?.index.models.findLast(since => since.seq < seq)?.id,
		};
	};

/** Items in which something was found behind what they show when they are folded. */
const openedBy = (items: readonly TranscriptItem[], matches: readonly Match[]): ReadonlySet<number> =>
	new Set(matches.filter(({item, line}) => line > 0 || items[item]?.kind === 'thinking').map(({item}) => item));

/** Draws transcripts and remembers what was wrapped and folded for the last one. */
export const createTranscriptPainter = (): ((
	scene: OverlayScene,
	input: TranscriptInput,
	overlay: TranscriptOverlay,
) => OverlayPicture) => {
	const fold = createFold();
	const rowsOf = createItemRows(createWrapCache());
	const find = createFind();
	const opened = remembering(openedBy);
	return (scene, {run, feed: loaded, live}, overlay) => {
		const {width, height} = inner(scene.main);
		const agent = agentIn(run, overlay.agentId);
		const feed = loaded?.agentId === overlay.agentId ? loaded : undefined;
		const told = fold(feed?.events ?? []);
		const {newer = false, older = false} = feed ?? {};
		const turnFacts = turnFactsOf(agent, feed);
		const textsOf = (item: TranscriptItem): readonly string[] => {
			const turn = item.kind === 'turn' ? turnFacts(item.turnId, item.seq) : {number: undefined, model: undefined};
			return itemLines(item, {unfolded: true, now: scene.now, turn, width: width - gutter}).map(textOfLine);
		};
		const query = overlay.query.text;
		const matches = query === '' ? [] : find(told, query, width, textsOf);
		const at = overlay.typing ? matches.length - 1 : matchAt(told, matches, overlay.match);
		const search: TranscriptSearch | undefined =
			query === '' ? undefined : {query, matches, current: at, opened: opened(told, matches)};
		const view: TranscriptView = {
			...scene,
			items: newer ? told : withLive(told, live(overlay.agentId)),
			older,
			newer,
			anchor: overlay.anchor,
			cursor: overlay.cursor,
			folds: overlay.folds,
			unseen: overlay.seen === undefined ? 0 : (feed?.index.items ?? 0) - overlay.seen,
			search,
			turnFacts,
			rowsOf,
		};
		const turn = turnInView(view, width, height);
		const matchBeside = (step: 1 | -1): MatchPlace | undefined => {
			const {length} = matches;
			const near = overlay.match === undefined ? matchNear(view, width, height) : (at + step + length) % length;
			const match = matches[near];
			const item = match === undefined ? undefined : told[match.item];
			return match === undefined || item === undefined ? undefined : {seq: item.seq, part: item.part, nth: match.nth};
		};
		return {
			frame: scene.main,
			title: run === undefined || agent === undefined ? overlay.agentId : titleOf(run, agent, turn, scene.now),
			lines: drawTranscript(view, width, height),
			cursor: undefined,
			facts: {
				transcript: {
					turn,
					height,
					cursor: itemAtCursor(view, width, height),
					index: feed?.index,
					matchBeside,
					here: () => anchorHere(view, width, height),
					scroll: rows => scrollTranscript(view, width, height, rows),
					show: place => anchorOfItem(view, place, width, height),
				},
			},
		};
	};
};
