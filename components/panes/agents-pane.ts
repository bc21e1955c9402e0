import {type Agent, isEnded} from '../../source/domain/agent.ts';
import type {AgentId} from '../../source/domain/id.ts';
import type {Run} from '../../source/domain/run.ts';
import type {LiveAgent} from '../../store/live.ts';
import type {Told} from '../../store/told.ts';
import {age} from '../parts/age.ts';
import {agentActivity} from '../parts/agent-activity.ts';
import {agentPath} from '../parts/agent-path.ts';
import {agentState} from '../parts/agent-state.ts';
import {isFree} from '../parts/is-free.ts';
import {lastWords} from '../parts/last-words.ts';
import {money} from '../parts/money.ts';
import {latestReceipt} from '../parts/receipt.ts';
import {sinceWhen} from '../parts/since.ts';
import {usedTokens} from '../parts/tokens.ts';
import {type RowWindow, windowAround} from '../parts/window.ts';
import {fitTo} from '../text/fit.ts';
import {sanitiseLine} from '../text/sanitise.ts';
import {drawLine, drawPage, type Span, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import {glyphOf, toneOf} from '../theme.ts';
import {type AgentList, agentRowsIn} from './agent-list.ts';
import type {AgentRow} from './agent-order.ts';
import {leadColumns, rowOf, type Seen, stateOf, type Table, tableOf} from './agent-table.ts';
import {drawNoMatch} from './no-match.ts';
import type {Scene} from './scene.ts';

export type AgentsPaneView = Scene & {
	readonly run: Run | undefined;
	readonly selected: AgentId | undefined;
	/** What `agentList` says of as many rows as `agentRowsIn` leaves. */
	readonly list: AgentList;
	/** The key that shows all again while there is a filter. */
	readonly allKey: string;
	/** The key that shows those that are folded. */
	readonly foldKey: string;
	readonly live: (agentId: AgentId) => LiveAgent | undefined;
	readonly told: (agentId: AgentId) => Told | undefined;
};

const drawHead = (view: AgentsPaneView, table: Table, note: string): string =>
	drawLine(
		view.theme,
		rowOf(
			table,
			[span(' '.repeat(leadColumns))],
			({label, columns, align}) => span(fitTo(label, columns, align), 'muted'),
			[span(fitTo(`doing${note}`, table.doingColumns), 'muted')],
			span(fitTo('last words', table.wordsColumns), 'muted'),
		),
		table.width,
	);

/** A receipt is told whole or not at all: this much of what an agent does stays beside it. */
const besideReceipt = 8;
const gapText = '  ';

/** What an agent does, and what became of a message to it. */
const doingOf = (run: Run, table: Table, seen: Seen, now: number): readonly Span[] => {
	const {agent, state, words} = seen;
	const columns = table.doingColumns;
	const told = agentActivity(run, agent, state, now, table.before.includes(stateOf));
	// Words say more than that it thinks.
	const activity = table.wordsColumns === 0 && words !== '' && (told === '' || told === 'thinks') ? words : told;
	const calls = state.mark === 'needsYou' || state.mark === 'failed';
	const tone = calls ? toneOf[state.mark] : isEnded(agent) || activity !== told ? 'muted' : 'plain';
	const receipt = latestReceipt(agent, now) ?? '';
	// What it waits for comes before what became of a message.
	const goesOn = state.mark === 'working' || state.mark === 'queued';
	const left = columns - widthOf(receipt) - (activity === '' ? 0 : gapText.length);
	const needed = widthOf(sanitiseLine(activity));
	const enough = goesOn ? Math.min(needed, besideReceipt) : needed;
	if (receipt === '' || left < enough) {
		const alone = receipt !== '' && goesOn && widthOf(receipt) <= columns;
		return alone ? [span(fitTo(receipt, columns), 'strong')] : [span(fitTo(activity, columns), tone)];
	}
	return [span(fitTo(activity, left), tone), span(activity === '' ? '' : gapText), span(receipt, 'strong')];
};

const look = (view: AgentsPaneView, run: Run, row: AgentRow): Seen => {
	const {agent, askedAt} = row;
	const state = agentState(run, agent, view.now);
	const told = view.told(agent.id);
	const since = sinceWhen(agent, askedAt, told);
	return {
		...row,
		// Whoever has asked for something needs the person, whatever it does meanwhile.
		state: askedAt === undefined || state.mark === 'needsYou' ? state : {mark: 'needsYou', word: 'needs you'},
		since: since === undefined ? '' : age(view.now - since),
		words: lastWords(view.live(agent.id), told),
	};
};

const drawAgent = (view: AgentsPaneView, run: Run, table: Table, row: AgentRow): string => {
	const {theme, now, frame, focused} = view;
	const seen = look(view, run, row);
	const {agent, state, branches} = seen;
	const stateTone = toneOf[state.mark];
	const selected = agent.id === view.selected;
	const over = isEnded(agent) && state.mark !== 'failed';
	return drawLine(
		theme,
		rowOf(
			table,
			[span(selected ? '❯ ' : '  ', focused ? 'accent' : 'muted'), span(`${glyphOf(state.mark, frame)} `, stateTone)],
			column => {
				const {columns, align, tone, text} = column;
				const shown = tone === 'state' ? stateTone : tone === 'plain' && over && !selected ? 'muted' : tone;
				return span(fitTo(text(seen, now), columns, align), shown);
			},
			// On the narrowest pane the name is all there is room for.
			table.before.length > 0
				? doingOf(run, table, seen, now)
				: [span(fitTo(branches + agent.name, table.doingColumns), stateTone)],
			span(fitTo(seen.words, table.wordsColumns), 'muted'),
		),
		table.width,
		selected && focused,
	);
};

/** Read aloud, nobody hears which column a figure stands in: each says what it is, and what may be cut comes last. */
const drawRead = (view: AgentsPaneView, run: Run, row: AgentRow, width: number): string => {
	const {theme, now, frame, focused} = view;
	const {agent, state, since, words} = look(view, run, row);
	const selected = agent.id === view.selected;
	const told = [
		since === '' ? state.word : `${state.word} for ${since}`,
		agentActivity(run, agent, state, now, true),
		latestReceipt(agent, now) ?? '',
		`${agent.turns} ${agent.turns === 1 ? 'turn' : 'turns'}`,
		`${usedTokens(agent)} tokens`,
		isFree(run) ? '' : money(agent),
		words === '' ? '' : `last words: ${words}`,
	].filter(part => part !== '');
	return drawLine(
		theme,
		[
			span(selected ? '❯ ' : '  ', focused ? 'accent' : 'muted'),
			span(`${glyphOf(state.mark, frame)} `, toneOf[state.mark]),
			span([agentPath(run, agent), ...told].join(' · ')),
		],
		width,
		selected && focused,
	);
};

const drawFold = (view: AgentsPaneView, folded: readonly Agent[], width: number): string => {
	const done = folded.filter(agent => agent.status.kind === 'done').length;
	const killed = folded.length - done;
	return drawLine(
		view.theme,
		[
			span('  '),
			...(done > 0 ? [span(`${glyphOf('done', undefined)} ${done} done`, 'done')] : []),
			...(done > 0 && killed > 0 ? [span('  ')] : []),
			...(killed > 0 ? [span(`${glyphOf('stopped', undefined)} ${killed} killed`, 'muted')] : []),
			span(`  ${view.foldKey} shows them`, 'muted'),
		],
		width,
	);
};

/** Less room than this is for agents alone: who works comes before those who are done. */
const foldRoomMin = 5;

const tellsOfFolded = ({list: {rows, folded}}: AgentsPaneView, room: number): boolean =>
	folded.length > 0 && (room > rows.length || room >= foldRoomMin);

/** Which rows are shown in so much room; the last of it tells of those that are folded. */
const pageOf = (view: AgentsPaneView, room: number): RowWindow => {
	const {rows} = view.list;
	return windowAround(
		rows.length,
		tellsOfFolded(view, room) ? room - 1 : room,
		rows.findIndex(({agent}) => agent.id === view.selected),
	);
};

/** The agent on a line of the pane. */
export const agentAt = (view: AgentsPaneView, width: number, height: number, line: number): AgentId | undefined => {
	const room = agentRowsIn(width, height);
	const {top, end} = pageOf(view, room);
	const row = line - (height - room);
	return row >= 0 && top + row < end ? view.list.rows[top + row]?.agent.id : undefined;
};

/**
 * The agents as a table, the rows of `agentList`. Columns come and go with the width; the selected row is always seen.
 */
export const drawAgentsPane = (view: AgentsPaneView, width: number, height: number): readonly string[] => {
	const {theme, run, spoken = false} = view;
	const room = agentRowsIn(width, height);
	const {rows, folded, filtered} = view.list;
	if (filtered !== undefined && rows.length === 0) return drawNoMatch(view, 'agent', filtered, width, height);
	if (run === undefined || rows.length === 0)
		return drawPage([drawLine(theme, [span('No agents yet.', 'muted')], width)], width, height);
	const {top, end} = pageOf(view, room);
	const table = tableOf(rows, width, isFree(run));
	const note = end - top < rows.length ? ` (${top + 1}–${end} of ${rows.length})` : '';
	return drawPage(
		[
			...(room === height
				? []
				: [spoken ? drawLine(theme, [span(note, 'muted')], width) : drawHead(view, table, note)]),
			...rows.slice(top, end).map(row => (spoken ? drawRead(view, run, row, width) : drawAgent(view, run, table, row))),
			...(tellsOfFolded(view, room) ? [drawFold(view, folded, width)] : []),
		],
		width,
		height,
	);
};
