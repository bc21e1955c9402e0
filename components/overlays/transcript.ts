import {type Agent, isEnded} from '../../source/domain/agent.ts';
import type {AgentId, TurnId} from '../../source/domain/id.ts';
import {countItems, placeOfItem} from '../../source/domain/pages.ts';
import {agentIn, type Run} from '../../source/domain/run.ts';
import type {LiveAgent} from '../../store/live.ts';
import type {MatchPlace, TranscriptOverlay} from '../../store/overlay.ts';
import {remembering} from '../../store/selectors.ts';
import type {TranscriptFeed} from '../../store/transcript-feed.ts';
import {placeOfNumber} from '../../store/transcript-index.ts';
import {tellTranscript, textsOfEvent} from '../panes/transcript-document.ts';
import {matchesAround} from '../panes/transcript-found.ts';
import {liveSeq, type TranscriptItem} from '../panes/transcript-item.ts';
import {itemLines, textOfLine} from '../panes/transcript-lines.ts';
import {folds, type TranscriptSearch} from '../panes/transcript-matches.ts';
import {createItemRows} from '../panes/transcript-rows.ts';
import {createFind, type Match, matchAt, occurrences, type TextsOf} from '../panes/transcript-search.ts';
import {createStretch, withLive} from '../panes/transcript-stretch.ts';
import {codeToCopy, linksToCopy, textToCopy} from '../panes/transcript-text.ts';
import {
	anchorHere,
	anchorOfItem,
	drawTranscript,
	itemAtCursor,
	layOut,
	scrollTranscript,
	stepTranscript,
	turnAtCursor,
} from '../panes/transcript-view.ts';
import {foldingOf, gutter, type TranscriptView} from '../panes/transcript-wrapped.ts';
import type {TurnFacts} from '../panes/turn-words.ts';
import {withAnswers} from '../panes/with-answers.ts';
import {agentPath} from '../parts/agent-path.ts';
import {agentState} from '../parts/agent-state.ts';
import {waitsFor} from '../parts/waits-for.ts';
import {createWrapCache} from '../text/wrap-cache.ts';
import {inner, type OverlayPicture, type OverlayScene} from './overlay-picture.ts';

export type TranscriptInput = {
	readonly run: Run | undefined;
	readonly feed: TranscriptFeed | undefined;
	readonly live: (agentId: AgentId) => LiveAgent | undefined;
};

/** Who speaks, for whom, in what state; that its end is followed, or which turn the person has gone to. */
const titleOf = (run: Run, agent: Agent, turn: TurnId | undefined, follows: boolean, now: number): string => {
	const at = turn === undefined ? -1 : placeOfItem(agent.turnIds, turn);
	const waits = waitsFor(run, agent, now);
	return [
		agentPath(run, agent),
		agentState(run, agent, now).word,
		...(waits === undefined ? [] : [`waits for ${waits}`]),
		...(at === -1 ? [] : [`turn ${at + 1} of ${countItems(agent.turnIds)}`]),
		...(follows && !isEnded(agent) ? ['following'] : []),
		agent.assignment.title,
	].join(' · ');
};

const turnFactsOf =
	(feed: TranscriptFeed | undefined) =>
	(seq: number): TurnFacts => {
		const at = feed === undefined ? -1 : placeOfNumber(feed.index.turns, seq);
		return {
			number: at === -1 ? undefined : at + 1,
			model: feed?.index.models.findLast(since => since.seq < seq)?.id,
		};
	};

/** Whether an event is in a part of the history that is not loaded yet. */
const isBeyond = (feed: TranscriptFeed | undefined, seq: number): boolean =>
	feed !== undefined &&
	((feed.older && seq < (feed.events[0]?.seq ?? 0)) || (feed.newer && seq > (feed.events.at(-1)?.seq ?? 0)));

/** What of an item is searched: all it says, unfolded. The heads of turns are ours, not the agent's. */
const textsAt =
	(width: number): TextsOf =>
	item =>
		item.kind === 'turn'
			? []
			: itemLines(item, {
					unfolded: true,
					now: 0,
					turn: {number: undefined, model: undefined},
					width,
					textOnly: true,
				}).map(textOfLine);

/** Draws transcripts and remembers what was wrapped and folded for the last one. */
export const createTranscriptPainter = (): ((
	scene: OverlayScene,
	input: TranscriptInput,
	overlay: TranscriptOverlay,
) => OverlayPicture) => {
	const fold = createStretch();
	const rowsOf = createItemRows(createWrapCache());
	const find = createFind();
	const findIn = remembering((items: readonly TranscriptItem[], query: string, width: number) =>
		find(items, query, width, textsAt(width)),
	);
	const byItem = remembering((matches: readonly Match[]) => Map.groupBy(matches, ({item}) => item));
	return (scene, {run, feed: loaded, live}, overlay) => {
		const {width, height} = inner(scene.main);
		const agent = agentIn(run, overlay.agentId);
		const feed = loaded?.agentId === overlay.agentId ? loaded : undefined;
		const told = fold(feed?.events ?? []);
		const present = withAnswers(told, run, agent);
		const {newer = false, older = false} = feed ?? {};
		const turnFacts = turnFactsOf(feed);
		const query = overlay.query.text;
		const matches = query === '' ? [] : findIn(told, query, width - gutter);
		const {anchor} = overlay;
		const isMissing = overlay.match !== undefined && isBeyond(feed, overlay.match.seq);
		const at = overlay.typing || isMissing ? -1 : matchAt(told, matches, overlay.match);
		const search: TranscriptSearch | undefined =
			query === '' ? undefined : {query, matches, current: at, byItem: byItem(matches)};
		const seen: TranscriptView = {
			...scene,
			items: newer ? present : withLive(present, live(overlay.agentId)),
			older,
			newer,
			anchor: anchor.kind === 'match' && isMissing ? (anchor.until ?? anchor) : anchor,
			cursor: overlay.cursor,
			folds: overlay.folds,
			unseen: overlay.seen === undefined ? 0 : (feed?.index.items ?? 0) - overlay.seen,
			search,
			turnFacts,
			rowsOf,
		};
		const screen = layOut(seen, width, height);
		const around = () => matchesAround(seen, screen, width);
		const near = (): number => {
			const {after, before} = around();
			return after === -1 && !newer ? before : after;
		};
		// Of what is being typed the match is marked to which the person will go.
		const view = overlay.typing && search !== undefined ? {...seen, search: {...search, current: near()}} : seen;
		const turn = turnAtCursor(view, screen);
		const placeOf = (match: Match | undefined): MatchPlace | undefined => {
			const item = match === undefined ? undefined : told[match.item];
			return match === undefined || item === undefined ? undefined : {seq: item.seq, part: item.part, nth: match.nth};
		};
		const cursor = itemAtCursor(view, screen);
		return {
			frame: scene.main,
			title:
				run === undefined || agent === undefined
					? overlay.agentId
					: titleOf(run, agent, turn, overlay.anchor.kind === 'tail', scene.now),
			lines: drawTranscript(view, width, height, screen),
			cursor: undefined,
			facts: {
				transcript: {
					turn,
					height,
					cursor,
					folding: cursor !== undefined && folds(cursor) ? foldingOf(view, screen.cursor, width) : undefined,
					index: feed?.index,
					matchBeside: step => placeOf(matches[at !== -1 ? at + step : step === 1 ? around().after : around().before]),
					matchFrom: step => placeOf(matches.at(step === 1 ? 0 : -1)),
					matchesAround: () => {
						const {after, before} = around();
						return {after: placeOf(matches[after]), before: placeOf(matches[before])};
					},
					loaded: {
						first: feed?.events[0]?.seq ?? liveSeq,
						last: feed?.events.at(-1)?.seq ?? 0,
						toEnd: !newer,
						whole: feed !== undefined && !feed.loading && !older && !newer,
					},
					fits: event => textsOfEvent(event, textsAt(width - gutter)).some(text => occurrences(text, query).length > 0),
					copy: {
						item: () => textToCopy(view.items, cursor),
						code: () => codeToCopy(view.items, cursor),
					},
					links: () => linksToCopy(view.items, cursor),
					tell: pages =>
						tellTranscript(
							run === undefined || agent === undefined
								? overlay.agentId
								: titleOf(run, agent, undefined, false, scene.now),
							pages,
							turnFacts,
						),
					here: () => anchorHere(view, width, height),
					scroll: rows => scrollTranscript(view, width, height, rows),
					step: by => stepTranscript(view, width, height, by),
					show: place => anchorOfItem(view, place, width, height),
				},
			},
		};
	};
};
