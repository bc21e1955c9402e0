import {describe, expect, test} from 'vitest';
import {type InkKey, keyPresses} from '../../store/key-name.ts';

const none: InkKey = {
	upArrow: false,
	downArrow: false,
	leftArrow: false,
	rightArrow: false,
	pageDown: false,
	pageUp: false,
	home: false,
	end: false,
	return: false,
	escape: false,
	ctrl: false,
	shift: false,
	tab: false,
	backspace: false,
	delete: false,
	meta: false,
	super: false,
	hyper: false,
};

const names = (input: string, key: Partial<InkKey> = {}): readonly string[] =>
	keyPresses(input, {...none, ...key}).map(({name}) => name);

describe('keys', () => {
	test('are told apart when many come in one chunk, and the last Enter is not lost', () => {
		expect(names('hi you\r')).toEqual(['h', 'i', 'space', 'y', 'o', 'u', 'enter']);
		expect(names('jjG\t')).toEqual(['j', 'j', 'G', 'tab']);
		expect(names('a\u0013')).toEqual(['a', 'ctrl+s']);
	});

	test('keep signs of several characters together', () => {
		expect(keyPresses('é👩‍👩‍👧', none).map(({text}) => text)).toEqual(['é', '👩‍👩‍👧']);
	});

	test('carry their modifiers', () => {
		expect(names('', {tab: true, shift: true})).toEqual(['shift+tab']);
		expect(names('s', {ctrl: true})).toEqual(['ctrl+s']);
		expect(names('\r', {return: true, meta: true})).toEqual(['alt+enter']);
		expect(names('b', {meta: true})).toEqual(['alt+b']);
		expect(names('a', {shift: true})).toEqual(['A']);
	});

	test('type no text when they are commands', () => {
		expect(keyPresses('s', {...none, ctrl: true})[0]?.text).toBe('');
		expect(keyPresses('b', {...none, meta: true})[0]?.text).toBe('');
	});

	test('count once: a released key and one with the system key are none', () => {
		expect(names('a', {eventType: 'release'})).toEqual([]);
		expect(names('a', {super: true})).toEqual([]);
	});
});
