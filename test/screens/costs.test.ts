import {describe, expect, test} from 'vitest';
import {money} from '../../components/parts/money.ts';
import {addCosts} from '../../source/boot/add-costs.ts';
import {costTabs} from '../../store/overlay.ts';
import {makeEvents} from '../support/make-run.ts';
import {openRobot, sizes} from './open-robot.ts';

const events = makeEvents();

describe.each(sizes)('the cost in full at $columns×$rows', size => {
	test('says what `flotilla cost --by` says, by each of its tabs', async () => {
		const {robot} = await openRobot({}, size);
		await robot.press('$', 'enter');
		await robot.sees('Cost by step');
		await robot.sees('held');
		for (const by of costTabs) {
			await robot.sees(`▸ ${by}`);
			const [dearest] = addCosts(events, by).toSorted((a, b) => b.settled - a.settled);
			if (dearest === undefined) throw new Error('nothing was spent');
			await robot.sees(money({...dearest, unpriced: dearest.unpricedTurns > 0}));
			if (by === 'role' || by === 'provider') await robot.sees(dearest.key);
			await robot.press('tab');
		}
		await robot.sees('Cost by step');
		await robot.press('esc');
		await robot.seesNo('Cost by step');
		await robot.leave();
	});
});

describe('the cost in full', () => {
	test('tells what the run will have cost, and how sure that is', async () => {
		const {robot} = await openRobot({}, {columns: 120, rows: 40});
		await robot.press('4', 'enter');
		await robot.sees(/end +~\$0\.\d+, ± \? until 3 steps are done/);
		await robot.leave();
		const {robot: over} = await openRobot({stage: 'done'}, {columns: 120, rows: 40});
		await over.press('4', 'enter');
		await over.sees('the run is over');
		await over.leave();
		const {robot: early} = await openRobot({stage: 'planning'}, {columns: 120, rows: 40});
		await early.press('4', 'enter');
		await early.sees('? without a plan');
		await early.leave();
	});

	test('is sorted by other things, and counted as it was then in the past', async () => {
		const {robot} = await openRobot({}, {columns: 120, rows: 40});
		await robot.press('4', 'enter', 'tab', 's', 's', 's');
		await robot.sees('sorted by name');
		const screen = robot.screen().join('\n');
		expect(screen.indexOf('analyst-1')).toBeLessThan(screen.indexOf('planner-1'));
		await robot.press('T', '<');
		await robot.sees('PAST');
		await robot.seesNo('analyst-1');
		await robot.leave();
	});
});
