import type {Pointer} from '../../store/point.ts';
import {createKeyboard, type Keyboard} from './keyboard.ts';
import {createPointerReader} from './pointer-reader.ts';
import {createTerminalMode, type TerminalMode} from './terminal-mode.ts';

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
export type Mouse = Pick<TerminalMode, 'turn' | 'without'> & {
	/** What is typed, without what the mouse says. */
	readonly stdin: NodeJS.ReadableStream;
};

/** Presses and the wheel, in the SGR form. */
const codes = {enter: '\u001b[?1000h\u001b[?1006h', leave: '\u001b[?1006l\u001b[?1000l'};

export const createMouse = ({
	stdin,
	write,
	onPointer,
	onDefect,
	read: readMore = chunk => chunk,
}: MouseParts): Mouse => {
	const {isOn, turn, without} = createTerminalMode(write, codes);

	const read = createPointerReader(pointer => {
		if (!isOn()) return;
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
			everOn ||= isOn();
			return readMore(everOn ? read(chunk) : chunk);
		}),
		turn,
		without,
	};
};
