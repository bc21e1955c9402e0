import {expect, test} from 'vitest';
import {chooseColors} from '../../source/boot/choose-colors.ts';
import {readEnvironment} from '../../source/boot/environment.ts';

const own = {noColor: false, look: undefined};
const none = {noColor: true, look: undefined};

test.each([
	[{TERM: 'xterm-256color'}, {}, own],
	[{TERM: 'xterm-256color', COLORTERM: 'truecolor'}, {}, own],
	[{TERM: 'xterm'}, {theme: 'dark'}, own],
	[{TERM: 'xterm-256color'}, {theme: 'dark'}, {noColor: false, look: {ground: 'dark', depth: '256'}}],
	[
		{TERM: 'tmux-256color', COLORTERM: '24bit'},
		{theme: 'light'},
		{noColor: false, look: {ground: 'light', depth: 'truecolor'}},
	],
	[{TERM: 'xterm-direct'}, {theme: 'dark'}, {noColor: false, look: {ground: 'dark', depth: 'truecolor'}}],
	[{TERM: 'xterm'}, {theme: 'light', colors: '256'}, {noColor: false, look: {ground: 'light', depth: '256'}}],
	[{TERM: 'xterm', COLORTERM: 'truecolor'}, {theme: 'light', colors: '16'}, own],
	[{TERM: 'xterm', COLORTERM: 'truecolor'}, {theme: 'dark', colors: 'none'}, none],
	[{TERM: 'xterm', COLORTERM: 'truecolor', NO_COLOR: '1'}, {theme: 'dark', colors: 'truecolor'}, none],
	[{TERM: 'dumb'}, {theme: 'dark'}, none],
] as const)('in %o with %o the window has its colours', (env, config, colors) => {
	expect(chooseColors(readEnvironment(env), config)).toEqual(colors);
});
