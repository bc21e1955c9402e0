import type {Effect} from '../domain/effect.ts';
import type {CallId, RequestId, RunId, TurnId} from '../domain/id.ts';
import type {Report} from '../domain/report.ts';
import type {Run} from '../domain/run.ts';
import type {Signal} from '../domain/signal.ts';
import type {EventLog} from './event-log.ts';
import type {Hands, Work} from './hands.ts';
import {createStories} from './story.ts';

export type Performer = {
	readonly perform: (run: Run, effect: Effect) => void;
	/** How many pieces of work are under way. */
	readonly atWork: () => number;
	/** Resolves when nothing is under way, or at the signal. */
	readonly settled: (enough: AbortSignal) => Promise<void>;
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

type Name = TurnId | CallId | RequestId;

/** The name under which a piece of work can be cut off. */
const nameOf = (work: Work): Name => {
	switch (work.type) {
		case 'turn.ask':
		case 'plan.draft':
			return work.turnId;
		case 'call.weigh':
		case 'call.run':
			return work.callId;
		case 'rule.keep':
			return work.requestId;
		default:
			return work satisfies never;
	}
};

/** Hands that threw still owe a report. It says that our own code failed. */
const defectReport = (work: Work, error: unknown): Report => {
	const message = `Flotilla failed at its own work: ${error instanceof Error ? error.message : String(error)}`;
	switch (work.type) {
		case 'turn.ask':
		case 'plan.draft': {
			const reply = {kind: 'failed', failure: {kind: 'defect', message}, partial: [], usage: undefined} as const;
			return {type: 'turn.replied', agentId: work.agentId, turnId: work.turnId, reply};
		}
		case 'call.weigh':
			return {
				type: 'call.weighed',
				agentId: work.agentId,
				callId: work.callId,
				effect: 'read',
				verdict: {kind: 'deny', rule: message},
				preview: {title: 'could not be weighed', body: message, format: 'text'},
				control: undefined,
			};
		case 'call.run':
			return {
				type: 'call.ended',
				agentId: work.agentId,
				callId: work.callId,
				isError: true,
				output: message,
				touched: [],
			};
		case 'rule.keep':
			return {type: 'rule.kept', requestId: work.requestId, rule: work.rule, path: '', problem: message};
		default:
			return work satisfies never;
	}
};

/** What a running call hears of whether it may reach a host, now or later. */
type Wish = {readonly answer: Promise<boolean>; readonly tell: (allowed: boolean) => void};

/** Gives effects to the hands, each under a name by which it can be cut off, and brings their reports back. */
export const createPerformer = ({hands, log, onSignal, onReport, onDefect}: Parts): Performer => {
	const stories = createStories(log);
	const under = new Map<Name, AbortController>();
	/** By host; an answer that was given holds for as long as the call runs. */
	const wishes = new Map<Name, Map<string, Wish>>();
	const working = new Set<Promise<void>>();
	/** What was cut off because the engine ends, and for no other reason. */
	const cutAtEnd = new Set<Name>();
	let stopped = false;

	/** Asks once for each host, however often the call tries to reach it. */
	const mayReach = (run: Run, work: Work, host: string, grant: string, abort: AbortSignal): Promise<boolean> => {
		if (work.type !== 'call.run' || abort.aborted) return Promise.resolve(false);
		const {agentId, callId} = work;
		const known = wishes.get(callId) ?? new Map<string, Wish>();
		wishes.set(callId, known);
		const asked = known.get(host);
		if (asked !== undefined) return asked.answer;
		const {promise, resolve} = Promise.withResolvers<boolean>();
		known.set(host, {answer: promise, tell: resolve});
		onReport(run.id, {type: 'call.wants', agentId, callId, host, grant});
		return promise;
	};

	const carryOut = async (run: Run, work: Work): Promise<void> => {
		const name = nameOf(work);
		const abort = new AbortController();
		const {signal} = abort;
		under.set(name, abort);
		let report: Report;
		try {
			const story = () => ('agentId' in work ? stories.of(run, work.agentId) : []);
			const ask = (host: string, grant: string) => mayReach(run, work, host, grant, signal);
			report = await hands.perform(work, {run, story, abort: signal, mayReach: ask, signal: onSignal});
		} catch (error) {
			onDefect(error);
			report = defectReport(work, error);
		}
		if (under.get(name) === abort) under.delete(name);
		if (work.type === 'call.run') wishes.delete(work.callId);
		if (report.type === 'call.ended' && report.isError && cutAtEnd.has(name)) report = {...report, isCut: true};
		onReport(run.id, report);
	};

	const cutOff = (name: Name): void => {
		under.get(name)?.abort();
		for (const {tell} of wishes.get(name)?.values() ?? []) tell(false);
	};

	return {
		perform: (run, effect) => {
			if (effect.type === 'abort') {
				cutOff(effect.of);
				return;
			}
			if (effect.type === 'call.tell') {
				wishes.get(effect.callId)?.get(effect.host)?.tell(effect.allowed);
				return;
			}
			if (stopped) return;
			const work = carryOut(run, effect);
			working.add(work);
			void work.finally(() => working.delete(work));
		},
		atWork: () => working.size,
		settled: async enough => {
			const asked = new Promise<void>(resolve => enough.addEventListener('abort', () => resolve(), {once: true}));
			while (working.size > 0 && !enough.aborted) await Promise.race([Promise.all(working), asked]);
		},
		stop: async () => {
			stopped = true;
			for (const [name, {signal}] of [...under]) {
				if (!signal.aborted) cutAtEnd.add(name);
				cutOff(name);
			}
			await Promise.all(working);
		},
	};
};
