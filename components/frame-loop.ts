import {isEnded} from '../source/domain/agent.ts';
import {noFacts} from '../store/facts.ts';
import type {FleetWindow} from '../store/window.ts';
import type {Painter} from './painter.ts';
import {agentState} from './parts/agent-state.ts';
import type {Screen} from './screen.ts';

/** Calls once after so many ms; returns the way to call it off. */
export type Timer = (ms: number, call: () => void) => () => void;

/**
 * Decides when the screen is drawn: soon after a key or news, and by the clock only while something on screen moves.
 * When nothing changes, nothing is drawn and nobody is told.
 */
export type FrameLoop = {
	/** The screen as it should be. Throws what went wrong while it was drawn. */
	readonly screen: () => Screen;
	/** What went wrong, if anything did. */
	readonly defect: () => {readonly error: unknown} | undefined;
	/** `urgent`: a person pressed a key and waits for what it did. */
	readonly subscribe: (listener: (urgent: boolean) => void) => () => void;
	readonly resize: (columns: number, rows: number) => void;
	/** A defect of the window: whoever shows the screen meets it there. */
	readonly fail: (error: unknown) => void;
	readonly stop: () => void;
};

type FrameLoopParts = {
	readonly window: FleetWindow;
	readonly paint: Painter;
	readonly after: Timer;
	/** ms since 1970. */
	readonly now: () => number;
	readonly reducedMotion: boolean;
	readonly columns: number;
	readonly rows: number;
};

/** How often the screen is drawn for the sake of glyphs that move, and of ages that count up; ms. */
const movingMs = 250;
const countingMs = 1000;

export const createFrameLoop = ({window, paint, after, now, reducedMotion, ...size}: FrameLoopParts): FrameLoop => {
	const {fleet, ui} = window;
	const listeners = new Set<(urgent: boolean) => void>();
	let {columns, rows} = size;
	let drawn: {readonly screen: Screen} | {readonly error: unknown};
	let facts = noFacts;
	let due = false;
	let urgent = false;
	let stopped = false;
	let cancelTick: (() => void) | undefined;

	const tickMs = (): number | undefined => {
		const run = fleet.run();
		const {rates} = fleet.state.getState();
		if (run !== undefined && run.status.kind !== 'ended') {
			const at = now();
			const works = run.agents.some(agent => agentState(agent, at).mark === 'working');
			if (works && !reducedMotion) return movingMs;
			if (run.agents.some(agent => !isEnded(agent))) return countingMs;
		}
		// The last measurement must not stand there for ever.
		return rates.tokensPerSecond > 0 ? countingMs : undefined;
	};

	const armTick = (): void => {
		if (cancelTick !== undefined || stopped) return;
		const ms = tickMs();
		if (ms === undefined) return;
		cancelTick = after(ms, () => {
			cancelTick = undefined;
			fleet.sample(now());
			fleet.flush();
			draw();
		});
	};

	const render = (): typeof drawn => {
		try {
			const painted = paint({
				ui: ui.getState(),
				now: now(),
				fleet: fleet.state.getState(),
				live: fleet.live,
				columns,
				rows,
			});
			facts = painted.facts;
			return {screen: painted.screen};
		} catch (error) {
			return {error};
		}
	};

	const show = (next: typeof drawn): void => {
		const same = 'screen' in next && 'screen' in drawn && next.screen === drawn.screen;
		if (same || 'error' in drawn) return;
		drawn = next;
		const pressed = urgent;
		urgent = false;
		for (const listener of listeners) listener(pressed);
	};

	const draw = (): void => {
		due = false;
		if (stopped) return;
		show(render());
		armTick();
	};

	/** Many changes at once, such as a chunk of keys, are drawn once. */
	const drawSoon = (): void => {
		if (due) return;
		due = true;
		queueMicrotask(() => {
			if (due) draw();
		});
	};

	drawn = render();
	armTick();
	// Of many keys in one chunk each one finds the screen as the ones before it have left it.
	window.connect(() => {
		if (due) draw();
		return facts;
	});
	const drawForKey = (): void => {
		urgent = true;
		drawSoon();
	};
	const unsubscribe = [ui.subscribe(drawForKey), fleet.state.subscribe(drawSoon)];

	return {
		screen: () => {
			if ('error' in drawn) throw drawn.error;
			return drawn.screen;
		},
		defect: () => ('error' in drawn ? drawn : undefined),
		subscribe: listener => {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		resize: (nextColumns, nextRows) => {
			if (nextColumns === columns && nextRows === rows) return;
			columns = nextColumns;
			rows = nextRows;
			draw();
		},
		fail: error => show({error}),
		stop: () => {
			stopped = true;
			cancelTick?.();
			for (const off of unsubscribe) off();
		},
	};
};
