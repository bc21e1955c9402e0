import {describe, expect, test} from 'vitest';
import {stepState} from '../../components/parts/step-state.ts';
import {decide, type Message} from '../../source/domain/decide.ts';
import type {Stamped} from '../../source/domain/event.ts';
import {evolve} from '../../source/domain/evolve.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import type {Run} from '../../source/domain/run.ts';
import {createPhases} from '../../store/step-phases.ts';
import {makeEvents} from '../support/make-run.ts';

const fold = (events: readonly Stamped[]) => {
	const phases = createPhases();
	let run: Run | undefined;
	for (const stamped of events) {
		run = evolve(run, stamped);
		phases.add(stamped, run);
	}
	const kindsOf = (key: string): readonly string[] => {
		const step = stepsOf(run?.plan).find(one => one.key === key);
		return step === undefined ? [] : phases.of(step.id).map(({kind}) => kind);
	};
	return {run, phases, kindsOf};
};

/** The events with what comes of a message a second later. */
const happened = (events: readonly Stamped[], message: (run: Run) => Message): readonly Stamped[] => {
	const {run} = fold(events);
	const last = events.at(-1);
	if (run === undefined || last === undefined) throw new Error('The made run has events.');
	const at = last.at + 1000;
	const decision = decide(run, message(run), at);
	if (decision.kind === 'rejection') throw new Error(decision.rejection.message);
	return [...events, ...decision.events.map((event, i) => ({...last, seq: last.seq + 1 + i, at, event}))];
};

/** The command of the builder at work on `docs` ends: it needs another turn. */
const callEnds = (run: Run): Message => {
	const agent = run.agents.find(({calls}) => calls.some(({status}) => status.kind === 'running'));
	const call = agent?.calls.find(({status}) => status.kind === 'running');
	if (agent === undefined || call === undefined) throw new Error('In the made run a command runs.');
	return {type: 'call.ended', agentId: agent.id, callId: call.id, isError: false, output: 'ok', touched: []};
};

describe('how a step spends its time', () => {
	test('is for approval, then waiting, then work, until it is over', () => {
		const {kindsOf} = fold(makeEvents({stage: 'done'}));
		expect(kindsOf('scout')).toEqual(['approval', 'working', 'over']);
		expect(kindsOf('report')).toEqual(['approval', 'waiting', 'working', 'over']);
	});

	test('is for the person while its agent asks, and for a wait after a failure', () => {
		const {kindsOf} = fold(makeEvents());
		expect(kindsOf('store').at(-1)).toBe('asking');
		expect(kindsOf('build').at(-1)).toBe('waiting');
		expect(kindsOf('api').at(-1)).toBe('working');
	});

	test('stands still at a limit of the run as its row says, and goes on after it', () => {
		const held = happened(makeEvents(), ({id}) => ({
			type: 'budget.set',
			runId: id,
			scope: 'run',
			what: 'turns',
			limit: 1,
		}));
		const paused = happened(held, callEnds);
		const {run, kindsOf} = fold(paused);
		const step = stepsOf(run?.plan).find(({key}) => key === 'docs');
		if (run === undefined || step === undefined) throw new Error('The made run has a step for docs.');
		expect(kindsOf('docs')).toEqual(['approval', 'waiting', 'working', 'paused']);
		expect(stepState(run, step).word).toBe('paused');
		const raised = happened(paused, ({id}) => ({
			type: 'budget.set',
			runId: id,
			scope: 'run',
			what: 'turns',
			limit: 99,
		}));
		expect(fold(raised).kindsOf('docs')).toEqual(['approval', 'waiting', 'working', 'paused', 'working']);
	});

	test('holds in order, without a phase that lasted no time', () => {
		const {run, phases} = fold(makeEvents({stage: 'done', steps: 20}));
		for (const {id} of stepsOf(run?.plan)) {
			const told = phases.of(id);
			expect(told.length).toBeGreaterThan(2);
			for (const [i, {kind, from}] of told.entries()) {
				const next = told[i + 1];
				if (next === undefined) continue;
				expect(next.from).toBeGreaterThan(from);
				expect(next.kind).not.toBe(kind);
			}
		}
	});

	test('of what was held, approved and added', () => {
		const made = makeEvents({stage: 'proposed'});
		const last = made.at(-1);
		const step = made.flatMap(({event}) => (event.type === 'plan.proposed' ? event.steps : []))[1];
		if (last === undefined || step === undefined) throw new Error('The made run has a plan.');
		const more: readonly Stamped[] = [
			{...last, seq: last.seq + 1, at: last.at + 10, event: {type: 'step.held', stepId: step.id}},
			{...last, seq: last.seq + 2, at: last.at + 20, event: {type: 'step.approved', stepId: step.id, by: 'person'}},
			{
				...last,
				seq: last.seq + 3,
				at: last.at + 30,
				event: {type: 'step.added', step: {...step, id: 'step_made01_99', key: 'more'}, neededBy: []},
			},
		];
		const {kindsOf} = fold([...made, ...more]);
		expect(kindsOf(step.key)).toEqual(['approval', 'held', 'waiting']);
		expect(kindsOf('more')).toEqual(['approval']);
	});
});
