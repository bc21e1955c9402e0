import {expect, test} from 'vitest';
import {takeTour} from './keys-run.ts';

test('keys pressed by chance break neither the window, nor the terminal, nor the fleet', {
	timeout: 120_000,
}, async () => {
	const {problems, compared, keysHeard, pairsPressed} = await takeTour({seed: 7, presses: 320});
	// As a text, so that the words of a problem are told whole.
	expect(problems.join('\n')).toBe('');
	expect(compared).toBeGreaterThan(0);
	expect(keysHeard).toBeGreaterThan(200);
	expect(pairsPressed).toBeGreaterThan(40);
});
