import {expect, test} from 'vitest';
import {countUpTo} from '../../store/count-up-to.ts';

test('it counts as looking at each number does, also of none and beyond all', () => {
	for (const numbers of [[], [3], [1, 4, 4, 9], [1, 2, 3, 5, 8, 13, 21]])
		for (const most of [-1, 0, 1, 3, 4, 8.5, 21, Number.POSITIVE_INFINITY])
			expect(countUpTo(numbers, most)).toBe(numbers.filter(number => number <= most).length);
});
