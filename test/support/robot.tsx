import type {OpenScreen} from '../../components/open-screen.tsx';
import type {TerminalLease} from '../../components/terminal-lease.ts';
import type {Renderer} from '../../source/boot/renderer.ts';
import {openTui} from '../../source/boot/run-tui.ts';
import type {RunId} from '../../source/domain/id.ts';
import type {RunAt} from '../../source/domain/run.ts';
import type {FleetPort} from '../../source/engine/port.ts';
import type {Opening, WindowPlace} from '../../store/action.ts';
import type {Arrangement} from '../../store/arrangement.ts';
import {builtInKeys, type Keymap} from '../../store/keymap.ts';
import type {Outside} from '../../store/outside.ts';
import type {WaitingSource} from '../../store/waiting-source.ts';
import type {Written} from '../../store/written.ts';
import {createManualClock, type ManualClock} from './manual-clock.ts';
import {createTerminal, type WrittenLink} from './terminal.ts';

/** A person who sees the screen and presses keys; the terminal is an emulator, the clock stands still. */
export type Robot = {
	/** Keys by their names in the key table, one after another. Resolves when what they did is on screen. */
	readonly press: (...keys: readonly string[]) => Promise<void>;
	/** Text in one chunk, as a fast typist or a slow terminal sends it. */
	readonly type: (text: string) => Promise<void>;
	readonly paste: (text: string) => Promise<void>;
	/** Resolves once the screen shows it; rejects with the screen when it does not. */
	readonly sees: (wanted: string | RegExp) => Promise<void>;
	/** Resolves once the words stand on the screen, wherever a line of them breaks. */
	readonly reads: (words: string) => Promise<void>;
	/** Resolves once the screen does not show it. */
	readonly seesNo: (unwanted: string | RegExp) => Promise<void>;
	readonly resize: (columns: number, rows: number) => Promise<void>;
	/** Lets time pass. */
	readonly wait: (ms: number) => Promise<void>;
	/** The visible lines, without trailing blanks. */
	readonly screen: () => readonly string[];
	/** The same with its colours and attributes, cell by cell. */
	readonly cells: () => readonly string[];
	readonly cursor: () => {readonly x: number; readonly y: number; readonly hidden: boolean};
	readonly title: () => string;
	/** Everything that was written to the terminal since the last call. */
	readonly written: () => string;
	/** The links that were written since the last call. */
	readonly links: () => readonly WrittenLink[];
	readonly clock: ManualClock;
	readonly closed: Promise<void>;
	readonly isClosed: () => boolean;
	readonly leave: () => Promise<void>;
};

export type RobotOptions = {
	readonly port: FleetPort;
	readonly runId: RunId;
	readonly head?: RunAt;
	readonly columns?: number;
	readonly rows?: number;
	readonly noColor?: boolean;
	readonly links?: boolean;
	readonly screenReader?: boolean;
	readonly keymap?: Keymap;
	readonly renderer?: Renderer;
	readonly clock?: ManualClock;
	readonly outside?: (borrow: TerminalLease['borrow']) => Outside;
	/** How long an answer can be taken back, ms; without it, not at all. */
	readonly answerDelayMs?: number;
	readonly arrangement?: Arrangement;
	readonly onArrange?: (arrangement: Arrangement) => void;
	readonly word?: string;
	readonly onHome?: (to: WindowPlace | undefined) => void;
	readonly place?: Opening;
	readonly arrivedAt?: string;
	readonly outlives?: boolean;
	readonly waiting?: WaitingSource;
	readonly written?: Written;
	readonly onLeft?: (read: RunAt | undefined, written: Written) => void;
};

const codes: Readonly<Record<string, string>> = {
	enter: '\r',
	// The plain byte waits for what may follow it; this form does not.
	esc: '\u001b[27u',
	tab: '\t',
	'shift+tab': '\u001b[Z',
	'shift+up': '\u001b[1;2A',
	'shift+down': '\u001b[1;2B',
	up: '\u001b[A',
	down: '\u001b[B',
	right: '\u001b[C',
	left: '\u001b[D',
	home: '\u001b[H',
	end: '\u001b[F',
	pageup: '\u001b[5~',
	pagedown: '\u001b[6~',
	backspace: '\u007f',
	space: ' ',
	'alt+enter': '\u001b\r',
};

const codeOf = (key: string): string => {
	const letter = /^ctrl\+([a-z])$/.exec(key)?.[1];
	return letter === undefined ? (codes[key] ?? key) : String.fromCharCode(letter.charCodeAt(0) - 96);
};

const patienceMs = 5000;

/** What stands on a screen without its line breaks: the whole of it, and what stands between the edges of frames. */
const running = (text: string): readonly string[] => {
	const rows = text.split('\n').map(line => line.split('│').map(part => part.trim()));
	const columns = Math.max(...rows.map(({length}) => length));
	const strips = Array.from({length: columns}, (_, at) => rows.map(row => row[at] ?? ''));
	return [rows.flat(), ...strips].map(parts => parts.join(' ').replaceAll(/ +/g, ' '));
};

type Streams = ReturnType<typeof createTerminal>['streams'];

type RobotParts = {
	readonly columns: number;
	readonly rows: number;
	readonly clock: ManualClock;
	readonly open: (streams: Streams) => OpenScreen;
};

/** A robot before the window on a run. */
export const createRobot = ({
	columns = 80,
	rows = 24,
	noColor = false,
	links = true,
	screenReader = false,
	renderer = 'canvas',
	clock = createManualClock(),
	keymap = builtInKeys,
	...options
}: RobotOptions): Robot =>
	createRobotBefore({
		columns,
		rows,
		clock,
		open: streams =>
			openTui({...options, ...streams, noColor, links, screenReader, renderer, reducedMotion: true, clock, keymap}),
	});

/** A robot before any screen. */
export const createRobotBefore = ({columns, rows, clock, open}: RobotParts): Robot => {
	const {emulator, streams, written, links, cursor, title, watch, resize} = createTerminal({columns, rows});
	const {stdin} = streams;
	let closed = false;
	const tui = open(streams);
	const end = tui.closed.finally(() => {
		closed = true;
	});
	// Tests look at it when they like.
	end.catch(() => {});

	const screen = (): readonly string[] =>
		Array.from(
			{length: emulator.rows},
			(_, row) =>
				emulator.buffer.active
					.getLine(emulator.buffer.active.viewportY + row)
					?.translateToString(false, 0, emulator.cols)
					.trimEnd() ?? '',
		);

	const cells = (): readonly string[] =>
		Array.from({length: emulator.rows * emulator.cols}, (_, i) => {
			const row = emulator.buffer.active.viewportY + Math.floor(i / emulator.cols);
			const cell = emulator.buffer.active.getLine(row)?.getCell(i % emulator.cols);
			if (cell === undefined) return '';
			const looks = [cell.getFgColor(), cell.isBold(), cell.isDim(), cell.isInverse(), cell.isUnderline()];
			return `${cell.getChars() || ' '} ${looks.join(' ')}`;
		});

	const settle = async (): Promise<void> => {
		if (!closed) await tui.drawn();
		await new Promise<void>(resolve => emulator.write('', resolve));
	};

	const until = (met: (text: string) => boolean, what: string): Promise<void> =>
		new Promise((resolve, reject) => {
			const look = (): void => {
				if (!met(screen().join('\n'))) return;
				clearTimeout(timer);
				unwatch();
				resolve();
			};
			const timer = setTimeout(() => {
				unwatch();
				reject(new Error(`The screen ${what}:\n${screen().join('\n')}`));
			}, patienceMs);
			const unwatch = watch(look);
			look();
		});

	const contains = (text: string, wanted: string | RegExp): boolean =>
		typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);

	const send = async (bytes: string): Promise<void> => {
		stdin.write(bytes);
		// Once for the key to be read, once for its answer from the port.
		await settle();
		await settle();
	};

	return {
		press: async (...keys) => {
			for (const key of keys) await send(codeOf(key));
		},
		type: send,
		paste: text => send(`\u001b[200~${text}\u001b[201~`),
		sees: wanted => until(text => contains(text, wanted), `never showed ${String(wanted)}`),
		reads: words =>
			until(text => text.includes(words) || running(text).some(strip => strip.includes(words)), `never read ${words}`),
		seesNo: unwanted => until(text => !contains(text, unwanted), `still shows ${String(unwanted)}`),
		resize: async (width, height) => {
			resize(width, height);
			await settle();
		},
		wait: async ms => {
			clock.advance(ms);
			await settle();
		},
		screen,
		cells,
		cursor,
		title,
		written,
		links,
		clock,
		closed: end,
		isClosed: () => closed,
		leave: async () => {
			tui.close();
			await end;
		},
	};
};
