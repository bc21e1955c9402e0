import type {Screen} from './screen.ts';

/** Calls once after so many ms; returns the way to call it off. */
export type Timer = (ms: number, call: () => void) => () => void;

/**
 * Decides when the screen is drawn: soon after a key or news, and by the clock only while something on screen moves.
 * When nothing changes, nothing is drawn and nobody is told.
 */
export type DrawLoop = {
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

type DrawLoopParts<Facts> = {
	/** Draws everything, and says what the person has in front of them then. */
	readonly paint: (columns: number, rows: number) => {readonly screen: Screen; readonly facts: Facts};
	/** What the person has in front of them while nothing could be drawn. */
	readonly noFacts: Facts;
	/** Whoever acts asks for the facts, which are up to date whenever they are asked for. */
	readonly connect: (facts: () => Facts) => void;
	/** Calls with each change; returns the way to stop that. */
	readonly watch: (changed: {readonly byKey: () => void; readonly byNews: () => void}) => () => void;
	/** After how many ms the screen must be drawn again though nothing has happened; undefined: not at all. */
	readonly tickMs: () => number | undefined;
	/** Called before it is drawn for that reason. */
	readonly onTick: () => void;
	/** ms of the clock that `after` goes by. */
	readonly now: () => number;
	readonly after: Timer;
	readonly columns: number;
	readonly rows: number;
};

export const createDrawLoop = <Facts>(parts: DrawLoopParts<Facts>): DrawLoop => {
	const {paint, now, after} = parts;
	const listeners = new Set<(urgent: boolean) => void>();
	let {columns, rows, noFacts: facts} = parts;
	let drawn: {readonly screen: Screen} | {readonly error: unknown};
	let due = false;
	let urgent = false;
	let stopped = false;
	let tick: {readonly at: number; readonly cancel: () => void} | undefined;

	/** One that is on its way stays, unless another one is due sooner. */
	const armTick = (): void => {
		if (stopped) return;
		const ms = parts.tickMs();
		if (ms === undefined) return;
		const at = now() + ms;
		if (tick !== undefined && tick.at <= at) return;
		tick?.cancel();
		const cancel = after(ms, () => {
			tick = undefined;
			parts.onTick();
			draw();
		});
		tick = {at, cancel};
	};

	const render = (): typeof drawn => {
		try {
			const painted = paint(columns, rows);
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
	parts.connect(() => {
		if (due) draw();
		return facts;
	});
	const unwatch = parts.watch({
		byKey: () => {
			urgent = true;
			drawSoon();
		},
		byNews: drawSoon,
	});

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
			tick?.cancel();
			unwatch();
		},
	};
};
