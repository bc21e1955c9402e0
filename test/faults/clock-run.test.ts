import {describe, expect, it} from 'vitest';
import {systemClock} from '../../source/engine/clock.ts';
import {clockJumps, runThroughJump} from './clock-run.ts';

describe('a run whose time of day jumps', {timeout: 120_000}, () => {
	it.each(
		clockJumps.flatMap(jump => [
			{...jump, when: 'within a turn' as const},
			{...jump, when: 'while an agent waits to ask again' as const},
		]),
	)('$name $when: nothing is asked twice, and nobody waits for ever', async ({when, ...jump}) => {
		expect(await runThroughJump(jump, when)).toEqual({kind: 'done', findings: []});
	});

	it('does not take a wait of a month for one that is over', async () => {
		let called = false;
		const callOff = systemClock.after(31 * 24 * 3_600_000, () => {
			called = true;
		});
		await new Promise<void>(resolve => systemClock.after(5, resolve));
		callOff();
		expect(called).toBe(false);
	});
});
