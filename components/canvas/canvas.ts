import type {Timer} from '../draw-loop.ts';
import type {Screen} from '../screen.ts';
import {withoutCodes} from '../text/codes.ts';
import {isPlain} from '../text/width.ts';
import {changedPart} from './changed-part.ts';
import {createComposer, type Rows, type Segment} from './compose.ts';
import {createInkStream, type Terminal} from './ink-stream.ts';

/**
 * Paints screens on the terminal: of each only what differs from what is there, in one write. Nothing is cleared, for
 * every screen covers the terminal whole.
 */
export type Canvas = {
	/** What Ink writes to instead of the terminal. */
	readonly stream: NodeJS.WritableStream;
	/** `urgent`: a person pressed a key and waits for it. */
	readonly show: (screen: Screen, urgent: boolean) => void;
	/** Paints all again: the terminal may not show any more what was painted. */
	readonly repaint: () => void;
	readonly close: () => void;
};

type CanvasParts = {
	readonly terminal: Terminal;
	/** ms, from any moment on. */
	readonly now: () => number;
	readonly after: Timer;
};

const beginUpdate = '\u001b[?2026h';
const endUpdate = '\u001b[?2026l';
const showCursor = '\u001b[?25h';
const hideCursor = '\u001b[?25l';

const moveTo = (x: number, y: number): string => `\u001b[${y + 1};${x + 1}H`;

/** A terminal that takes a write for longer, ms, is given so many times that long to rest: it is behind a slow link. */
const slowMs = 8;
const restFactor = 4;

/** What follows the last sign on whose width terminals disagree, and the last link. */
const afterStrangers = /(?<=[^\u001b])(?:\u001b\[[\d;]*m|[\x20-\x7e\u2500-\u257f]){2,}$/;

/**
 * A segment at its place. Where it has signs on whose width terminals disagree, what stood there before must not show
 * beside it, and what is plain at its end, such as the border of a pane, stays in its column.
 */
const paintSegment = ({x, width, text}: Segment, y: number): string => {
	if (isPlain(withoutCodes(text))) return moveTo(x, y) + text;
	const end = afterStrangers.exec(text)?.[0] ?? '';
	const endColumns = withoutCodes(end).length;
	return `${moveTo(x, y)}\u001b[${width}X${text.slice(0, text.length - end.length)}${moveTo(x + width - endColumns, y)}${end}`;
};

const changesOf = (before: Rows | undefined, next: Rows): string => {
	let changes = '';
	for (const [y, row] of next.entries()) {
		const old = before?.[y];
		if (row === old) continue;
		for (const segment of row) {
			const part = changedPart(
				old?.find(({x}) => x === segment.x),
				segment,
			);
			if (part !== undefined) changes += paintSegment(part, y);
		}
	}
	return changes;
};

export const createCanvas = ({terminal, now, after}: CanvasParts): Canvas => {
	const compose = createComposer();
	let latest: Screen | undefined;
	/** What the terminal shows. */
	let painted: {readonly screen: Screen; readonly rows: Rows} | undefined;
	/** Outside of the alternate screen the terminal belongs to others. */
	let entered = false;
	let restUntil = 0;
	let callOff: (() => void) | undefined;

	const cursorCode = ({cursor}: Screen): string =>
		cursor === undefined ? '' : moveTo(cursor.x, cursor.y) + showCursor;

	const paint = (): void => {
		callOff?.();
		callOff = undefined;
		if (!entered || latest === undefined || latest === painted?.screen) return;
		// A resize is on its way to whoever draws.
		if (latest.columns !== (terminal.columns ?? latest.columns) || latest.rows !== (terminal.rows ?? latest.rows))
			return;
		const before =
			painted?.screen.columns === latest.columns && painted.screen.rows === latest.rows ? painted : undefined;
		const rows = compose(latest);
		const changes = changesOf(before?.rows, rows);
		const wasShown = painted === undefined || painted.screen.cursor !== undefined;
		const cursor = cursorCode(latest);
		const moved = painted === undefined || cursor !== cursorCode(painted.screen);
		painted = {screen: latest, rows};
		if (changes === '' && !moved) return;
		const began = now();
		terminal.write(`${beginUpdate}${wasShown ? hideCursor : ''}${changes}${cursor}${endUpdate}`);
		const took = now() - began;
		restUntil = took > slowMs ? began + took * (1 + restFactor) : 0;
	};

	const {stream, close} = createInkStream({
		terminal,
		onScreen: open => {
			entered = open;
			painted = undefined;
			if (open) paint();
			else terminal.write(showCursor);
		},
	});

	return {
		stream,
		show: (screen, urgent) => {
			latest = screen;
			const restMs = restUntil - now();
			if (urgent || restMs <= 0) paint();
			else callOff ??= after(restMs, paint);
		},
		repaint: () => {
			painted = undefined;
			paint();
		},
		close: () => {
			callOff?.();
			close();
		},
	};
};
