import type {Agent} from '../../source/domain/agent.ts';
import type {Stamped} from '../../source/domain/event.ts';
import type {AgentId, TurnId} from '../../source/domain/id.ts';
import {agentIn, type Run} from '../../source/domain/run.ts';
import type {TranscriptFeed} from '../../store/fleet-store.ts';
import type {LiveAgent} from '../../store/live.ts';
import {remembering} from '../../store/selectors.ts';
import type {TranscriptOverlay} from '../../store/ui.ts';
import {addToTranscript, type TranscriptItem} from '../panes/transcript-item.ts';
import {findMatches} from '../panes/transcript-search.ts';
import {
	anchorOfMatch,
	drawTranscript,
	scrollTranscript,
	type TranscriptView,
	turnInView,
} from '../panes/transcript-view.ts';
import {agentPath} from '../parts/agent-path.ts';
import {agentState} from '../parts/agent-state.ts';
import {waitsFor} from '../parts/waits-for.ts';
import {createWrapCache} from '../text/wrap-cache.ts';
import {inner, type OverlayPicture, type OverlayScene} from './overlay-picture.ts';

/** The items of a growing list of events: only what is new is added. */
const createFold = (): ((events: readonly Stamped[]) => readonly TranscriptItem[]) => {
	let seen: readonly Stamped[] = [];
	let items: readonly TranscriptItem[] = [];
	return events => {
		// The list may also have lost its oldest events, or belong to another agent: then all is folded anew.
		const goesOn = seen.length > 0 && events[0] === seen[0] && events[seen.length - 1] === seen.at(-1);
		items = (goesOn ? events.slice(seen.length) : events).reduce(
			(told, {event}) => addToTranscript(told, event),
			goesOn ? items : [],
		);
		seen = events;
		return items;
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
	const parts = [
		{part: 'thinking', text: live.thinking},
		{part: 'text', text: live.text},
		{part: 'tool_input', text: live.toolInput},
	] as const;
	return [
		...printed,
		...parts.filter(({text}) => text !== '').map((part): TranscriptItem => ({kind: 'live', ...part})),
	];
};

export type TranscriptInput = {
	readonly run: Run | undefined;
	readonly feed: TranscriptFeed | undefined;
	readonly live: (agentId: AgentId) => LiveAgent | undefined;
};

/** Who speaks, for whom, in what state; and which turn is at the top, once the person has scrolled there. */
const titleOf = (run: Run, agent: Agent, turn: TurnId | undefined, now: number): string => {
	const at = turn === undefined ? -1 : agent.turnIds.indexOf(turn);
	const waits = waitsFor(run, agent, now);
	return [
		agentPath(run, agent),
		agentState(run, agent, now).word,
		...(waits === undefined ? [] : [`waits for ${waits}`]),
		...(at === -1 ? [] : [`turn ${at + 1} of ${agent.turnIds.length}`]),
		agent.assignment.title,
	].join(' · ');
};

/** Draws transcripts and remembers what was wrapped and folded for the last one. */
export const createTranscriptPainter = (): ((
	scene: OverlayScene,
	input: TranscriptInput,
	overlay: TranscriptOverlay,
) => OverlayPicture) => {
	const fold = createFold();
	const cache = createWrapCache();
	const find = remembering(findMatches);
	return (scene, {run, feed, live}, overlay) => {
		const {width, height} = inner(scene.main);
		const agent = agentIn(run, overlay.agentId);
		const told = fold(feed?.agentId === overlay.agentId ? feed.events : []);
		const matches = overlay.query.text === '' ? [] : find(told, overlay.query.text);
		const view: TranscriptView = {
			...scene,
			items: withLive(told, live(overlay.agentId)),
			anchor: overlay.anchor,
			unfolded: false,
			search:
				overlay.query.text === ''
					? undefined
					: {query: overlay.query.text, matches, current: overlay.match ?? matches.length - 1},
			cache,
		};
		const turn = turnInView(view, width, height);
		return {
			frame: scene.main,
			title: run === undefined || agent === undefined ? overlay.agentId : titleOf(run, agent, turn, scene.now),
			lines: drawTranscript(view, width, height),
			cursor: undefined,
			facts: {
				transcript: {
					turn,
					height,
					matches: matches.length,
					scroll: rows => scrollTranscript(view, width, height, rows),
					toMatch: at => {
						const match = matches[at];
						return match === undefined ? overlay.anchor : anchorOfMatch(view, match, width, height);
					},
				},
			},
		};
	};
};
