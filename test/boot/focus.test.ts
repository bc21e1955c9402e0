import {expect, test} from 'vitest';
import {createFocus} from '../../source/boot/focus.ts';

const open = () => {
	const written: string[] = [];
	return {focus: createFocus(code => written.push(code)), written};
};

test('what a terminal says of its focus is taken out of what is typed', () => {
	const {focus} = open();
	expect(focus.has()).toBeUndefined();
	expect(focus.read('a\u001b[Ob')).toBe('ab');
	expect(focus.has()).toBe(false);
	expect(focus.read('\u001b[I')).toBe('');
	expect(focus.has()).toBe(true);
});

test.each([
	['\u001b[?1004;1$y', true],
	['\u001b[?1004;2$y', true],
	['\u001b[?1004;0$y', undefined],
])('whether it tells of it at all is known from %j', (answer, has) => {
	const {focus} = open();
	expect(focus.read(answer)).toBe('');
	expect(focus.has()).toBe(has);
	focus.read('\u001b[O\u001b[?1004;1$y');
	expect(focus.has()).toBe(false);
});

test('what is typed and pasted stays as it is', () => {
	const {focus} = open();
	for (const typed of ['\u001b', '\u001b[A', '\u001bOP', 'wörter', '\u001b[200~paste \u001b[O\u001b[201~'])
		expect(focus.read(typed)).toBe(typed);
	expect(focus.has()).toBeUndefined();
	expect(focus.read('\u001b[I')).toBe('');
});

test('another program that borrows the terminal hears nothing of the focus', async () => {
	const {focus, written} = open();
	await focus.without(() => Promise.resolve());
	expect(written).toEqual([]);
	focus.turn(true);
	focus.turn(true);
	expect(written).toEqual(['\u001b[?1004h\u001b[?1004$p']);
	await focus.without(async () => {
		expect(written.at(-1)).toBe('\u001b[?1004l');
	});
	expect(written.at(-1)).toContain('\u001b[?1004h');
	focus.turn(false);
	expect(written).toHaveLength(4);
});

test('a window that is closed while another program has the terminal leaves nothing on', async () => {
	const {focus, written} = open();
	focus.turn(true);
	await focus.without(async () => focus.turn(false));
	expect(written.at(-1)).toBe('\u001b[?1004l');
});
