import type {Pointer} from '../../store/point.ts';
import {createKeyboard, type Keyboard} from './keyboard.ts';
import {createPointerReader} from './pointer-reader.ts';

type MouseParts = {
	readonly stdin: Keyboard;
	/** Writes a code to the terminal. */
	readonly write: (code: string) => void;
	readonly onPointer: (pointer: Pointer) => void;
	/** Hears what `onPointer` throws, which else would reach nobody who can restore the terminal. */
	readonly onDefect: (error: unknown) => void;
	/** What of the keyboard is taken out besides: gives back the rest. */
	readonly read?: (chunk: string) => string;
};

/** The mouse of a terminal. While it is off the terminal never hears of it, and what is typed passes as it is. */
export type Mouse = {
	/** What is typed, without what the mouse says. */
	readonly stdin: NodeJS.ReadableStream;
	readonly turn: (on: boolean) => void;
	/** Calls while the terminal belongs to another program. */
	readonly without: <T>(call: () => Promise<T>) => Promise<T>;
};

/** Presses and the wheel, in the SGR form. */
const enter = '\u001b[?1000h\u001b[?1006h';
const leave = '\u001b[?1006l\u001b[?1000l';

export const createMouse = ({
	stdin,
	write,
	onPointer,
	onDefect,
	read: readMore = chunk => chunk,
}: MouseParts): Mouse => {
	let wanted = false;
	let lent = false;
	let on = false;
	const settle = (): void => {
		const next = wanted && !lent;
		if (next === on) return;
		on = next;
		write(on ? enter : leave);
	};

	const read = createPointerReader(pointer => {
		if (!on) return;
		try {
			onPointer(pointer);
		} catch (error) {
			onDefect(error);
		}
	});
	// What was pressed just before the mouse went is read as what it is, too.
	let everOn = false;

	return {
		stdin: createKeyboard(stdin, chunk => {
			everOn ||= on;
			return readMore(everOn ? read(chunk) : chunk);
		}),
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
