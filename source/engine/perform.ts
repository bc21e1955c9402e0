import type {Effect} from '../domain/effect.ts';
import type {Stamped} from '../domain/event.ts';
import type {AgentId, CallId, RunId, TurnId} from '../domain/id.ts';
import type {Report} from '../domain/report.ts';
import type {Run} from '../domain/run.ts';
import type {Signal} from '../domain/signal.ts';
import type {EventLog} from './event-log.ts';
import type {Hands, Work} from './hands.ts';

export type Performer = {
	readonly perform: (run: Run, effect: Effect) => void;
	/** Begin nothing more, cut off everything, and wait until all hands have let go and reported. */
	readonly stop: () => Promise<void>;
};

type Parts = {
	readonly hands: Hands;
	readonly log: EventLog;
	readonly onSignal: (signal: Signal) => void;
	readonly onReport: (runId: RunId, report: Report) => void;
	readonly onDefect: (error: unknown) => void;
};

/** The name under which a piece of work can be cut off. */
const nameOf = (work: Work): TurnId | CallId =>
	work.type === 'turn.ask' || work.type === 'plan.draft' ? work.turnId : work.callId;

/** Hands that threw still owe a report. It says that our own code failed. */
const defectReport = (work: Work, error: unknown): Report => {
	const message = `Flotilla failed at its own work: ${error instanceof Error ? error.message : String(error)}`;
	const {agentId} = work;
	switch (work.type) {
		case 'turn.ask':
		case 'plan.draft': {
			const reply = {kind: 'failed', failure: {kind: 'defect', message}, partial: [], usage: undefined} as const;
			return {type: 'turn.replied', agentId, turnId: work.turnId, reply};
		}
		case 'call.weigh':
			return {
				type: 'call.weighed',
				agentId,
				callId: work.callId,
				effect: 'read',
				verdict: {kind: 'deny', rule: message},
				preview: {title: 'could not be weighed', body: message, format: 'text'},
				control: undefined,
			};
		case 'call.run':
			return {type: 'call.ended', agentId, callId: work.callId, isError: true, output: message, touched: []};
		default:
			return work satisfies never;
	}
};

/** Gives effects to the hands, each under a name by which it can be cut off, and brings their reports back. */
export const createPerformer = ({hands, log, onSignal, onReport, onDefect}: Parts): Performer => {
	const under = new Map<TurnId | CallId, AbortController>();
	const working = new Set<Promise<void>>();
	let stopped = false;

	const storyOf = (runId: RunId, agentId: AgentId): readonly Stamped[] =>
		log.page({runId, agentId, limit: Number.MAX_SAFE_INTEGER});

	const carryOut = async (run: Run, work: Work): Promise<void> => {
		const name = nameOf(work);
		const abort = new AbortController();
		under.set(name, abort);
		let report: Report;
		try {
			const story = () => storyOf(run.id, work.agentId);
			report = await hands.perform(work, {run, story, abort: abort.signal, signal: onSignal});
		} catch (error) {
			onDefect(error);
			report = defectReport(work, error);
		}
		if (under.get(name) === abort) under.delete(name);
		onReport(run.id, report);
	};

	return {
		perform: (run, effect) => {
			if (effect.type === 'abort') {
				under.get(effect.of)?.abort();
				return;
			}
			if (stopped) return;
			const work = carryOut(run, effect);
			working.add(work);
			void work.finally(() => working.delete(work));
		},
		stop: async () => {
			stopped = true;
			for (const abort of under.values()) abort.abort();
			await Promise.all(working);
		},
	};
};
