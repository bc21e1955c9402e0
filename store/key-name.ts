import {graphemes} from './graphemes.ts';

/** One key: the name by which the key table knows it, and the text it types, if any. */
export type KeyPress = {readonly name: string; readonly text: string};

/** What Ink says of a key, as far as it is used here. */
export type InkKey = {
	readonly upArrow: boolean;
	readonly downArrow: boolean;
	readonly leftArrow: boolean;
	readonly rightArrow: boolean;
	readonly pageDown: boolean;
	readonly pageUp: boolean;
	readonly home: boolean;
	readonly end: boolean;
	readonly return: boolean;
	readonly escape: boolean;
	readonly ctrl: boolean;
	readonly shift: boolean;
	readonly tab: boolean;
	readonly backspace: boolean;
	readonly delete: boolean;
	readonly meta: boolean;
	readonly super: boolean;
	readonly hyper: boolean;
	readonly eventType?: 'press' | 'repeat' | 'release' | undefined;
};

const specialName = (key: InkKey): string | undefined => {
	if (key.upArrow) return 'up';
	if (key.downArrow) return 'down';
	if (key.leftArrow) return 'left';
	if (key.rightArrow) return 'right';
	if (key.pageUp) return 'pageup';
	if (key.pageDown) return 'pagedown';
	if (key.home) return 'home';
	if (key.end) return 'end';
	if (key.return) return 'enter';
	if (key.escape) return 'esc';
	if (key.tab) return 'tab';
	if (key.backspace) return 'backspace';
	if (key.delete) return 'delete';
	return undefined;
};

/** A control character inside a longer chunk, which Ink does not take apart. */
const controlName = (character: string): string | undefined => {
	const code = character.charCodeAt(0);
	if (character === '\r' || character === '\r\n') return 'enter';
	if (character === '\t') return 'tab';
	if (code === 0x7f || code === 0x08) return 'backspace';
	if (code === 0x1b) return 'esc';
	return code > 0 && code < 0x1b ? `ctrl+${String.fromCharCode(code + 96)}` : undefined;
};

const typed = (character: string): KeyPress => ({name: character === ' ' ? 'space' : character, text: character});

/**
 * The keys of one input event, in order. A slow terminal or a busy loop may deliver many keys in one chunk, such as
 * `hello\r`: none of them is lost.
 */
export const keyPresses = (input: string, key: InkKey): readonly KeyPress[] => {
	if (key.eventType === 'release' || key.super || key.hyper) return [];
	const special = specialName(key);
	if (special !== undefined) {
		const modifiers = `${key.ctrl ? 'ctrl+' : ''}${key.meta && special !== 'esc' ? 'alt+' : ''}${key.shift ? 'shift+' : ''}`;
		return [{name: modifiers + special, text: ''}];
	}
	if (input === '') return [];
	if (key.ctrl) return [{name: `ctrl+${input === ' ' ? 'space' : input.toLowerCase()}`, text: ''}];
	if (key.meta) return [{name: `alt+${input}`, text: ''}];
	// Some terminals report Shift and the plain letter instead of the capital.
	if (key.shift && /^[a-z]$/.test(input)) return [typed(input.toUpperCase())];
	return [...graphemes.segment(input)].flatMap(({segment}): readonly KeyPress[] => {
		const name = controlName(segment);
		if (name !== undefined) return [{name, text: ''}];
		return segment.charCodeAt(0) < 0x20 ? [] : [typed(segment)];
	});
};
