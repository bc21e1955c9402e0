import {expect, test} from 'vitest';
import {countHostileLines, hostileLines, ordinaryLines} from './hostile-lines.ts';
import {tryHostilePaths} from './hostile-paths.ts';
import type {Row} from './part.ts';

const total = (rows: readonly Row[], column: string): number =>
	rows.reduce((sum, {counts}) => sum + (counts[column] ?? 0), 0);

test('no hostile line is allowed, in mode bypass or under wide rules, and no ordinary one is refused', () => {
	expect(new Set(hostileLines.map(({line}) => line)).size).toBeGreaterThan(1000);
	expect(ordinaryLines.length).toBeGreaterThan(100);
	const rows = countHostileLines();
	expect(rows.flatMap(({name, problems}) => problems.map(problem => `${name}: ${problem}`))).toEqual([]);
	for (const {name, counts} of rows) expect(counts['tried'], name).toBeGreaterThan(100);
});

test('no hostile path leads out, and no tool reads or writes what lies outside or is protected', async () => {
	const rows = await tryHostilePaths({toolsEvery: 7, onProgress: () => {}});
	expect(rows.flatMap(({name, problems}) => problems.map(problem => `${name}: ${problem}`))).toEqual([]);
	expect(total(rows, 'tried')).toBeGreaterThan(1000);
	expect(total(rows, 'escapes')).toBe(0);
	expect(total(rows, 'tool calls')).toBeGreaterThan(900);
});
