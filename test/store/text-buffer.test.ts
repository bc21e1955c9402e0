import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {KeyPress} from '../../store/key-name.ts';
import {editText, insertText, proposedText, type TextBuffer, textBuffer} from '../../store/text-buffer.ts';

const key = (name: string): KeyPress => ({name, text: ''});

const press = (buffer: TextBuffer, ...names: readonly string[]): TextBuffer =>
	names.reduce((text, name) => editText(text, key(name), 'many') ?? text, buffer);

const marked = ({text, at}: TextBuffer): string => `${text.slice(0, at)}|${text.slice(at)}`;

describe('a text that is being written', () => {
	test('loses a whole emoji at once, not a half of it', () => {
		expect(marked(press(textBuffer('a👩‍👩‍👧é'), 'backspace', 'backspace'))).toBe('a|');
	});

	test('that is proposed gives way to what is typed or pasted, and is edited by every other key', () => {
		const typed = (buffer: TextBuffer) => editText(buffer, {name: '7', text: '7'}, 'one');
		const proposed = proposedText('57474');
		expect(typed(proposed)).toEqual(textBuffer('7'));
		expect(insertText(proposed, '40000', 'one')).toEqual(textBuffer('40000'));
		for (const [name, after] of [
			['backspace', '57477|'],
			['left', '57477|4'],
			['home', '7|57474'],
			['end', '574747|'],
		] as const) {
			const text = typed(press(proposed, name));
			expect([name, text === undefined ? '' : marked(text)]).toEqual([name, after]);
		}
		expect(editText(proposed, key('f5'), 'one')).toBeUndefined();
	});

	test('moves over words and to the ends of lines', () => {
		const text = textBuffer('one two\nthree four');
		expect(marked(press(text, 'ctrl+left'))).toBe('one two\nthree |four');
		expect(marked(press(text, 'home'))).toBe('one two\n|three four');
		expect(marked(press(text, 'up'))).toBe('one two|\nthree four');
		expect(marked(press(text, 'up', 'home', 'down', 'end'))).toBe('one two\nthree four|');
	});

	test('moves over words in both directions', () => {
		const text = press(textBuffer('one  two\nthree'), 'ctrl+left', 'ctrl+left', 'ctrl+left');
		expect(marked(text)).toBe('|one  two\nthree');
		expect(marked(press(text, 'ctrl+right'))).toBe('one|  two\nthree');
		expect(marked(press(text, 'alt+f', 'alt+right'))).toBe('one  two|\nthree');
		expect(marked(press(text, 'alt+f', 'alt+f', 'alt+f', 'alt+f'))).toBe('one  two\nthree|');
		expect(marked(press(text, 'right', 'alt+d'))).toBe('o|  two\nthree');
		expect(marked(press(text, 'right', 'ctrl+delete', 'ctrl+delete'))).toBe('o|\nthree');
	});

	test('never has its cursor inside of an emoji, whatever stands above or below', () => {
		expect(marked(press(textBuffer('😀😀\nabc'), 'up'))).toBe('😀|😀\nabc');
		expect(marked(press(textBuffer('abc\n😀😀'), 'up', 'down'))).toBe('abc\n😀|😀');
	});

	test('cuts words and lines', () => {
		expect(marked(press(textBuffer('one two  '), 'ctrl+w'))).toBe('one |');
		expect(marked(press(textBuffer('one\ntwo'), 'ctrl+u'))).toBe('one\n|');
		expect(marked(press(textBuffer('one two'), 'ctrl+left', 'ctrl+k'))).toBe('one |');
	});

	test('keeps to one line where there is only one', () => {
		expect(insertText(textBuffer('a'), 'b\r\nc', 'one').text).toBe('ab c');
		expect(editText(textBuffer('a'), key('alt+enter'), 'one')).toBeUndefined();
		expect(editText(textBuffer('a'), key('alt+enter'), 'many')?.text).toBe('a\n');
	});

	test('always has its cursor inside, whatever is pressed', () => {
		const names = [
			'left',
			'right',
			'up',
			'down',
			'home',
			'end',
			'backspace',
			'delete',
			'ctrl+w',
			'ctrl+u',
			'ctrl+k',
			'alt+enter',
			'ctrl+left',
			'ctrl+right',
			'alt+d',
		];
		fc.assert(
			fc.property(fc.string({unit: 'grapheme'}), fc.array(fc.constantFrom(...names)), (text, pressed) => {
				const {text: left, at} = press(textBuffer(text), ...pressed);
				return at >= 0 && at <= left.length;
			}),
		);
	});
});
