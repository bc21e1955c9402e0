import type {Effect} from '../domain/effect.ts';
import type {Stamped} from '../domain/event.ts';
import type {Report} from '../domain/report.ts';
import type {Run} from '../domain/run.ts';
import type {Signal} from '../domain/signal.ts';

/** What hands must do; cutting off and telling are the engine's own. */
export type Work = Exclude<Effect, {type: 'abort' | 'call.tell'}>;

/** What a pair of hands is given for one piece of work. */
export type Bench = {
	/** The run as it was when the effect arose. It never changes; hands only read it. */
	readonly run: Run;
	/** Reads the events of the agent at work, oldest first: its whole conversation, with what it was forked from. */
	readonly story: () => readonly Stamped[];
	readonly abort: AbortSignal;
	/**
	 * Ask whether the running call may reach a host that no rule names; `grant` is the rule that would allow it. False
	 * when the answer is no, and when the call is cut off before there is one.
	 */
	readonly mayReach: (host: string, grant: string) => Promise<boolean>;
	/** Passing weather for whoever watches. */
	readonly signal: (signal: Signal) => void;
};

/**
 * Who does the work. Every piece of work is answered by exactly one report, also when it fails or is cut off; a
 * rejected promise is a defect, which the engine turns into a report that says so.
 */
export type Hands = {readonly perform: (work: Work, bench: Bench) => Promise<Report>};
