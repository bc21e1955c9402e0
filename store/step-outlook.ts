import {estimateOf} from '../source/domain/change-plan.ts';
import {roleNamed, toolsOf} from '../source/domain/create-agent.ts';
import type {NanoUsd} from '../source/domain/money.ts';
import {type Risk, risks, risksOf} from '../source/domain/risk.ts';
import type {Run} from '../source/domain/run.ts';
import type {Step, StepFields} from '../source/domain/step.ts';

/** What a yes to some steps may come to. */
export type Outlook = {
	readonly steps: number;
	/** What those with a known price may cost together. */
	readonly cost: NanoUsd;
	/** How many have a model without a known price. */
	readonly unpriced: number;
	/** What their agents can do, the mildest first. */
	readonly risks: readonly Risk[];
};

/** What the agent of a step can do; a role that the run does not know is told by `unknown`. */
export const risksOfStep = (run: Run, step: Pick<Step, 'role' | 'tools'>): readonly Risk[] => {
	const role = roleNamed(run, step.role);
	return role === undefined ? ['unknown'] : risksOf(toolsOf(role, step));
};

export const outlookOf = (run: Run, steps: readonly StepFields[]): Outlook => {
	const costs = steps.map(step => estimateOf(run, step));
	const found = new Set(steps.flatMap(step => risksOfStep(run, step)));
	return {
		steps: steps.length,
		cost: costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0),
		unpriced: costs.filter(cost => cost === undefined).length,
		risks: risks.filter(risk => found.has(risk)),
	};
};
