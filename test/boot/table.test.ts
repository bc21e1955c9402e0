import {describe, expect, it} from 'vitest';
import {widthOf} from '../../components/text/width.ts';
import {table} from '../../source/boot/table.ts';
import {columnsOf} from '../../source/boot/terminal.ts';
import {fakeTerminal} from './fake-terminal.ts';

const rows = [
	['RUN', 'NOTE', 'STEPS', 'GOAL'],
	['run_1', 'short', '1/2', 'Survey the harbour and say which berths want mending first'],
	['run_2', 'a note of some length', '12/12', 'Mend'],
];

const widest = (text: string): number => Math.max(...text.split('\n').map(widthOf));

describe('a table', () => {
	it('cuts nothing where there is no terminal', () => {
		expect(table(rows, {columns: undefined, cut: {GOAL: 8}, spare: ['NOTE']})).toBe(table(rows));
		expect(table(rows)).toContain('which berths want mending first');
	});

	it('cuts nothing where there is room', () => {
		expect(table(rows, {columns: widest(table(rows)), cut: {GOAL: 8}})).toBe(table(rows));
	});

	it('cuts what may be cut, in its order, and shows that it did', () => {
		const lines = table(rows, {columns: 60, cut: {GOAL: 8, NOTE: 8}}).split('\n');
		expect(lines[1]).toBe('run_1  short                  1/2    Survey the harbour and…');
		expect(lines[2]).toBe('run_2  a note of some length  12/12  Mend');
		expect(table(rows, {columns: 40, cut: {GOAL: 16, NOTE: 8}})).toBe(
			['RUN    NOTE      STEPS  GOAL', 'run_1  short     1/2    Survey the harb…', 'run_2  a note …  12/12  Mend'].join(
				'\n',
			),
		);
	});

	it('leaves columns out when cutting is not enough, and gives their room to the others', () => {
		const lines = table(rows, {columns: 40, cut: {GOAL: 20}, spare: ['NOTE', 'STEPS']}).split('\n');
		expect(lines[0]).toBe('RUN    STEPS  GOAL');
		expect(lines[1]).toBe('run_1  1/2    Survey the harbour and sa…');
	});

	it.each([
		['wide signs', '港の桟橋を調べ、どれを先に直すべきか言う。港の桟橋を調べる'],
		['combining signs', 'Ö'.normalize('NFD').repeat(60)],
		['joined signs', '👩‍👩‍👧'.repeat(30)],
	])('counts the columns of %s', (_, goal) => {
		const shown = table([...rows, ['run_3', '港', '1/1', goal]], {columns: 50, cut: {GOAL: 8, NOTE: 8}});
		expect(widest(shown)).toBeLessThanOrEqual(50);
		// A wide sign that does not fit whole may leave one column free.
		expect(widthOf(shown.split('\n').at(-1) ?? '')).toBeGreaterThanOrEqual(49);
		expect(shown).toMatch(/…$/);
	});
});

describe('the columns to fill', () => {
	it('are those of a terminal that tells them', () => {
		const {terminal} = fakeTerminal(true);
		expect(columnsOf(terminal)).toBe(80);
		expect(columnsOf({...terminal, stdout: Object.assign(terminal.stdout, {columns: 0})})).toBeUndefined();
	});
});
