import {expect, test} from 'vitest';
import {paceOf} from '../../source/providers/pace.ts';

test('a few replies flow as fast as a screen shows them, many share what can be taken in, and none stutters', () => {
	expect([1, 10, 66, 100, 200, 1000].map(paceOf)).toEqual([33, 33, 33, 50, 100, 150]);
});
