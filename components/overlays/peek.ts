import type {Agent} from '../../source/domain/agent.ts';
import type {AgentId} from '../../source/domain/id.ts';
import type {Request} from '../../source/domain/request.ts';
import {openRequests, type Run} from '../../source/domain/run.ts';
import {listedAgent, type View} from '../../store/action.ts';
import type {LiveAgent} from '../../store/live.ts';
import {choicesOf} from '../../store/request-choices.ts';
import {sayKey} from '../../store/say-key.ts';
import type {Told} from '../../store/told.ts';
import type {Rect} from '../layout.ts';
import {previewLines} from '../panes/preview-lines.ts';
import {age} from '../parts/age.ts';
import {agentPath} from '../parts/agent-path.ts';
import {agentState} from '../parts/agent-state.ts';
import {askWords} from '../parts/ask-words.ts';
import {saidBy} from '../parts/last-words.ts';
import {money} from '../parts/money.ts';
import {usedTokens} from '../parts/tokens.ts';
import {waitsFor} from '../parts/waits-for.ts';
import {windowAround} from '../parts/window.ts';
import {drawLine, type Line, span} from '../text/spans.ts';
import {textRows} from '../text/text-rows.ts';
import {inner, type OverlayPicture, type OverlayScene} from './overlay-picture.ts';

export type PeekInput = {
	readonly view: View;
	readonly live: (agentId: AgentId) => LiveAgent | undefined;
	readonly told: (agentId: AgentId) => Told | undefined;
};

/** So many lines of what would be done are shown; the whole is in the requests. */
const previewLinesMax = 6;

const requestLines = (run: Run, request: Request, view: View, width: number): readonly Line[] => {
	const {ask, openedAt} = request;
	const preview = ask.kind === 'call' || ask.kind === 'unknown' ? previewLines(ask.preview, width) : [];
	const more = preview.length - previewLinesMax;
	return [
		...textRows(`◐ ${askWords(run, ask)}`, width, 'you'),
		...textRows(
			`asked ${age(view.now - openedAt)} ago · ${sayKey(view.keymap, 'requests.open')} answers it`,
			width,
			'muted',
		),
		...choicesOf(request).flatMap(({words}, i) => textRows(`${i + 1}. ${words}`, width, 'plain')),
		...preview.slice(0, previewLinesMax),
		...(more > 0 ? textRows(`… ${more} more lines`, width, 'muted') : []),
	];
};

/** The end of what the agent says, and of what its running commands print. */
const wordLines = (
	agent: Agent,
	{live, told}: PeekInput,
	width: number,
	height: number,
	spoken: boolean,
): readonly Line[] => {
	// Only the end can be seen: so much of the text, at most, fills the room.
	const end = (text: string): string => text.trimEnd().slice(-width * height);
	const now = live(agent.id);
	const said = end(saidBy(now, told(agent.id)));
	const printed = [...(now?.outputs.values() ?? [])].map(end).filter(text => text !== '');
	return [
		...(said === '' ? [] : textRows(said, width, 'plain')),
		...printed.flatMap(text =>
			textRows(text, width - 2, 'muted').map((line): Line => [span(spoken ? '  ' : '│ ', 'muted'), ...line]),
		),
	].slice(-Math.max(0, height));
};

const factsLine = (agent: Agent, waits: string | undefined): string =>
	[
		...(waits === undefined ? [] : [`waits for ${waits}`]),
		agent.assignment.role,
		agent.model.id.replace(/^claude-/, ''),
		`${agent.turns} ${agent.turns === 1 ? 'turn' : 'turns'}`,
		`${usedTokens(agent)} tokens`,
		money(agent),
	].join(' · ');

/** Below the list, or above it where the selected row would be covered. */
const frameOf = (main: Rect, {facts}: View, agentId: AgentId | undefined, lines: number): Rect => {
	const width = main.width < 100 ? main.width : main.width - Math.round(main.width * 0.4);
	const height = Math.min(main.height, lines + 2, Math.max(6, Math.floor(main.height / 2)));
	const page = facts.pageRows.agents;
	const at = agentId === undefined ? 0 : facts.agents.indexOf(agentId);
	const row = at - windowAround(facts.agents.length, page, at).top;
	const covers = page > main.height - height && row + 3 > main.height - height;
	return {x: main.x + main.width - width, y: covers ? main.y : main.y + main.height - height, width, height};
};

/** The last words of the selected agent and what it asks, while the list stays in view. */
export const drawPeek = (scene: OverlayScene, input: PeekInput): OverlayPicture => {
	const {main, theme, now, spoken = false} = scene;
	const {view} = input;
	const {run} = view;
	const agent = listedAgent(view);
	if (run === undefined || agent === undefined)
		return {frame: frameOf(main, view, undefined, 1), title: 'Nobody', lines: [], cursor: undefined, facts: {}};
	const {width} = inner(frameOf(main, view, agent.id, 0));
	const request = openRequests(run).find(({agentId}) => agentId === agent.id);
	const head = [
		...textRows(agent.assignment.title, width, 'strong'),
		...textRows(factsLine(agent, request === undefined ? waitsFor(run, agent, now) : undefined), width, 'muted'),
		...(request === undefined ? [] : [[], ...requestLines(run, request, view, width)]),
		[],
	];
	const room = Math.max(1, Math.floor(main.height / 2) - 2 - head.length);
	const words = wordLines(agent, input, width, room, spoken);
	const said = words.length > 0 ? words : textRows('It has not said anything yet.', width, 'muted');
	const frame = frameOf(main, view, agent.id, head.length + Math.max(said.length, room));
	return {
		frame,
		exact: true,
		title: `${agentPath(run, agent)} · ${request === undefined ? agentState(run, agent, now).word : 'needs you'}`,
		lines: [...head, ...said].slice(0, inner(frame).height).map(line => drawLine(theme, line, width)),
		cursor: undefined,
		facts: {},
	};
};
