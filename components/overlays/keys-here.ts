import type {KeysHere} from '../../store/keys-here.ts';
import type {Rect} from '../layout.ts';
import {fitTo} from '../text/fit.ts';
import {drawLine, drawPage, type Span, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import type {Theme} from '../theme.ts';
import {inner, type OverlayPicture} from './overlay-picture.ts';

type KeysHereView = {
	readonly theme: Theme;
	readonly main: Rect;
	readonly keys: KeysHere;
	/** From 0. */
	readonly page: number;
	/** The key that shows the next page. */
	readonly moreKey: string;
	/** It is read aloud: a line for each key, and all keys before anything else. */
	readonly spoken?: boolean;
};

/** A line of a column: a key, or without one the name of a group. */
type Entry = {readonly key: string | undefined; readonly title: string};

const columnMin = 18;
const gutter = 2;
const keyColumnsMax = 9;
/** Of the panes so much may be covered: what the keys are about stays in view. */
const shareMax = 0.6;

/** The entries in columns of so many rows. No group is named at the foot of a column. */
const placed = (entries: readonly Entry[], rows: number): readonly (readonly Entry[])[] => {
	const columns: Entry[][] = [[]];
	for (const entry of entries) {
		const last = columns.at(-1) ?? [];
		if (last.length >= rows || (entry.key === undefined && rows > 1 && last.length === rows - 1)) columns.push([entry]);
		else last.push(entry);
	}
	return columns;
};

/** As few rows as hold the entries in so many columns. */
const flattest = (entries: readonly Entry[], count: number, most: number): readonly (readonly Entry[])[] => {
	for (let rows = Math.max(1, Math.ceil(entries.length / count)); rows < most; rows++) {
		const columns = placed(entries, rows);
		if (columns.length <= count) return columns;
	}
	return placed(entries, most);
};

const drawEntry = ({key, title}: Entry, keyColumns: number, width: number): readonly Span[] =>
	key === undefined
		? [span(fitTo(title, width), 'strong')]
		: [span(` ${fitTo(key, keyColumns)} `), span(fitTo(title, Math.max(0, width - keyColumns - 2)), 'muted')];

/** How wide the keys of a column are, and the whole of it, so that nothing is cut. */
const roomOf = (column: readonly Entry[]): {readonly keys: number; readonly all: number} => {
	const keys = Math.min(keyColumnsMax, Math.max(0, ...column.map(({key}) => widthOf(key ?? ''))));
	return {keys, all: Math.max(0, ...column.map(({key, title}) => widthOf(title) + (key === undefined ? 0 : keys + 2)))};
};

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

/** Columns that stand beside one another, and in how many rows. */
type Section = {readonly columns: readonly (readonly Entry[])[]; readonly rows: number};

/** The entries in so many columns beside one another; where they fill pages, each of them from column to column. */
const sectionsOf = (entries: readonly Entry[], count: number, most: number): readonly Section[] => {
	const columns = placed(entries, most);
	const full = columns.slice(0, Math.floor((columns.length - 1) / count) * count);
	const all = [...full, ...flattest(columns.slice(full.length).flat(), count, most)];
	return Array.from({length: Math.ceil(all.length / count)}, (_, i): Section => {
		const section = all.slice(i * count, (i + 1) * count);
		return {
			columns: section,
			rows: Math.max(...section.map(({length}) => length), i * count < full.length ? most : 0),
		};
	});
};

const fits = ({columns}: Section, width: number): boolean =>
	sumOf(columns.map(column => roomOf(column).all)) + gutter * (columns.length - 1) <= width;

/** What can be used, by groups, in as many columns as have room for all of their words. */
const usable = ({theme, keys, spoken = false}: KeysHereView, width: number, most: number): readonly string[] => {
	const entries = keys.flatMap(({group, keys: all}): readonly Entry[] => {
		const on = all.filter(({disabled}) => disabled === undefined);
		return on.length === 0 ? [] : [{key: undefined, title: group}, ...on];
	});
	const countMax = spoken ? 1 : Math.max(1, Math.floor((width + gutter) / (columnMin + gutter)));
	const counts = Array.from({length: countMax}, (_, i) => countMax - i);
	const sections = counts
		.map(count => sectionsOf(entries, count, most))
		.find((them, i) => i === counts.length - 1 || them.every(section => fits(section, width)));
	return (sections ?? []).flatMap(({columns, rows}) => {
		const rooms = columns.map(roomOf);
		const free = Math.max(0, width - sumOf(rooms.map(({all}) => all)) - gutter * (columns.length - 1));
		const widths = rooms.map(({all}) => Math.min(width, all + Math.floor(free / columns.length)));
		return Array.from({length: rows}, (_, row) =>
			drawLine(
				theme,
				columns.flatMap((column, i) => {
					const entry = column[row];
					const gap = span(' '.repeat(i === 0 ? 0 : gutter));
					const columnWidth = widths[i] ?? 0;
					return entry === undefined
						? [gap, span(' '.repeat(columnWidth))]
						: [gap, ...drawEntry(entry, rooms[i]?.keys ?? 0, columnWidth)];
				}),
				width,
			),
		);
	});
};

/** Of a line so much may be a title: the reason is what it is for. */
const titleShareMax = 0.4;

/** What cannot be used, a line each. The whole of a reason is told by the key itself. */
const unusable = ({theme, keys}: KeysHereView, width: number): readonly string[] => {
	const off = keys.flatMap(group => group.keys.filter(({disabled}) => disabled !== undefined));
	const keyColumns = Math.max(0, ...off.map(({key}) => widthOf(key) + 2));
	const titleColumns = Math.min(
		Math.floor(width * titleShareMax),
		Math.max(0, ...off.map(({title}) => widthOf(title))),
	);
	return off.length === 0
		? []
		: [
				drawLine(theme, [span('Not now', 'strong')], width),
				...off.map(({key, title, disabled = ''}) =>
					drawLine(
						theme,
						[span(` ${fitTo(`(${key})`, keyColumns)} ${fitTo(title, titleColumns)} ${disabled}`, 'muted')],
						width,
					),
				),
			];
};

/** The keys that mean something here, in a box over the lower part of the panes. */
export const drawKeysHere = (view: KeysHereView): OverlayPicture & {readonly pages: number} => {
	const {theme, main, page: wanted, moreKey, spoken = false} = view;
	const {width} = inner(main);
	// A line below them tells how to go on.
	const most = Math.max(1, Math.floor(main.height * (spoken ? 1 : shareMax)) - 3);
	const lines = [...usable(view, width, most), ...unusable(view, width)];
	const rows = Math.min(lines.length, most);
	const pages = Math.max(1, Math.ceil(lines.length / most));
	const page = Math.min(wanted, pages - 1);
	const height = Math.min(main.height, rows + 3);
	const more = page + 1 < pages ? `${moreKey} shows more (${page + 1} of ${pages}) · ` : '';
	return {
		frame: {...main, y: main.y + main.height - height, height},
		title: 'Keys here',
		lines: [
			...drawPage(lines.slice(page * most, (page + 1) * most), width, Math.max(0, height - 3)),
			drawLine(theme, [span(`${more}Esc closes`, 'strong')], width),
		],
		cursor: undefined,
		facts: {},
		pages,
	};
};
