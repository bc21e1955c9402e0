import {fitTo} from '../text/fit.ts';
import {drawLine, drawPage, type Line, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import type {Theme} from '../theme.ts';
import type {KeyHint} from './footer.ts';

export type KeyGroup = {readonly title: string; readonly keys: readonly KeyHint[]};

export type HelpView = {
	readonly theme: Theme;
	readonly groups: readonly KeyGroup[];
	/** How many lines are scrolled away. */
	readonly scroll: number;
	/** Read aloud, it is one column. */
	readonly spoken?: boolean | undefined;
};

const columnMin = 34;
const gutter = 2;

const groupLines = ({title, keys}: KeyGroup, width: number): readonly Line[] => {
	const keyColumns = Math.min(14, Math.max(0, ...keys.map(({key}) => widthOf(key))));
	return [
		[span(fitTo(title, width), 'strong')],
		...keys.map(
			({key, label, disabled = false}): Line => [
				span(` ${fitTo(key, keyColumns)} `, disabled ? 'muted' : 'plain'),
				span(fitTo(label, Math.max(0, width - keyColumns - 2)), 'muted'),
			],
		),
		[span(' '.repeat(width))],
	];
};

/** Groups in columns of about the same length, read downwards; a group is never broken over two columns. */
const columnsOf = (groups: readonly KeyGroup[], count: number, width: number): readonly (readonly Line[])[] => {
	const blocks = groups.map(group => groupLines(group, width));
	const total = blocks.reduce((sum, block) => sum + block.length, 0);
	const columns: Line[][] = [[]];
	for (const block of blocks) {
		const last = columns.at(-1) ?? [];
		const full = last.length > 0 && last.length + block.length / 2 > total / count;
		if (full && columns.length < count) columns.push([...block]);
		else last.push(...block);
	}
	return columns;
};

const helpLines = (groups: readonly KeyGroup[], width: number, spoken: boolean): readonly Line[] => {
	const count = spoken ? 1 : Math.max(1, Math.min(groups.length, Math.floor((width + gutter) / (columnMin + gutter))));
	const columnWidth = Math.max(0, Math.floor((width - gutter * (count - 1)) / count));
	const columns = columnsOf(groups, count, columnWidth);
	const rows = Math.max(0, ...columns.map(column => column.length));
	return Array.from({length: rows}, (_, row) =>
		columns.flatMap((column, i) => [
			...(i === 0 ? [] : [span(' '.repeat(gutter))]),
			...(column[row] ?? [span(' '.repeat(columnWidth))]),
		]),
	);
};

/** How many lines the help has at a width: the bound of `scroll`. */
export const helpRows = (groups: readonly KeyGroup[], width: number, spoken = false): number =>
	helpLines(groups, width, spoken).length;

/** All keys, in as many columns as there is room for. */
export const drawHelp = (
	{theme, groups, scroll, spoken = false}: HelpView,
	width: number,
	height: number,
): readonly string[] => {
	const lines = helpLines(groups, width, spoken);
	const top = Math.max(0, Math.min(scroll, lines.length - height));
	return drawPage(
		lines.slice(top, top + height).map(line => drawLine(theme, line, width)),
		width,
		height,
	);
};
