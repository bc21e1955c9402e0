import type {AgentId} from '../../source/domain/id.ts';
import {agentIn, type Run, stepOf} from '../../source/domain/run.ts';
import type {FileRow} from '../../store/file-rows.ts';
import {age} from '../parts/age.ts';
import {agentPath} from '../parts/agent-path.ts';
import {shownPath} from '../parts/shown-path.ts';
import {sizeWords} from '../parts/size-words.ts';
import {windowAround} from '../parts/window.ts';
import {fitTo} from '../text/fit.ts';
import {drawLine, drawPage, type Line, span} from '../text/spans.ts';
import type {Tone} from '../theme.ts';
import type {Scene} from './scene.ts';

export type FilesView = Scene & {
	readonly run: Run | undefined;
	readonly rows: readonly FileRow[];
	/** The row that is selected, by its id. */
	readonly selected: string | undefined;
};

type Sign = {readonly sign: string; readonly word: string; readonly tone: Tone};

const wordColumns = 9;

/** Below this, what was done how often has no room beside the path. */
const narrowBelow = 70;

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const nameOf = (run: Run, agentId: AgentId): string => agentIn(run, agentId)?.name ?? agentId;

const signOf = (row: Exclude<FileRow, {kind: 'agent'}>): Sign => {
	switch (row.kind) {
		case 'commands':
			return {sign: '▸', word: 'commands', tone: 'muted'};
		case 'reported':
			return {sign: '?', word: 'reported', tone: 'muted'};
		case 'file':
			if (row.unsure > 0) return {sign: '?', word: 'not sure', tone: 'stalled'};
			if (row.written === 0) return {sign: '·', word: 'read', tone: 'muted'};
			return row.isNew ? {sign: '+', word: 'new', tone: 'added'} : {sign: '±', word: 'changed', tone: 'strong'};
		default:
			return row satisfies never;
	}
};

/** What a row is about, and what stands at its right edge. */
const wordsOf = (
	run: Run,
	row: Exclude<FileRow, {kind: 'agent'}>,
	now: number,
	isNarrow: boolean,
): readonly [string, string] => {
	switch (row.kind) {
		case 'commands': {
			const by = row.count === 1 ? 'a command' : `${row.count} commands`;
			return [`what ${by} of ${nameOf(run, row.agentId)} changed is not known`, ''];
		}
		case 'reported':
			return [`${row.path}: named in the report, no call that wrote it is known`, ''];
		case 'file': {
			const {lines, bytes, written, unsure, read, target, agentIds, lastAt} = row;
			const who = target.agentId === undefined ? [agentIds.map(id => nameOf(run, id)).join(', ')] : [];
			const facts = [
				...(lines === undefined || written + unsure === 0 ? [] : [`+${lines.added} -${lines.removed}`]),
				...(bytes === undefined ? [] : [sizeWords(bytes)]),
				...who,
				...(written > 1 && !isNarrow ? [counted(written, 'change')] : []),
				...(read > 0 && (!isNarrow || written === 0) ? [`read ${read === 1 ? 'once' : `${read} times`}`] : []),
				age(now - lastAt),
			];
			return [shownPath(run.settings, target.path), facts.join(' · ')];
		}
		default:
			return row satisfies never;
	}
};

const drawGroup = ({theme}: FilesView, run: Run, row: Extract<FileRow, {kind: 'agent'}>, width: number): string => {
	const agent = agentIn(run, row.agentId);
	const step = stepOf(run, agent?.stepId);
	const name = agent === undefined ? row.agentId : agentPath(run, agent);
	return drawLine(theme, [span(name, 'strong'), span(step === undefined ? '' : `  ${step.key}`, 'muted')], width);
};

const drawRow = (view: FilesView, run: Run, row: FileRow, selected: boolean, width: number): string => {
	if (row.kind === 'agent') return drawGroup(view, run, row, width);
	const {theme, now, spoken = false} = view;
	const {sign, word, tone} = signOf(row);
	const [left, right] = wordsOf(run, row, now, width < narrowBelow);
	const line: Line = [
		span(selected ? '❯ ' : '  ', 'accent'),
		span(`${sign} ${fitTo(word, wordColumns)} `, tone),
		span(left, row.kind === 'file' && row.written + row.unsure > 0 ? 'plain' : 'muted'),
	];
	if (spoken) return drawLine(theme, [...line, span(`  ${right}`, 'muted')], width, selected);
	// A path that has no room is of more use than what is told of it.
	const room = Math.max(Math.min(width, 34), width - right.length - 2);
	return drawLine(theme, line, room, selected) + drawLine(theme, [span(`  ${right}`, 'muted')], width - room, selected);
};

/** What the rows come to, in one line. */
const totals = (rows: readonly FileRow[]): string => {
	const files = rows.filter(row => row.kind === 'file');
	const paths = (wanted: readonly (typeof files)[number][]): number =>
		new Set(wanted.map(({target}) => target.path)).size;
	const unsure = paths(files.filter(row => row.unsure > 0 && row.written === 0));
	const commands = rows.reduce((sum, row) => sum + (row.kind === 'commands' ? row.count : 0), 0);
	return [
		`${counted(paths(files.filter(({written}) => written > 0)), 'file')} written`,
		...(unsure === 0 ? [] : [`${unsure} not sure`]),
		`${paths(files.filter(({read}) => read > 0))} read`,
		...(commands === 0 ? [] : [`${counted(commands, 'command')} may have changed more`]),
	].join(' · ');
};

/** What agents consumed and produced, below a line that sums it up. */
export const drawFiles = (view: FilesView, width: number, height: number): readonly string[] => {
	const {theme, run, rows, selected} = view;
	if (run === undefined || rows.length === 0)
		return drawPage([drawLine(theme, [span('No file was read or written yet.', 'muted')], width)], width, height);
	const chosen = rows.find(row => 'id' in row && row.id === selected);
	const {top, end} = windowAround(rows.length, height - 1, chosen === undefined ? 0 : rows.indexOf(chosen));
	return drawPage(
		[
			drawLine(theme, [span(totals(rows), 'muted')], width),
			...rows.slice(top, end).map(row => drawRow(view, run, row, row === chosen, width)),
		],
		width,
		height,
	);
};
