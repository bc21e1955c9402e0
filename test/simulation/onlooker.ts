import type {Effect} from '../../source/domain/effect.ts';
import type {Stamped} from '../../source/domain/event.ts';
import type {AgentId} from '../../source/domain/id.ts';
import type {Draw} from '../../source/domain/limits.ts';
import type {Report} from '../../source/domain/report.ts';
import type {Run} from '../../source/domain/run.ts';
import {batchRules} from './batch-rules.ts';
import {eventRules} from './event-rules.ts';
import {note} from './note.ts';
import {seeNothing} from './seen.ts';
import {Violation} from './violation.ts';

const mustHold = (problem: string | undefined): void => {
	if (problem !== undefined) throw new Violation(problem);
};

/** Bytes that the program may add to any prompt. */
const noteBytes = 800;

/** Watches a run from outside, and throws a `Violation` as soon as something is true that never may be. */
export const createOnlooker = () => {
	const seen = seeNothing();
	const asked = new Set<string>();
	/** Calls that have their end by the program's word, while hands may still be carrying them out. */
	const loose = new Set<string>();

	const noteLoose = ({event}: Stamped): void => {
		if (event.type !== 'call.finished' || seen.calls.get(event.callId)?.state !== 'running') return;
		if (event.outcome === 'unknown' || event.outcome === 'cancelled') loose.add(event.callId);
	};

	return {
		/** Whether the events say that a report comes too late or twice. */
		isStale: (report: Report): boolean => {
			switch (report.type) {
				case 'turn.replied':
				case 'plan.drafted':
					return seen.turns.get(report.turnId)?.ended !== false;
				case 'call.weighed':
					return seen.calls.get(report.callId)?.state !== 'proposed';
				case 'call.wants':
				case 'call.ended':
					return seen.calls.get(report.callId)?.state !== 'running';
				case 'rule.kept':
					return !seen.unkept.has(report.rule);
				default:
					return report satisfies never;
			}
		},
		/** The most tokens that the prompt of an agent's open turn can have: each has a byte or more. */
		promptAtMost: (agentId: AgentId): number => {
			const agent = seen.agents.get(agentId);
			if (agent === undefined) return 0;
			// Another model may count the same words a little differently.
			return Math.min(agent.model.contextTokens, Math.floor(agent.context * 1.09) + agent.sent + noteBytes);
		},
		onEvent: (stamped: Stamped, elsewhere: Draw): void => {
			for (const rule of eventRules) mustHold(rule(seen, stamped, elsewhere));
			noteLoose(stamped);
			note(seen, stamped);
		},
		afterBatch: (run: Run, now: number): void => {
			for (const rule of batchRules) mustHold(rule(seen, run, now));
		},
		/** Hands are given something to do. */
		onEffect: (effect: Effect): void => {
			if (effect.type === 'turn.ask' || effect.type === 'plan.draft') {
				if (asked.has(effect.turnId)) throw new Violation(`${effect.turnId} is asked twice.`);
				asked.add(effect.turnId);
			}
			if (effect.type === 'abort') loose.delete(effect.of);
			if (effect.type !== 'call.run') return;
			const call = seen.calls.get(effect.callId);
			if (call === undefined) throw new Violation(`${effect.callId} is carried out but was never proposed.`);
			call.carriedOut++;
			if (call.carriedOut > 1 && call.effect !== 'read')
				throw new Violation(`${effect.callId} may change something (${call.effect}) and is carried out twice.`);
			if (call.state !== 'running') throw new Violation(`${call.id} is carried out but is ${call.state}.`);
		},
		/** Hands have been given all that came of a batch. */
		afterEffects: (): void => {
			for (const callId of loose) throw new Violation(`${callId} was running, has its end, and is not cut off.`);
		},
		/** The process has died, and hands with it. */
		onCrash: (): void => loose.clear(),
		/** The run has ended and nothing is under way any more. */
		atEnd: (): void => {
			if (seen.status !== 'ended') throw new Violation('The run did not end.');
			if (seen.reserved !== 0) throw new Violation(`${seen.reserved} is still reserved with nothing under way.`);
			for (const turn of seen.turns.values()) if (!turn.ended) throw new Violation(`${turn.id} never ended.`);
			for (const call of seen.calls.values())
				if (call.state !== 'ended') throw new Violation(`${call.id} never ended: it is ${call.state}.`);
			if (seen.unkept.size > 0) throw new Violation(`${[...seen.unkept].join(', ')} was never written down.`);
		},
	};
};
