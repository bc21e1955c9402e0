import type {Elsewhere} from '../domain/budget.ts';
import type {Rejection} from '../domain/command.ts';
import {type Decision, decide, type Message} from '../domain/decide.ts';
import type {Effect} from '../domain/effect.ts';
import {effectsOf} from '../domain/effects-of.ts';
import type {RunId} from '../domain/id.ts';
import type {Run} from '../domain/run.ts';
import type {NewEvent} from './event-log.ts';

/** A message to a run that waits to be decided. */
export type Entry = {
	readonly runId: RunId;
	readonly message: Message;
	readonly answer: (rejection: Rejection | undefined) => void;
	/** When it cannot be stored now: somebody is told and can say it again, or it waits, for nobody could. */
	readonly unstored: 'tell' | 'wait';
};

/** What messages that were taken together come to, before it is stored. */
export type Batch = {
	/** When it is decided, ms since 1970. */
	readonly at: number;
	readonly events: readonly NewEvent[];
	/** The runs as they will be. */
	readonly after: ReadonlyMap<RunId, Run>;
	/** Each with the run as it was right after its event, which a later event of the batch may have changed. */
	readonly work: readonly {readonly run: Run; readonly effect: Effect}[];
	/** To be called when it is stored. */
	readonly answers: readonly (() => void)[];
};

type BatchParts = {
	readonly entries: readonly Entry[];
	readonly at: number;
	readonly runs: ReadonlyMap<RunId, Run>;
	/** What runs elsewhere have drawn from the limits that bind this one; asked with the runs as they are by then. */
	readonly elsewhere: (entry: Entry, after: ReadonlyMap<RunId, Run>) => Elsewhere;
};

export const causeOf = (message: Message): string => {
	switch (message.type) {
		case 'tick':
		case 'suspension':
		case 'recovery':
			return message.type;
		case 'turn.replied':
		case 'plan.drafted':
		case 'call.weighed':
		case 'call.wants':
		case 'call.ended':
		case 'rule.kept':
			return `report ${message.type}`;
		default:
			return `command ${message.type}`;
	}
};

/** A command that cannot even be decided changes nothing, and whoever said it hears so; elsewhere it is a defect. */
const decided = (run: Run | undefined, {message, unstored}: Entry, at: number, drawn: Elsewhere): Decision => {
	try {
		return decide(run, message, at, drawn);
	} catch (error) {
		if (unstored === 'wait' || message.type === 'suspension' || message.type === 'recovery') throw error;
		const what = error instanceof Error ? error.message : String(error);
		const words = `Flotilla failed at deciding this, which is a defect of its own, and nothing was done: ${what}`;
		return {kind: 'rejection', rejection: {code: 'invalid', message: words}};
	}
};

/** Decides messages in their order, each on the run as the ones before it leave it. Nothing has happened yet. */
export const decideBatch = ({entries, at, runs, elsewhere}: BatchParts): Batch => {
	const events: NewEvent[] = [];
	const after = new Map<RunId, Run>();
	const work: {run: Run; effect: Effect}[] = [];
	const answers: (() => void)[] = [];
	for (const entry of entries) {
		const {runId, message, answer} = entry;
		const run = after.get(runId) ?? runs.get(runId);
		const decision = decided(run, entry, at, elsewhere(entry, after));
		if (decision.kind === 'rejection') {
			answers.push(() => answer(decision.rejection));
			continue;
		}
		const cause = causeOf(message);
		for (const [i, event] of decision.events.entries()) {
			events.push({runId, at, cause, event});
			const then = decision.runs[i];
			if (then === undefined) throw new Error(`It was decided without a fold: ${event.type}.`);
			for (const effect of effectsOf(then, event)) work.push({run: then, effect});
		}
		const last = decision.runs.at(-1) ?? run;
		if (last !== undefined) after.set(runId, last);
		answers.push(() => answer(undefined));
	}
	return {at, events, after, work, answers};
};
