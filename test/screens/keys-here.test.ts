import {describe, expect, onTestFinished, test} from 'vitest';
import type {RunEvent} from '../../source/domain/event.ts';
import {actionIds, builtInKeys} from '../../store/keymap.ts';
import {openRobot as open, sizes} from './open-robot.ts';
import {openSteered} from './steered.ts';

const openRobot: typeof open = async (made, options) => {
	const opened = await open(made, options);
	onTestFinished(opened.robot.leave);
	return opened;
};

describe.each(sizes.slice(0, 3))('the keys of a place at $columns×$rows', size => {
	test('are listed over the lower part of the window, page by page, and the plan stays in view', async () => {
		const {robot} = await openRobot({}, size);
		await robot.press('g', 'ctrl+x');
		await robot.sees('Keys here');
		await robot.sees('❯ ● scout');
		const seen: string[] = [];
		for (let page = 0; page < 12 && robot.screen().some(line => line.includes('Keys here')); page++) {
			seen.push(...robot.screen());
			await robot.press('ctrl+x');
		}
		await robot.seesNo('Keys here');
		const all = seen.join('\n');
		expect(all).toMatch(/A +approve all|\(A\) +approve all/);
		expect(all).toMatch(/Not now/);
		expect(all).toMatch(/\(r\) +retry +"Look over/);
		expect(all).toMatch(/Ctrl\+X shows more|Esc closes/);
		for (const line of seen) expect([...line].length).toBeLessThanOrEqual(size.columns);
	});

	test('are each told in all words', async () => {
		const {robot} = await openRobot({stage: 'proposed'}, size);
		await robot.press('j', 'ctrl+x');
		await robot.sees('Keys here');
		const titles = actionIds.map(id => ` ${builtInKeys.bindingOf(id).title} `);
		for (let page = 0; page < 12 && robot.screen().some(line => line.includes('Keys here')); page++) {
			const screen = robot.screen();
			for (const line of screen.slice(screen.findIndex(row => row.includes('Keys here')))) {
				if (!line.startsWith('│ (')) expect(line).not.toContain('…');
				// Of what cannot be used, the key itself tells the whole reason.
				else expect(titles.filter(title => line.includes(title))).not.toEqual([]);
			}
			await robot.press('ctrl+x');
		}
		await robot.seesNo('Keys here');
	});

	test('say at a limit what is stopped', async () => {
		const asked: RunEvent = {
			type: 'request.opened',
			requestId: 'request_made01_8',
			agentId: undefined,
			stepId: undefined,
			ask: {kind: 'budget', scope: 'run', what: 'money', limit: 10, needed: 20, of: undefined},
		};
		const {robot} = await openSteered(size, {steps: 3}, [asked]);
		onTestFinished(robot.leave);
		await robot.press('w');
		while (!robot.screen().some(line => line.includes('stop the run'))) await robot.press('down');
		await robot.press('ctrl+x');
		await robot.sees(/ d +stop the run/);
		await robot.seesNo(/ d +deny/);
	});

	test('are those of a dialog in a dialog, and a listed key does it', async () => {
		const {robot, fleet} = await openRobot({}, size);
		await robot.press('2', 'K', 'ctrl+x');
		await robot.sees('Keys here');
		await robot.sees(/y +yes/);
		await robot.seesNo('approve all');
		await robot.press('y');
		await robot.seesNo('Keys here');
		expect(fleet.commands).toMatchObject([{type: 'agent.kill'}]);
	});
});
