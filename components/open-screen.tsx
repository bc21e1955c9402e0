import {render} from 'ink';
import {App} from './app.tsx';
import {createCanvas} from './canvas/canvas.ts';
import type {Terminal} from './canvas/ink-stream.ts';
import type {Timer} from './draw-loop.ts';
import type {Shown} from './store-context.tsx';

type ScreenParts = {
	readonly shown: Shown;
	readonly stdin: NodeJS.ReadableStream;
	readonly stdout: Terminal;
	/** The canvas paints, or Ink does. */
	readonly renderer: 'canvas' | 'ink';
	readonly screenReader: boolean;
	/** ms of any clock. */
	readonly now: () => number;
	readonly after: Timer;
	/** The terminal is about to be freed. */
	readonly onClosing?: () => void;
	/** What is still to be done when the person has left. */
	readonly onLeaving?: () => Promise<void>;
	/** Lets go of everything behind the screen. Called once, when it is closed. */
	readonly onClosed: () => void;
};

/** A screen that is open. */
export type OpenScreen = {
	/** Settles when it is closed and the terminal is as it was before; rejects with a defect of it. */
	readonly closed: Promise<void>;
	readonly close: () => void;
	/** Resolves when everything that was to be drawn is written. */
	readonly drawn: () => Promise<void>;
};

const clearing = '\u001b[H\u001b[J';

/**
 * In a terminal that becomes narrower rows are broken into more, and of what is read out Ink erases as many as it wrote.
 * Returns the way to stop it.
 */
const clearWhenNarrower = (stdout: Terminal): (() => void) => {
	let {columns = 0} = stdout;
	const clear = (): void => {
		const before = columns;
		columns = stdout.columns ?? 0;
		if (columns < before) stdout.write(clearing);
	};
	stdout.on('resize', clear);
	return () => void stdout.off('resize', clear);
};

/** Opens a full screen on a terminal: the picture of a loop, and keys for whoever is behind it. */
export const openScreen = (parts: ScreenParts): OpenScreen => {
	const {shown, stdin, stdout, renderer, screenReader, now, after, onClosing, onLeaving, onClosed} = parts;
	const {loop} = shown;
	const canvas = renderer === 'ink' || screenReader ? undefined : createCanvas({terminal: stdout, now, after});
	const paint = (urgent: boolean): void => {
		if (loop.defect() === undefined) canvas?.show(loop.screen(), urgent);
	};
	// Whoever sees the first picture may press a key before Ink listens: then the terminal must not turn it into another.
	if ('setRawMode' in stdin && typeof stdin.setRawMode === 'function') stdin.setRawMode(true);
	paint(true);
	// A size that changed and changed back is no resize to Node, but what the terminal shows may have been cut.
	const repaint = (): void => canvas?.repaint();
	process.on('SIGWINCH', repaint);
	const unshow = loop.subscribe(paint);
	// Before Ink looks at the new size.
	const letNarrow = screenReader ? clearWhenNarrower(stdout) : () => {};
	const instance = render(<App shown={shown} painted={canvas !== undefined} />, {
		stdin,
		stdout: canvas?.stream ?? stdout,
		// Whoever opens a window has made sure of a terminal; Ink would doubt it on build servers.
		interactive: true,
		alternateScreen: !screenReader,
		incrementalRendering: true,
		isScreenReaderEnabled: screenReader,
		maxFps: 60,
		patchConsole: false,
		exitOnCtrlC: false,
		kittyKeyboard: {mode: 'auto'},
	});
	const letGo = (): void => {
		unshow();
		letNarrow();
		process.off('SIGWINCH', repaint);
		canvas?.close();
		loop.stop();
		// What is read out stays, and whatever the shell says next begins a line of its own.
		if (screenReader) stdout.write('\n');
		onClosed();
	};
	return {
		closed: instance
			.waitUntilExit()
			.then(() => onLeaving?.())
			.finally(letGo),
		close: () => {
			onClosing?.();
			instance.unmount();
		},
		drawn: () => instance.waitUntilRenderFlush(),
	};
};
