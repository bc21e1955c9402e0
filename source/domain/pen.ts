import type {Elsewhere, Moment} from './budget.ts';
import type {RunEvent} from './event.ts';
import {evolve} from './evolve.ts';
import {type ChildKind, childId, type RunId} from './id.ts';
import type {Run} from './run.ts';

/**
 * Where one decision is written: each event is folded at once, so that what is decided next sees it. A pen lives for
 * one call of `decide` and is seen by nobody else.
 */
export type Pen = Moment & {
	readonly events: RunEvent[];
	/** The run after each of them. */
	readonly runs: Run[];
	run: Run;
};

export const openPen = (run: Run, now: number, elsewhere: Elsewhere): Pen => ({
	now,
	elsewhere,
	events: [],
	runs: [],
	run,
});

export const write = (pen: Pen, event: RunEvent): void => {
	pen.events.push(event);
	pen.run = evolve(pen.run, {runId: pen.run.id, at: pen.now, event});
	pen.runs.push(pen.run);
};

/** The id the next thing of a kind will have. */
export const nextId = <K extends ChildKind>(pen: Pen, kind: K): ReturnType<typeof childId<K>> =>
	childId<K>(pen.run.id satisfies RunId, kind, pen.run.counts[kind] + 1);
