import {expect, test} from 'vitest';
import {takeTour} from './keys-run.ts';

test('keys pressed by chance break neither the window nor the terminal', async () => {
	const {problems, compared} = await takeTour(7, 450);
	// As a text, so that the words of a problem are told whole.
	expect(problems.join('\n')).toBe('');
	expect(compared).toBeGreaterThan(0);
});
