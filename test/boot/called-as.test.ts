import {expect, it} from 'vitest';
import {calledAs} from '../../source/boot/called-as.ts';

it('says commands as they can be typed by whoever began with npm', () => {
	const words = 'Come back with: flotilla attach run_1; or `npx flotilla ls`. This is flotilla.';
	expect(calledAs({}, words)).toBe(words);
	expect(calledAs({npm_command: 'run-script'}, words)).toBe(
		'Come back with: npx flotilla attach run_1; or `npx flotilla ls`. This is flotilla.',
	);
});
