import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {changedPart} from '../../components/canvas/changed-part.ts';
import {drawLine, span} from '../../components/text/spans.ts';
import {createTheme, type Tone} from '../../components/theme.ts';

const theme = createTheme({color: true});
const tones = ['plain', 'strong', 'muted', 'done', 'failed'] as const satisfies readonly Tone[];

/** Few letters, so that much is alike. */
const spans = fc.array(
	fc.record({
		text: fc.string({unit: fc.constantFrom('a', 'b', 'm', '0', '[', ' '), maxLength: 6}),
		tone: fc.constantFrom(...tones),
	}),
	{maxLength: 6},
);

/** What a terminal shows: a letter and its tone in each column. */
const cellsOf = (text: string): readonly string[] => {
	const cells: string[] = [];
	let tone = '';
	for (const [part] of text.matchAll(/\u001b\[[\d;]*m|[^\u001b]/g))
		if (part.length > 1) tone = part === '\u001b[0m' ? '' : part;
		else cells.push(tone + part);
	return cells;
};

describe('the part of a line that changed', () => {
	test('painted over the old line gives the new one, whatever both are', () => {
		fc.assert(
			fc.property(spans, spans, fc.integer({min: 1, max: 24}), (before, after, width) => {
				const drawn = (line: typeof before): string =>
					drawLine(
						theme,
						line.map(({text, tone}) => span(text, tone)),
						width,
					);
				const [old, next] = [drawn(before), drawn(after)];
				const part = changedPart({x: 3, width, text: old}, {x: 3, width, text: next});
				const cells = [...cellsOf(old)];
				if (part !== undefined) cells.splice(part.x - 3, part.width, ...cellsOf(part.text));
				expect(cells).toEqual(cellsOf(next));
			}),
			{numRuns: 2000},
		);
	});

	test('is small when little changed', () => {
		const line = (turn: string, cost: string): string =>
			drawLine(
				theme,
				[span('● ', 'done'), span('scout-1 reads the sources '), span(turn, 'muted'), span(cost, 'strong')],
				60,
			);
		const part = changedPart(
			{x: 0, width: 60, text: line('turn 3 ', '$0.10')},
			{x: 0, width: 60, text: line('turn 4 ', '$0.10')},
		);
		expect(part?.width).toBeLessThanOrEqual(7);
	});

	test('is nothing when nothing changed, and all when a sign is wide', () => {
		expect(changedPart({x: 0, width: 4, text: 'same'}, {x: 0, width: 4, text: 'same'})).toBeUndefined();
		expect(changedPart({x: 0, width: 6, text: '日本 a'.padEnd(4)}, {x: 0, width: 6, text: '日本 b'})?.text).toBe(
			'日本 b',
		);
	});

	test('is all where there is a link, so that no cut falls into one', () => {
		const links = createTheme({color: true, links: true});
		const line = (end: string): string =>
			drawLine(links, [{...span('harbour'), link: 'https://a.example/'}, span(end)], 10);
		expect(changedPart({x: 0, width: 10, text: line(' a')}, {x: 0, width: 10, text: line(' b')})?.text).toBe(
			line(' b'),
		);
		const bare = drawLine(links, [span('harbour a')], 10);
		expect(changedPart({x: 0, width: 10, text: line(' a')}, {x: 0, width: 10, text: bare})?.text).toBe(bare);
	});
});
