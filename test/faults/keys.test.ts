import {expect, test} from 'vitest';
import {takeTour} from './keys-run.ts';

test('keys pressed by chance break neither the window nor the terminal', async () => {
	const {problems, compared} = await takeTour(7, 450);
	expect(problems).toEqual([]);
	expect(compared).toBeGreaterThan(0);
});
