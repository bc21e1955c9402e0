import {agentIn, type Run} from '../../source/domain/run.ts';
import type {FileUse} from '../../store/file-use.ts';
import {clockTime} from '../parts/clock-time.ts';
import {sizeWords} from '../parts/size-words.ts';
import {sanitiseLine} from '../text/sanitise.ts';
import {drawLine, drawPage, type Line, span} from '../text/spans.ts';
import {textRows} from '../text/text-rows.ts';
import {diffLines} from './diff-lines.ts';
import type {FileLine} from './file-lines.ts';
import type {Scene} from './scene.ts';

export type FileView = Scene & {
	readonly run: Run;
	readonly lines: readonly FileLine[];
	/** The line the person is at. */
	readonly at: number;
};

const numberColumns = 5;

const didWords: Readonly<Record<FileUse['how'], string>> = {
	read: 'read',
	written: 'changed',
	maybe: 'may have changed',
	command: 'ran a command',
};

/** What is known of what an agent did, in one line. */
const factsOf = (use: FileUse): string =>
	[
		...(use.lines === undefined ? [] : [`+${use.lines.added} -${use.lines.removed}`]),
		...(use.bytes === undefined ? [] : [sizeWords(use.bytes)]),
		use.tool,
		clockTime(use.at),
	].join(' · ');

const didWord = (use: FileUse): string => (use.isNew ? 'made' : didWords[use.how]);

/** What an agent did, to be read behind its name. */
export const useWords = (use: FileUse): string => `${didWord(use)} · ${factsOf(use)}`;

const headOf = (run: Run, use: FileUse, spoken: boolean): Line => [
	span(spoken ? '' : '── ', 'muted'),
	span(`${agentIn(run, use.agentId)?.name ?? use.agentId} ${didWord(use)}`, 'strong'),
	span(` · ${factsOf(use)}`, 'muted'),
];

const number = (value: number | undefined): string =>
	(value === undefined ? '' : String(value)).padStart(numberColumns);

/** The rows of the screen a line takes. */
const rowsOf = ({run, spoken = false}: FileView, line: FileLine, width: number): readonly Line[] => {
	switch (line.kind) {
		case 'use':
			return [headOf(run, line.use, spoken)];
		case 'note':
			return textRows(sanitiseLine(line.text), Math.max(1, width), 'muted');
		case 'diff': {
			const {row, use} = line;
			// What was only read has no number from before.
			const gutter = use.how === 'read' ? `${number(row.after)} ` : `${number(row.before)}${number(row.after)} `;
			if (row.kind === 'hunk' || row.kind === 'note' || width < 2 * gutter.length) return diffLines(row, width);
			return diffLines(row, width - gutter.length).map((text, i) => [
				span(i === 0 ? gutter : ' '.repeat(gutter.length), 'muted'),
				...text,
			]);
		}
		default:
			return line satisfies never;
	}
};

/** The lines around the one the person is at, as many as there is room for: the first to show. */
const firstLine = (view: FileView, width: number, height: number): number => {
	const {lines, at} = view;
	const rows = (i: number): number => {
		const line = lines[i];
		return line === undefined ? 0 : rowsOf(view, line, width).length;
	};
	// Where the end is near, all of the room above belongs to what comes before.
	let below = 0;
	for (let i = at; i < lines.length && below <= height / 2; i++) below += rows(i);
	let first = at;
	for (let room = height - Math.min(below, Math.ceil(height / 2)); first > 0; first--) {
		room -= rows(first - 1);
		if (room < 0) break;
	}
	return first;
};

/** What was done to a file, the line the person is at always in view. */
export const drawFile = (view: FileView, width: number, height: number): readonly string[] => {
	const {theme, lines, at} = view;
	const drawn: string[] = [];
	for (let i = firstLine(view, width, height); drawn.length < height; i++) {
		const line = lines[i];
		if (line === undefined) break;
		drawn.push(...rowsOf(view, line, width).map(row => drawLine(theme, row, width, i === at)));
	}
	return drawPage(drawn, width, height);
};
