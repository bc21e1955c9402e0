import {Writable} from 'node:stream';

/** The terminal: where what is written is seen. */
export type Terminal = NodeJS.WritableStream & {readonly columns?: number; readonly rows?: number};

const leaving = '\u001b[?1049l';

/** A tmux that has become wider meanwhile would else break wide rows into more, and leave some on the screen that comes back. */
const wipe = '\u001b[H\u001b[J';

const alternateScreen = /\u001b\[\?1049([hl])/g;

/**
 * What Ink may write while the canvas paints: modes of the terminal and of its keyboard, and questions to it. Frames, the
 * cursor and synchronised updates are the canvas's own.
 */
const modes =
	/\u001b\[\?(?!2026|25[hl])[\d;]*[a-zA-Z$]|\u001b\[[<>=][\d;]*[a-zA-Z]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g;

type InkStreamParts = {
	readonly terminal: Terminal;
	/** The alternate screen was entered, which is blank then, or left. */
	readonly onScreen: (entered: boolean) => void;
};

/**
 * The output that is given to Ink: it looks like the terminal, and only modes come through. Ink keeps the life of the
 * terminal (alternate screen, raw mode, paste, keyboard, suspension), its frames stay empty.
 */
export const createInkStream = ({terminal, onScreen}: InkStreamParts) => {
	const stream = new Writable({
		decodeStrings: false,
		write: (chunk: unknown, _encoding, done) => {
			const text = String(chunk);
			const passed = text.match(modes)?.join('') ?? '';
			if (passed !== '') terminal.write(passed.replaceAll(leaving, wipe + leaving));
			for (const [, mode] of text.matchAll(alternateScreen)) onScreen(mode === 'h');
			done();
		},
	});
	const resized = (): void => void stream.emit('resize');
	terminal.on('resize', resized);
	Object.defineProperties(stream, {
		isTTY: {value: true},
		columns: {get: () => terminal.columns},
		rows: {get: () => terminal.rows},
	});
	return {stream, close: (): void => void terminal.off('resize', resized)};
};
