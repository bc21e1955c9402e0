import {PassThrough} from 'node:stream';
import {StringDecoder} from 'node:string_decoder';
import type {Pointer} from '../../store/point.ts';
import {createPointerReader} from './pointer-reader.ts';

/** What a person types on: a terminal has raw mode and may keep the process alive. */
type Keyboard = NodeJS.ReadableStream & {
	readonly isTTY?: boolean;
	readonly setRawMode?: (raw: boolean) => unknown;
	readonly ref?: () => unknown;
	readonly unref?: () => unknown;
};

type MouseParts = {
	readonly stdin: Keyboard;
	/** Writes a code to the terminal. */
	readonly write: (code: string) => void;
	readonly onPointer: (pointer: Pointer) => void;
	/** What of the keyboard is taken out besides: gives back the rest. */
	readonly read?: (chunk: string) => string;
};

/** The mouse of a terminal. While it is off the terminal never hears of it, and what is typed passes as it is. */
export type Mouse = {
	/** What is typed, without what the mouse says. Read only between its `ref` and its `unref`. */
	readonly stdin: NodeJS.ReadableStream;
	readonly turn: (on: boolean) => void;
	/** Calls while the terminal belongs to another program. */
	readonly without: <T>(call: () => Promise<T>) => Promise<T>;
};

/** Presses and the wheel, in the SGR form. */
const enter = '\u001b[?1000h\u001b[?1006h';
const leave = '\u001b[?1006l\u001b[?1000l';

export const createMouse = ({stdin, write, onPointer, read: readMore = chunk => chunk}: MouseParts): Mouse => {
	let wanted = false;
	let lent = false;
	let on = false;
	const settle = (): void => {
		const next = wanted && !lent;
		if (next === on) return;
		on = next;
		write(on ? enter : leave);
	};

	const decoder = new StringDecoder('utf8');
	const read = createPointerReader(pointer => {
		if (on) onPointer(pointer);
	});
	// What was pressed just before the mouse went is read as what it is, too.
	let everOn = false;
	const take = (chunk: Buffer | string): void => {
		everOn ||= on;
		const text = typeof chunk === 'string' ? chunk : decoder.write(chunk);
		const typed = readMore(everOn ? read(text) : text);
		if (typed !== '') stream.write(typed);
	};
	const end = (): void => void stream.end();
	const raw = stdin.setRawMode?.bind(stdin);
	const stream = Object.assign(new PassThrough(), {
		isTTY: stdin.isTTY === true,
		...(raw === undefined ? {} : {setRawMode: (mode: boolean): void => void raw(mode)}),
		ref: (): void => {
			stdin.ref?.();
			stdin.off('data', take).off('end', end).on('data', take).on('end', end).resume();
		},
		// Another program may read now: not a byte may be taken from it.
		unref: (): void => {
			stdin.off('data', take).off('end', end).pause();
			stdin.unref?.();
		},
	});

	return {
		stdin: stream,
		turn: next => {
			wanted = next;
			settle();
		},
		without: async call => {
			lent = true;
			settle();
			try {
				return await call();
			} finally {
				lent = false;
				settle();
			}
		},
	};
};
