import {expect, test} from 'vitest';
import {stepsOf} from '../../source/domain/plan.ts';
import type {Run} from '../../source/domain/run.ts';
import {disabledReason} from '../../store/actions.ts';
import {noFacts} from '../../store/facts.ts';
import {builtInKeys} from '../../store/keymap.ts';
import {firstUi} from '../../store/ui.ts';
import {makeRun} from '../support/make-run.ts';

test('a step that is done but reported that it failed can be retried, one that reached its end cannot', () => {
	const run = makeRun({stage: 'done'});
	const [step] = stepsOf(run.plan);
	if (run.plan === undefined || step?.status.kind !== 'done') throw new Error('The made run is done.');
	const reported = {...step, status: {...step.status, packet: {...step.status.packet, status: 'FAIL'}}} as const;
	const failed: Run = {...run, plan: {...run.plan, steps: {...run.plan.steps, [step.id]: reported}}};
	const reason = (of: Run) =>
		disabledReason('step.retry', {
			run: of,
			ui: {...firstUi, stepId: step.id},
			facts: {...noFacts, steps: [step.id]},
			now: 0,
			keymap: builtInKeys,
		});
	expect(reason(failed)).toBeUndefined();
	expect(reason(run)).toBe('"Look over the folder" cannot be retried: it is done.');
});
