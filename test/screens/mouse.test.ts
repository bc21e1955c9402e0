import {afterEach, describe, expect, test} from 'vitest';
import {planRows} from '../../components/panes/plan-tree.ts';
import {noOutside} from '../../store/outside.ts';
import type {MakeRunOptions} from '../support/make-run.ts';
import type {Robot, RobotOptions} from '../support/robot.tsx';
import {openRobot, sizes} from './open-robot.ts';

const robots: Robot[] = [];

const open = async (made: MakeRunOptions = {}, options: Partial<RobotOptions> = {}) => {
	const opened = await openRobot(made, options);
	robots.push(opened.robot);
	return opened;
};

afterEach(async () => {
	for (const robot of robots.splice(0)) if (!robot.isClosed()) await robot.leave();
});

const tracking = /\u001b\[\?(?:9|100[0-6]|1015|1016)[hl]/;
const on = '\u001b[?1000h\u001b[?1006h';
const off = '\u001b[?1006l\u001b[?1000l';

const report = (robot: Robot, button: number, x: number, y: number): Promise<void> =>
	robot.type(`\u001b[<${button};${x + 1};${y + 1}M`);

/** Presses on the first cell of a text on screen. */
const pressOn = async (robot: Robot, text: string, button = 0): Promise<void> => {
	const y = robot.screen().findIndex(line => line.includes(text));
	if (y === -1) throw new Error(`The screen does not show ${text}:\n${robot.screen().join('\n')}`);
	await report(robot, button, robot.screen()[y]?.indexOf(text) ?? 0, y);
};

describe('a mouse that is off', () => {
	test('is never heard of by the terminal, whatever the person does', async () => {
		const {robot, fleet} = await open({agents: 12}, {columns: 120, rows: 40});
		for (const key of ['tab', 'j', '?', 'esc', 'w', 'esc', 'n', 'esc', 'm', 'esc', ':', 'esc', 'q', 'n', 'q', 'y'])
			await robot.press(key);
		if (!robot.isClosed()) await robot.leave();
		expect(robot.written()).not.toMatch(tracking);
		expect(fleet.commands.map(({type}) => type)).toEqual(['request.see']);
	});

	test('does nothing', async () => {
		const {robot} = await open({}, {columns: 120, rows: 40});
		// The bar goes to where the person is needed once the history is read.
		await robot.sees(/❯ [^\n]*store/);
		const before = robot.screen();
		await pressOn(robot, '3 log');
		await pressOn(robot, '2 agents', 65);
		expect(robot.screen()).toEqual(before);
	});
});

describe('a mouse that is turned on', () => {
	test('is told to the person as long as it is, and to the terminal', async () => {
		const {robot} = await open();
		robot.written();
		await robot.press('M');
		await robot.sees('M: mouse on');
		expect(robot.written()).toContain(on);
		await robot.press('?');
		await robot.sees('M: mouse on');
		await robot.press('M');
		await robot.seesNo('mouse on');
		expect(robot.written()).toContain(off);
	});

	test('is off again after the window, and while another program has the terminal', async () => {
		const {promise: back, resolve: goOn} = Promise.withResolvers<undefined>();
		const {robot} = await open({}, {outside: borrow => ({...noOutside, suspend: () => borrow(() => back)})});
		await robot.press('M');
		robot.written();
		await robot.press('ctrl+z');
		expect(robot.written()).toContain(off);
		goOn(undefined);
		await robot.sees('mouse on');
		await expect.poll(() => robot.written()).toContain(on);
		await robot.leave();
		expect(robot.written()).toContain(off);
	});

	test('is asked for nothing but presses and the wheel, in the SGR form', async () => {
		const {robot} = await open();
		await robot.press('M', 'M');
		expect(robot.written().match(new RegExp(tracking, 'g'))?.toSorted()).toEqual(
			['\u001b[?1000h', '\u001b[?1000l', '\u001b[?1006h', '\u001b[?1006l'].toSorted(),
		);
	});

	test('changes nothing when it is only moved', async () => {
		const {robot} = await open({}, {columns: 120, rows: 40});
		await robot.press('M');
		const before = robot.screen();
		for (const button of [35, 32, 1, 2, 16, 66, 67]) await pressOn(robot, '3 log', button);
		expect(robot.screen()).toEqual(before);
	});
});

describe.each(sizes)('the mouse at $columns×$rows', size => {
	test('goes to a pane', async () => {
		const {robot} = await open({}, size);
		await robot.press('M');
		const pane = robot.screen().some(line => line.includes('3 log')) ? '3 log' : '2 agents';
		await pressOn(robot, pane);
		await robot.sees(`▸ ${pane}`);
		await pressOn(robot, '1 plan');
		await robot.sees('▸ 1 plan');
	});

	test('selects the very step it presses', async () => {
		const {robot, fleet} = await open({stage: 'proposed'}, size);
		await robot.press('M');
		const keys = planRows(fleet.run().plan).map(({step}) => step.key);
		const shown = keys.filter(key => robot.screen().some(line => line.includes(` ${key} `)));
		expect(shown.length).toBeGreaterThan(2);
		for (const key of [...shown, ...shown.toReversed()]) {
			await pressOn(robot, ` ${key} `);
			await robot.sees(new RegExp(`❯[^\\n]{0,20} ${key} `));
		}
	});

	test('selects the very agent it presses', async () => {
		const {robot, fleet} = await open({agents: 6}, size);
		await robot.press('M', '2');
		const names = fleet.run().agents.map(({name}) => name);
		// The log names agents as well, with no room for a selection before them.
		const rowOf = (name: string): string | undefined =>
			[...'◐▸●✕○◌∙']
				.flatMap(glyph => [`  ${glyph} ${name} `, `❯ ${glyph} ${name} `])
				.find(row => robot.screen().some(line => line.includes(row)));
		const shown = names.filter(name => rowOf(name) !== undefined);
		expect(shown.length).toBeGreaterThan(0);
		for (const name of [...shown, ...shown.toReversed()]) {
			const row = rowOf(name);
			// Where there is little room, rows move so that the selected one has others around it.
			if (row === undefined) continue;
			await pressOn(robot, row);
			await robot.sees(new RegExp(`❯[^\\n]{0,20} ${name} `));
		}
	});

	test('turns the wheel of what is under it, and of what is open', async () => {
		const {robot} = await open({stage: 'proposed'}, size);
		await robot.press('M');
		const first = robot.screen();
		await pressOn(robot, '1 plan', 65);
		expect(robot.screen()).not.toEqual(first);
		await pressOn(robot, '1 plan', 64);
		expect(robot.screen()).toEqual(first);
		await robot.press(':');
		await robot.sees('Actions (');
		const list = robot.screen();
		await report(robot, 65, 0, 0);
		expect(robot.screen()).not.toEqual(list);
		await report(robot, 64, 0, 0);
		expect(robot.screen()).toEqual(list);
	});

	test('selects an action in the palette and runs none', async () => {
		const {robot, fleet} = await open({stage: 'proposed'}, size);
		await robot.press('M', ':');
		await robot.type('approve');
		await robot.sees('approve all');
		await pressOn(robot, 'approve all');
		await robot.sees(/❯ A +approve all/);
		expect(fleet.commands).toEqual([]);
	});
});

test('who types or is asked something stays there, wherever the mouse is pressed', async () => {
	const {robot, fleet} = await open({}, {columns: 120, rows: 40});
	await robot.press('M', '2', 'm');
	await robot.sees(/to \S+ ❯/);
	await pressOn(robot, '1 plan');
	await robot.type('hello');
	await robot.sees('hello');
	await robot.press('esc', 'w');
	await robot.sees('Requests (');
	const before = robot.screen();
	for (let y = 0; y < 40; y += 3) await report(robot, 0, 20, y);
	expect(robot.screen()).toEqual(before);
	expect(fleet.commands.filter(({type}) => type !== 'request.see')).toEqual([]);
});

test('what is pasted does not press anything', async () => {
	const {robot} = await open({}, {columns: 120, rows: 40});
	await robot.press('M', '2', 'G', 'm');
	const y = robot.screen().findIndex(line => line.includes('3 log'));
	await robot.paste(`one\u001b[<0;90;${y + 1}Mtwo`);
	await robot.sees('one');
	await robot.press('esc');
	await robot.sees('▸ 2 agents');
});
