import {graphemes} from './graphemes.ts';
import type {KeyPress} from './key-name.ts';

/** A text under the cursor. `at` counts UTF-16 units and always stands between two graphemes. */
export type TextBuffer = {
	readonly text: string;
	readonly at: number;
	/** Nobody wrote it: what is typed first takes its place, and a key that moves or deletes makes it the person's own. */
	readonly isProposal?: true;
};

export const emptyText: TextBuffer = {text: '', at: 0};

/** The text with the cursor behind it. */
export const textBuffer = (text: string): TextBuffer => ({text, at: text.length});

/** A text that stands there until something is typed. */
export const proposedText = (text: string): TextBuffer =>
	text === '' ? emptyText : {...textBuffer(text), isProposal: true};

const before = ({text, at}: TextBuffer): number =>
	at === 0 ? 0 : (graphemes.segment(text).containing(at - 1)?.index ?? at - 1);

const after = ({text, at}: TextBuffer): number => {
	const here = graphemes.segment(text).containing(at);
	return here === undefined ? text.length : here.index + here.segment.length;
};

const wordBefore = ({text, at}: TextBuffer): number => Math.max(0, text.slice(0, at).search(/\S+\s*$/u));

const wordAfter = ({text, at}: TextBuffer): number => at + (/^\s*\S*/u.exec(text.slice(at))?.[0].length ?? 0);

const lineStart = ({text, at}: TextBuffer): number => (at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1);

const lineEnd = ({text, at}: TextBuffer): number => {
	const end = text.indexOf('\n', at);
	return end === -1 ? text.length : end;
};

const cut = ({text}: TextBuffer, from: number, to: number): TextBuffer => ({
	text: text.slice(0, from) + text.slice(to),
	at: from,
});

/** Text at the cursor. On one line, breaks become spaces. */
export const insertText = (buffer: TextBuffer, added: string, lines: 'one' | 'many'): TextBuffer => {
	const {text, at} = buffer.isProposal === true ? emptyText : buffer;
	const unix = added.replace(/\r\n?/g, '\n');
	const fresh = lines === 'one' ? unix.replaceAll('\n', ' ') : unix;
	return {text: text.slice(0, at) + fresh + text.slice(at), at: at + fresh.length};
};

/** The last place between two graphemes that is not behind `at`. */
const between = (text: string, at: number): number => graphemes.segment(text).containing(at)?.index ?? text.length;

/** The cursor one line up or down in the same column, or undefined when there is no such line. */
const vertical = (buffer: TextBuffer, step: -1 | 1): TextBuffer | undefined => {
	const {text} = buffer;
	const start = lineStart(buffer);
	const column = buffer.at - start;
	if (step === -1) {
		if (start === 0) return undefined;
		const above = lineStart({text, at: start - 1});
		return {text, at: between(text, Math.min(above + column, start - 1))};
	}
	const end = lineEnd(buffer);
	if (end === text.length) return undefined;
	return {text, at: between(text, Math.min(end + 1 + column, lineEnd({text, at: end + 1})))};
};

const edited = (buffer: TextBuffer, key: KeyPress, lines: 'one' | 'many'): TextBuffer | undefined => {
	switch (key.name) {
		case 'left':
		case 'ctrl+b':
			return {...buffer, at: before(buffer)};
		case 'right':
		case 'ctrl+f':
			return {...buffer, at: after(buffer)};
		case 'ctrl+left':
		case 'alt+left':
		case 'alt+b':
			return {...buffer, at: wordBefore(buffer)};
		case 'ctrl+right':
		case 'alt+right':
		case 'alt+f':
			return {...buffer, at: wordAfter(buffer)};
		case 'home':
		case 'ctrl+a':
			return {...buffer, at: lineStart(buffer)};
		case 'end':
		case 'ctrl+e':
			return {...buffer, at: lineEnd(buffer)};
		case 'up':
			return lines === 'many' ? vertical(buffer, -1) : undefined;
		case 'down':
			return lines === 'many' ? vertical(buffer, 1) : undefined;
		case 'backspace':
			return cut(buffer, before(buffer), buffer.at);
		case 'delete':
		case 'ctrl+d':
			return cut(buffer, buffer.at, after(buffer));
		case 'ctrl+w':
		case 'alt+backspace':
			return cut(buffer, wordBefore(buffer), buffer.at);
		case 'alt+d':
		case 'ctrl+delete':
			return cut(buffer, buffer.at, wordAfter(buffer));
		case 'ctrl+u':
			return cut(buffer, lineStart(buffer), buffer.at);
		case 'ctrl+k':
			return cut(buffer, buffer.at, lineEnd(buffer));
		case 'alt+enter':
		case 'shift+enter':
		case 'ctrl+j':
			return lines === 'many' ? insertText(buffer, '\n', lines) : undefined;
		default:
			return key.text === '' ? undefined : insertText(buffer, key.text, lines);
	}
};

/** What a key does to a text; undefined when it does nothing to it. */
export const editText = (buffer: TextBuffer, key: KeyPress, lines: 'one' | 'many'): TextBuffer | undefined => {
	const now = edited(buffer, key, lines);
	return now === undefined ? undefined : {text: now.text, at: now.at};
};
