import {describe, expect, test} from 'vitest';
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
