import {stripVTControlCharacters} from 'node:util';
import type {Layer, Screen} from './screen.ts';
import {wrapLine} from './text/wrap.ts';

/** A line that is read aloud need not fit the terminal: it is cut only when it is longer than this. */
export const spokenColumns = 160;

/** What stands around the place the person looks at. Of all places only the one on top is read. */
const bars: readonly string[] = ['header', 'banner', 'prompt', 'footer'];

const isBar = ({name}: Layer): boolean => bars.includes(name);

/** Borders, rules, branches and bars made of blocks: seen at a glance, and only noise when they are read. */
const ornaments = /[\u2500-\u259f]/g;

const close = (text: string): string => text.replaceAll(/ {3,}/g, '  ').trimEnd();

/** A row without ornaments and columns. */
const told = (line: string): string => close(line.replaceAll(ornaments, ' ').trim());

/** The same within borders, with its indentation. */
const indented = (line: string): string => {
	const row = line.replaceAll(ornaments, ' ').slice(1);
	const words = row.trimStart();
	return row.slice(0, row.length - words.length) + close(words);
};

/** A row within borders as it stands there. */
const asIs = (line: string): string => line.slice(1).replace(/│$/, '').trimEnd();

const wordsOf =
	({exact = false}: Layer) =>
	(line: string): string =>
		!line.startsWith('│') ? told(line) : exact ? asIs(line) : indented(line);

/**
 * A screen that is read aloud: the bars and the place on top, one below the other as they stand. Nothing of it is drawn,
 * neither colours nor blank rows; what is too long for a row of the terminal goes on in the next.
 */
export const spokenWords = ({layers}: Screen, columns: number): readonly string[] => {
	const place = layers.findLast(layer => !isBar(layer));
	return layers
		.filter(layer => layer === place || isBar(layer))
		.toSorted((one, other) => one.rect.y - other.rect.y)
		.flatMap(layer => stripVTControlCharacters(layer.text).split('\n').map(wordsOf(layer)))
		.filter(line => line.trim() !== '')
		.flatMap(line => wrapLine(line, columns).map(({text}) => text));
};

/** With fewer rows than these nothing but the place the person looks at would be left. */
const rowsMin = 6;

/**
 * Paints with as many rows as leave room for all words once they are broken to the columns of the terminal: what goes
 * off its upper end is not read again.
 */
export const paintSpoken = <Painted extends {readonly screen: Screen}>(
	paint: (rows: number) => Painted,
	columns: number,
	rows: number,
): Painted => {
	for (let tried = rows; ; ) {
		const painted = paint(tried);
		const over = spokenWords(painted.screen, columns).length - rows;
		if (over <= 0 || tried <= rowsMin) return painted;
		// A row that is left out was broken into several at most, so that no more than needed are.
		tried = Math.max(rowsMin, tried - Math.max(1, Math.floor(over / 2)));
	}
};
