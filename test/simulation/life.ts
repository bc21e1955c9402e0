import {isDeepStrictEqual} from 'node:util';
import type {Message} from '../../source/domain/decide.ts';
import type {Effect} from '../../source/domain/effect.ts';
import type {RunEvent, Stamped} from '../../source/domain/event.ts';
import type {RunId} from '../../source/domain/id.ts';
import type {Draw} from '../../source/domain/limits.ts';
import type {Report} from '../../source/domain/report.ts';
import {agentIn, type Run} from '../../source/domain/run.ts';
import {totalTokens} from '../../source/domain/usage.ts';
import type {Core} from './core.ts';
import {createFalseHands, type Work} from './false-hands.ts';
import {createOnlooker} from './onlooker.ts';
import type {Random} from './random.ts';
import type {Trouble} from './scenario.ts';
import {worth} from './turn-rules.ts';
import {Violation} from './violation.ts';
import type {Due, Happening} from './world.ts';

/** One run in a world, with its hands and its onlooker. */
export type Life = {
	readonly run: () => Run | undefined;
	/** Take one message, as the engine does: decide, append, evolve, perform. */
	readonly post: (message: Message, dies?: 'no' | 'before' | 'after') => void;
	/** The process is left in good order: work is cut off, and what comes of that is still taken in. */
	readonly leave: () => void;
	/** Another process takes the run up. */
	readonly recover: () => void;
	/** Nothing happens any more. */
	readonly end: () => void;
};

export type LifeParts = {
	readonly core: Core;
	readonly random: Random;
	readonly trouble: Trouble;
	readonly runId: RunId;
	/** Events of all runs. */
	readonly log: Stamped[];
	readonly now: () => number;
	readonly elsewhere: () => Draw;
	readonly later: (afterMs: number, what: Happening) => void;
	readonly dues: () => readonly Due[];
	readonly drop: (dues: readonly Due[]) => void;
};

const isReport = (message: Message): message is Report =>
	message.type === 'turn.replied' ||
	message.type === 'plan.drafted' ||
	message.type === 'call.weighed' ||
	message.type === 'call.wants' ||
	message.type === 'rule.kept' ||
	message.type === 'call.ended';

const nameOf = (work: Work): string =>
	'turnId' in work ? work.turnId : 'callId' in work ? work.callId : work.requestId;

/** What the log gives back: what is not JSON does not last. */
const asStored = (stamped: Stamped): Stamped => JSON.parse(JSON.stringify(stamped));

export const createLife = ({core, random, trouble, runId, log, now, elsewhere, later, dues, drop}: LifeParts): Life => {
	const onlooker = createOnlooker();
	const hands = createFalseHands(random, trouble, onlooker.promptAtMost);
	let run: Run | undefined;
	let alarmAt: number | undefined;
	/** The events of this run as the log gives them back, and how much of the log they come from. */
	const stored: Stamped[] = [];
	let read = 0;

	const compareReplay = (): Run | undefined => {
		for (const stamped of log.slice(read)) if (stamped.runId === runId) stored.push(asStored(stamped));
		read = log.length;
		let folded: Run | undefined;
		for (const stamped of stored) folded = core.evolve(folded, stamped);
		const [one, other] = [JSON.stringify(folded), JSON.stringify(run)];
		// Only the order of fields may differ.
		if (one !== other && !isDeepStrictEqual(JSON.parse(one ?? 'null'), JSON.parse(other ?? 'null')))
			throw new Violation('The replay is not the live run.');
		return folded;
	};

	/** What was booked of a turn is never less than what the provider has counted, nor more than was set aside. */
	const compareTruth = (event: RunEvent): void => {
		if (event.type !== 'turn.finished' && event.type !== 'turn.failed') return;
		const truth = hands.truthOf(event.turnId);
		const model = agentIn(run, event.agentId)?.turn?.model;
		if (truth === undefined || model === undefined) return;
		const {cost, usage} = event.settlement;
		const {reserved = 0, reservedTokens = 0} = agentIn(run, event.agentId)?.turn ?? {};
		if ((cost ?? 0) > reserved || totalTokens(usage) > reservedTokens)
			throw new Violation(`${event.turnId} cost ${cost}, and ${reserved} was set aside.`);
		if (cost !== undefined && cost + 1 < (worth(truth, model) ?? 0))
			throw new Violation(`${event.turnId} cost ${worth(truth, model)}, and ${cost} is booked.`);
		if (totalTokens(usage) < totalTokens(truth))
			throw new Violation(`${event.turnId} used ${totalTokens(truth)} tokens, and ${totalTokens(usage)} are booked.`);
	};

	const cutTurn = (report: Extract<Report, {type: 'turn.replied' | 'plan.drafted'}>): Report => ({
		...report,
		reply: hands.cutOff(report.turnId),
	});

	const abort = (of: string): void => {
		for (const due of dues()) {
			if (due.what.kind !== 'report' || due.what.of !== of || !random.chance(trouble.abortIsHeeded)) continue;
			const {report} = due.what;
			if (report.type === 'turn.replied' || report.type === 'plan.drafted') {
				drop([due]);
				later(random.below(50), {kind: 'report', of, report: cutTurn(report)});
			} else if (report.type === 'call.ended') {
				drop([due]);
				later(random.below(50), {kind: 'report', of, report: {...report, isError: true, output: 'Cut off.'}});
			}
		}
	};

	const perform = (at: Run, effect: Effect): void => {
		onlooker.onEffect(effect);
		if (effect.type === 'call.tell') return;
		if (effect.type === 'abort') {
			abort(effect.of);
			return;
		}
		const of = nameOf(effect);
		const what = {kind: 'report', of, report: hands.perform(at, effect)} as const;
		const wants = effect.type === 'call.run' ? hands.wants(at, effect) : undefined;
		if (wants !== undefined) later(random.between(1, 1000), {kind: 'report', of, report: wants});
		const slow = random.chance(trouble.reportIsLate) ? 60_000 : 0;
		later(random.between(1, 3000) + slow, what);
		if (random.chance(trouble.reportDoubles)) later(random.between(1, 9000), what);
	};

	const setAlarm = (): void => {
		const at = run === undefined ? undefined : core.wakeAt(run, now());
		if (at !== undefined && at <= now()) throw new Violation(`The run wants to be woken at ${at}, which is over.`);
		const set = dues().filter(({what}) => what.kind === 'alarm');
		if (at === alarmAt && set.length > 0) return;
		drop(set);
		alarmAt = at;
		if (at !== undefined) later(at - now(), {kind: 'alarm'});
	};

	const post: Life['post'] = (message, dies = 'no') => {
		const stale = isReport(message) && onlooker.isStale(message);
		const decision = core.decide(run, message, now(), elsewhere());
		if (dies === 'before') return;
		if (decision.kind === 'rejection') {
			if (decision.rejection.message === '') throw new Violation(`${message.type} is rejected without a word.`);
			if (isReport(message) && !stale) throw new Violation(`A report that counts is refused: ${message.type}.`);
			return;
		}
		if (stale) throw new Violation(`A stale report is accepted: ${message.type}.`);
		const effects: (readonly [Run, Effect])[] = [];
		const others = elsewhere();
		for (const event of decision.events) {
			const stamped: Stamped = {seq: log.length + 1, at: now(), runId, cause: message.type, event};
			log.push(stamped);
			onlooker.onEvent(stamped, others);
			compareTruth(event);
			const after = core.evolve(run, stamped);
			effects.push(...core.effectsOf(after, event).map(effect => [after, effect] as const));
			run = after;
		}
		if (run === undefined) throw new Violation(`${message.type} was accepted and made no run.`);
		onlooker.afterBatch(run, now());
		if (dies === 'after') return;
		for (const [at, effect] of effects) perform(at, effect);
		onlooker.afterEffects();
		setAlarm();
	};

	return {
		run: () => run,
		post,
		leave: () => {
			post({type: 'suspension'});
			for (const {what} of dues()) {
				if (what.kind !== 'report') continue;
				const {report} = what;
				if (report.type === 'turn.replied' || report.type === 'plan.drafted') {
					if (random.chance(0.8)) post(cutTurn(report));
				} else if (report.type === 'call.ended') post({...report, isError: true, output: 'Cut off.', isCut: true});
			}
		},
		recover: () => {
			alarmAt = undefined;
			onlooker.onCrash();
			run = compareReplay();
			if (run === undefined) return;
			// The engine sets a run down before it takes it up, so that what is said first comes before anything starts.
			if (random.chance(0.5)) post({type: 'suspension', isFound: true});
			post({type: 'recovery'});
		},
		end: () => {
			compareReplay();
			onlooker.atEnd();
		},
	};
};
