import {expect, test} from 'vitest';
import {fromUsd} from '../../source/domain/money.ts';
import {createRateMeter} from '../../store/rates.ts';

test('rates are measured over the time that passed, and nothing is told before there are two measurements', () => {
	const meter = createRateMeter();
	expect(meter.sample(0, 0, 0)).toEqual({perMinute: undefined, tokensPerSecond: 0, history: []});
	const first = meter.sample(2000, 700, fromUsd(0.01));
	expect(first.tokensPerSecond).toBe(100);
	expect(first.perMinute).toBe(fromUsd(0.3));
	expect(first.history).toEqual([100]);
	expect(meter.sample(2500, 9999, fromUsd(9))).toBe(first);
	const rested = meter.sample(3000, 700, fromUsd(0.01));
	expect(rested.history).toEqual([100, 0]);
});

test('what is written comes in bursts, and its rate is that of the last seconds', () => {
	const meter = createRateMeter();
	meter.sample(0, 0, 0);
	meter.sample(1000, 700, 0);
	expect(meter.sample(2000, 700, 0)).toMatchObject({tokensPerSecond: 100, history: [200, 0]});
	expect(meter.sample(4000, 700, 0).tokensPerSecond).toBe(50);
	expect(meter.sample(7000, 700, 0).tokensPerSecond).toBe(0);
});

test('spending is averaged over the last minute only', () => {
	const meter = createRateMeter();
	meter.sample(0, 0, 0);
	meter.sample(1000, 0, fromUsd(5));
	expect(meter.sample(61_001, 0, fromUsd(5)).perMinute).toBeUndefined();
	expect(meter.sample(62_001, 0, fromUsd(5)).perMinute).toBe(0);
});
