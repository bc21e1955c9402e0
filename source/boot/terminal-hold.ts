import type {Terminal} from '../../components/canvas/ink-stream.ts';
import {createTerminalLease, type TerminalLease} from '../../components/terminal-lease.ts';
import type {Pointer} from '../../store/point.ts';
import {createFocus} from './focus.ts';
import type {Keyboard} from './keyboard.ts';
import {createMouse} from './mouse.ts';
import {type NoticeForm, type NoticeKind, noticeCode} from './notice.ts';
import {restoreTitle, saveTitle, titleOf} from './terminal-title.ts';

/** What a full screen has of its terminal beside the picture: keys, the mouse, the title, and whether it is looked at. */
export type TerminalHold = {
	readonly lease: TerminalLease;
	/** What is typed, without what the terminal says of itself. */
	readonly stdin: NodeJS.ReadableStream;
	/** Calls while the terminal belongs to another program. */
	readonly borrow: TerminalLease['borrow'];
	readonly turnMouse: (on: boolean) => void;
	/** How many requests wait, for the title. */
	readonly tellWaiting: (count: number) => void;
	/** Calls the person, unless they look at the screen and see it. */
	readonly call: (notice: string | undefined) => void;
	/** From now on the terminal may answer, for what it says is no longer shown on it. */
	readonly listen: () => void;
	/** The terminal is as it was before. */
	readonly free: () => void;
};

type HoldParts = {
	readonly stdin: Keyboard;
	readonly stdout: Pick<Terminal, 'write'>;
	/** How the terminal calls a person who looks elsewhere; without it, not at all. */
	readonly notify?: NoticeKind | undefined;
	readonly noticeForm?: NoticeForm | undefined;
	readonly onPointer: (pointer: Pointer) => void;
	/** Hears what `onPointer` throws. */
	readonly onDefect: (error: unknown) => void;
};

export const createTerminalHold = ({
	stdin,
	stdout,
	notify = 'off',
	noticeForm = {code: 9, tmux: false},
	onPointer,
	onDefect,
}: HoldParts): TerminalHold => {
	const write = (code: string): void => void stdout.write(code);
	const lease = createTerminalLease();
	const focus = createFocus(write);
	const mouse = createMouse({stdin, read: focus.read, write, onPointer, onDefect});
	let titled = false;
	return {
		lease,
		stdin: mouse.stdin,
		borrow: call => lease.borrow(() => focus.without(() => mouse.without(call))),
		turnMouse: mouse.turn,
		tellWaiting: count => {
			write(titled ? titleOf(count) : saveTitle + titleOf(count));
			titled = true;
		},
		call: notice => {
			if (notice !== undefined && focus.has() !== true) write(noticeCode(notify, notice, noticeForm));
		},
		listen: () => focus.turn(notify !== 'off'),
		free: () => {
			mouse.turn(false);
			focus.turn(false);
			if (titled) write(restoreTitle);
		},
	};
};
