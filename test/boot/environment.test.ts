import {expect, test} from 'vitest';
import {readEnvironment} from '../../source/boot/environment.ts';

test('links are for terminals that know them, with colour or without', () => {
	expect(readEnvironment({TERM: 'xterm-256color', NO_COLOR: '1'}).links).toBe(true);
	expect(readEnvironment({TERM: 'dumb'}).links).toBe(false);
	expect(readEnvironment({TERM: 'linux'}).links).toBe(false);
});
