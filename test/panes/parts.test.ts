import {expect, test} from 'vitest';
import {age} from '../../components/parts/age.ts';
import {bar} from '../../components/parts/bar.ts';
import {dollars, money} from '../../components/parts/money.ts';
import {percent} from '../../components/parts/percent.ts';
import {sparkline} from '../../components/parts/sparkline.ts';
import {tokens} from '../../components/parts/tokens.ts';
import {windowAround} from '../../components/parts/window.ts';
import {fromUsd} from '../../source/domain/money.ts';

test('money shows what matters, marks guesses, and never calls an unknown price nothing', () => {
	const exact = {estimated: 0, unpriced: false};
	expect(money({...exact, settled: fromUsd(0.0123)})).toBe('$0.0123');
	expect(money({...exact, settled: fromUsd(12.345)})).toBe('$12.35');
	expect(money({...exact, settled: fromUsd(1234.5)})).toBe('$1235');
	expect(money({...exact, settled: 0})).toBe('$0.00');
	expect(dollars(5)).toBe('<$0.0001');
	expect(money({settled: fromUsd(0.01), estimated: fromUsd(0.002), unpriced: false})).toBe('~$0.0120');
	expect(money({settled: 0, estimated: 0, unpriced: true})).toBe('unpriced');
	expect(money({settled: fromUsd(0.5), estimated: 0, unpriced: true})).toBe('≥$0.5000');
});

test('tokens take at most five columns', () => {
	expect([0, 999, 1000, 12_345, 99_949, 99_950, 999_499, 999_500, 12_000_000, 250_000_000].map(tokens)).toEqual([
		'0',
		'999',
		'1.0k',
		'12.3k',
		'99.9k',
		'100k',
		'999k',
		'1.0M',
		'12.0M',
		'250M',
	]);
});

test('an age is told in its largest unit, and never negative', () => {
	expect([-5, 3999, 60_000, 7_300_000, 90_000_000].map(age)).toEqual(['0s', '3s', '1m', '2h', '1d']);
});

test('a share is 0 % or 100 % only when it is exactly that', () => {
	expect([percent(0, 10), percent(1, 1000), percent(999, 1000), percent(10, 10), percent(12, 10)]).toEqual([
		'0%',
		'1%',
		'99%',
		'100%',
		'120%',
	]);
	expect(percent(1, 0)).toBe('–');
});

test('a bar has exactly its columns, and shows even small parts', () => {
	const text = (parts: Parameters<typeof bar>[0], columns: number) =>
		bar(parts, columns)
			.map(part => part.text)
			.join('');
	const spent = (share: number) => ({share, sign: '█', tone: 'plain'}) as const;
	const held = (share: number) => ({share, sign: '▒', tone: 'plain'}) as const;
	expect(text([spent(0.5), held(0.25)], 8)).toBe('████▒▒░░');
	expect(text([spent(0.001), held(0.001)], 8)).toBe('█▒░░░░░░');
	expect(text([spent(1.4), held(0.5)], 8)).toBe('████████');
	expect(text([spent(0)], 4)).toBe('░░░░');
});

test('a sparkline has eight levels and stands at the right', () => {
	expect(sparkline([1, 2, 3, 4, 5, 6, 7, 8], 10)).toBe('  ▁▂▃▄▅▆▇█');
	expect(sparkline([0, 0, 0], 2)).toBe('▁▁');
	expect(sparkline([9, 1, 8], 2)).toBe('▁█');
});

test('a list is scrolled so that the selected row is seen and no room stays empty', () => {
	expect(windowAround(5, 10, 3)).toEqual({top: 0, end: 5});
	expect(windowAround(100, 10, 0)).toEqual({top: 0, end: 10});
	expect(windowAround(100, 10, 50)).toEqual({top: 45, end: 55});
	expect(windowAround(100, 10, 99)).toEqual({top: 90, end: 100});
	expect(windowAround(100, 10, -1)).toEqual({top: 0, end: 10});
});
