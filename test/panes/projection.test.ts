import {expect, test} from 'vitest';
import {projectionWords} from '../../components/parts/projection.ts';
import {evolve} from '../../source/domain/evolve.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import type {Run} from '../../source/domain/run.ts';
import {makeEvents} from '../support/make-run.ts';

/** The made run after the so many-th of its steps was done. */
const afterSteps = (count: number): Run => {
	let done = 0;
	let run: Run | undefined;
	for (const stamped of makeEvents({steps: 12, stage: 'done'})) {
		run = evolve(run, stamped);
		if (stamped.event.type === 'step.finished') done++;
		if (done === count) return run;
	}
	throw new Error(`The made run has fewer than ${count} steps.`);
};

test('a projection is spent and guesses of what is left, and unsure until some steps are done', () => {
	expect(projectionWords(afterSteps(2))).toMatch(/^~\$0\.\d{4}, ± \? until 3 steps are done$/);
	const run = afterSteps(4);
	const [, likely, low, high] = /^~\$([\d.]+), \$([\d.]+) to \$([\d.]+), as 4 steps/.exec(projectionWords(run)) ?? [];
	expect(Number(low)).toBeLessThanOrEqual(Number(likely));
	expect(Number(likely)).toBeLessThanOrEqual(Number(high));
	expect(Number(low)).toBeGreaterThanOrEqual((run.ledger.settled + run.ledger.estimated) / 1e9 - 0.0001);
});

test('turns without a price make it a least sum', () => {
	const run = afterSteps(4);
	const unpriced = {...run, ledger: {...run.ledger, unpricedTurns: 1}};
	expect(projectionWords(unpriced)).toBe(projectionWords(run).replace('~', '≥'));
});

test('steps nobody could guess make it a least sum', () => {
	const run = afterSteps(4);
	const [open] = stepsOf(run.plan).filter(({status}) => status.kind === 'approved');
	if (run.plan === undefined || open === undefined) throw new Error('no step is left');
	const unpriced = {...run, plan: {...run.plan, steps: {...run.plan.steps, [open.id]: {...open, estimate: undefined}}}};
	expect(projectionWords(unpriced)).toMatch(/^≥\$.*, 1 steps? without a guess$/);
});

test('where nothing costs anything there is no spread', () => {
	const run = afterSteps(2);
	if (run.plan === undefined) throw new Error('no plan');
	const steps = Object.fromEntries(Object.entries(run.plan.steps).map(([id, step]) => [id, {...step, estimate: 0}]));
	const free = {...run, ledger: {...run.ledger, settled: 0, estimated: 0}, plan: {...run.plan, steps}};
	expect(projectionWords(free)).toBe('~$0.00');
});
