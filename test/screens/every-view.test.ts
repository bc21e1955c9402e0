import {afterEach, describe, expect, test} from 'vitest';
import {openHomeRobot} from './open-home.ts';
import {type Size, sizes} from './open-robot.ts';
import {openSteered, type Steered} from './steered.ts';
import {homeWays, type Keys, type Way, ways} from './ways.ts';

const opened: Steered[] = [];

const open = async (size: Size, {made, more, keys}: Way, noColor = false): Promise<Steered> => {
	const steered = await openSteered(size, made, more, {noColor});
	opened.push(steered);
	await steered.robot.press(...keys);
	return steered;
};

afterEach(async () => {
	for (const {robot} of opened.splice(0)) if (!robot.isClosed()) await robot.leave();
});

/** The signs of the edges of the frame whose title is meant, in order, corners apart; empty when it stands in none. */
const frameOf = (screen: readonly string[], title: RegExp): string => {
	const rows = screen.map(row => [...row]);
	const top = screen.findIndex(row => title.test(row) && /╭[^╮]*╮/.test(row));
	const found = screen[top]?.match(new RegExp(`╭[^╮]*${title.source}[^╮]*╮`));
	if (found?.index === undefined) return '';
	const [left, right] = [found.index, found.index + found[0].length - 1];
	let edges = '';
	for (const row of rows.slice(top + 1)) {
		edges += `${row[left]}${row[right]}`;
		if (!edges.endsWith('││')) break;
	}
	return edges;
};

/** The view is told, in a frame that is closed, if it has one, on a screen that is filled exactly. */
const expectWhole = (screen: readonly string[], {columns, rows}: Size, {sees}: Keys): void => {
	expect(screen).toHaveLength(rows);
	for (const row of screen) expect([...row].length).toBeLessThanOrEqual(columns);
	expect(frameOf(screen, sees)).toMatch(/^((││)+╰╯)?$/);
	expect(screen[0]).toMatch(/^flotilla|PAST/);
};

const entries = Object.entries(ways);

describe.each(sizes)('every view at $columns×$rows', size => {
	test.each(entries)('%s is told, whole, with a way on or out', async (_, way) => {
		const {robot} = await open(size, way);
		await robot.sees(way.sees);
		expectWhole(robot.screen(), size, way);
		expect(robot.screen().at(-1)).toMatch(/Esc|\? help/);
	});
});

test.each(entries)('%s stays whole while the terminal becomes smaller and larger', async (_, way) => {
	const {robot} = await open({columns: 200, rows: 60}, way);
	for (const size of [...sizes, {columns: 44, rows: 14}, {columns: 30, rows: 8}]) {
		await robot.resize(size.columns, size.rows);
		expectWhole(robot.screen(), size, way);
	}
	await robot.resize(200, 60);
	await robot.sees(way.sees);
});

test.each(entries)('%s is told without colour', async (_, way) => {
	const {robot} = await open({columns: 80, rows: 24}, way, true);
	await robot.sees(way.sees);
	expect(robot.written()).not.toMatch(/\u001b\[(?:[0-9;]*;)?(?:[349]|10)[0-9][0-9;]*m/);
});

describe.each(sizes)('every view of Home at $columns×$rows', size => {
	test.each(Object.entries(homeWays))('%s is told, whole, with a way on or out', async (_, way) => {
		const {robot} = await openHomeRobot({}, size);
		await robot.press(...way.keys);
		await robot.sees(way.sees);
		expectWhole(robot.screen(), size, way);
		expect(robot.screen().at(-1)).toMatch(/Esc|\? help/);
		await robot.resize(44, 14);
		expectWhole(robot.screen(), {columns: 44, rows: 14}, way);
	});
});
