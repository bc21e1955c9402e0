import {age} from '../parts/age.ts';
import type {AgentState} from '../parts/agent-state.ts';
import {money} from '../parts/money.ts';
import {percent} from '../parts/percent.ts';
import {usedTokens} from '../parts/tokens.ts';
import {type Span, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import type {Tone} from '../theme.ts';
import type {AgentRow} from './agent-order.ts';

/** An agent and what is known of it now. */
export type Seen = AgentRow & {
	readonly state: AgentState;
	/** How long it has been at what it does or waits for. */
	readonly since: string;
	/** What it says or said last. */
	readonly words: string;
};

type Column = {
	readonly label: string;
	readonly columns: number;
	readonly align: 'left' | 'right';
	readonly tone: Tone | 'state';
	/** It is shown only where so many columns are left for what an agent does and says, which is worth more. */
	readonly leaves: number;
	readonly text: (seen: Seen, now: number) => string;
};

const nameOf = (columns: number): Column => ({
	label: 'agent',
	columns,
	align: 'left',
	tone: 'plain',
	leaves: 16,
	text: ({agent, branches}) => branches + agent.name,
});
export const stateOf: Column = {
	label: 'state',
	columns: 12,
	align: 'left',
	tone: 'state',
	leaves: 18,
	text: ({state}) => state.word,
};
const sinceOf: Column = {label: 'for', columns: 4, align: 'left', tone: 'muted', leaves: 16, text: ({since}) => since};
const roleOf: Column = {
	label: 'role',
	columns: 10,
	align: 'left',
	tone: 'muted',
	leaves: 56,
	text: ({agent}) => agent.assignment.role,
};
const modelOf: Column = {
	label: 'model',
	columns: 12,
	align: 'left',
	tone: 'muted',
	leaves: 64,
	text: ({agent}) => agent.model.id.replace(/^claude-/, ''),
};
const turnsOf: Column = {
	label: 'turns',
	columns: 5,
	align: 'right',
	tone: 'muted',
	leaves: 24,
	text: ({agent}) => String(agent.turns),
};
const contextOf: Column = {
	label: 'ctx',
	columns: 4,
	align: 'right',
	tone: 'muted',
	leaves: 56,
	text: ({agent}) => percent(agent.contextTokens, agent.model.contextTokens),
};
const tokensOf: Column = {
	label: 'tokens',
	columns: 6,
	align: 'right',
	tone: 'muted',
	leaves: 20,
	text: ({agent}) => usedTokens(agent),
};
const costOf: Column = {
	label: 'cost',
	columns: 8,
	align: 'right',
	tone: 'plain',
	leaves: 16,
	text: ({agent}) => money(agent),
};
const ageOf: Column = {
	label: 'age',
	columns: 3,
	align: 'right',
	tone: 'muted',
	leaves: 72,
	text: ({agent}, now) => age((agent.endedAt ?? now) - agent.createdAt),
};

/** In the order in which they stand, the name before all; what an agent does stands between the two. */
const before = [stateOf, sinceOf, roleOf, modelOf];
const behind = [turnsOf, contextOf, tokensOf, costOf, ageOf];

/** In the order in which they appear when a pane grows; the name comes before all. */
const byWorth = [costOf, sinceOf, stateOf, tokensOf, turnsOf, roleOf, contextOf, modelOf, ageOf];

/** From here on what an agent does and what it says stand side by side. */
const wordsFrom = 52;
const doingColumnsMax = 44;

/** The marker of the selection and the glyph. */
export const leadColumns = 4;

/** Which columns there are at a width. What an agent does and says takes the room that is left. */
export type Table = {
	readonly width: number;
	readonly before: readonly Column[];
	readonly doingColumns: number;
	/** 0 where there is no room for what agents say. */
	readonly wordsColumns: number;
	readonly behind: readonly Column[];
};

/** Where nothing costs anything, there is no column for it. */
export const tableOf = (rows: readonly AgentRow[], width: number, free: boolean): Table => {
	const name = nameOf(
		rows.reduce((most, {agent, branches}) => Math.max(most, Math.min(18, widthOf(branches + agent.name))), 6),
	);
	const chosen = new Set<Column>();
	let used = leadColumns;
	for (const column of [name, ...byWorth]) {
		if (free && column === costOf) continue;
		const needed = used + column.columns + 1;
		// Nothing of less worth may take the place of what has just not found room.
		if (needed + column.leaves > width) break;
		used = needed;
		chosen.add(column);
	}
	const room = Math.max(0, width - used);
	const doingColumns = room < wordsFrom ? room : Math.min(doingColumnsMax, Math.floor(room / 2));
	return {
		width,
		before: [name, ...before].filter(column => chosen.has(column)),
		doingColumns,
		wordsColumns: Math.max(0, room - doingColumns - 1),
		behind: behind.filter(column => chosen.has(column)),
	};
};

/** The cells of a row or of the head, in their order. */
export const rowOf = (
	table: Table,
	lead: readonly Span[],
	cell: (column: Column) => Span,
	doing: readonly Span[],
	words: Span,
): readonly Span[] => [
	...lead,
	...table.before.flatMap(column => [cell(column), span(' ')]),
	...doing,
	...(table.wordsColumns > 0 ? [span(' '), words] : []),
	...table.behind.flatMap(column => [span(' '), cell(column)]),
];
