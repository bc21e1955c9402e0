import {tiers} from '../../source/domain/model.ts';
import type {PlanDraft, StepDraft} from '../../source/domain/plan.ts';
import type {Random} from './random.ts';

const workers = ['scout', 'builder', 'reviewer'] as const;

const step = (random: Random, key: string, dependsOn: readonly string[]): StepDraft => ({
	key,
	title: `Do ${key}`,
	role: random.pick(workers),
	objective: `Reach ${key}.`,
	files: [],
	acceptance: [`${key} is reached.`],
	dependsOn,
	tier: random.pick(tiers),
	toolBudget: random.between(0, 10),
});

/** A graph without cycles, from a chain to a wide fan; later steps depend on earlier ones. */
export const soundDraft = (random: Random): PlanDraft => {
	const count = random.between(1, 10);
	const density = random.pick([0, 0.2, 0.5, 1]);
	const keys = Array.from({length: count}, (_, i) => `s${i + 1}`);
	const steps = keys.map((key, i) =>
		step(
			random,
			key,
			keys.slice(0, i).filter(() => random.chance(density)),
		),
	);
	return {taskType: 'survey', steps};
};

/** A draft with one thing wrong with it. */
export const brokenDraft = (random: Random): PlanDraft => {
	const {taskType, steps} = soundDraft(random);
	const [first, ...rest] = steps;
	const last = steps.at(-1);
	if (first === undefined || last === undefined) return {taskType, steps};
	const instead = (change: Partial<StepDraft>): PlanDraft => ({taskType, steps: [{...first, ...change}, ...rest]});
	switch (random.below(6)) {
		case 0:
			return instead({dependsOn: [first.key]});
		case 1:
			return {
				taskType,
				steps: [...steps, {...first, key: 'a', dependsOn: ['b']}, {...first, key: 'b', dependsOn: ['a']}],
			};
		case 2:
			return instead({role: random.pick(['wizard', 'constructor'])});
		case 3:
			return instead({dependsOn: ['nowhere']});
		case 4:
			return {taskType, steps: [...steps, {...last}]};
		default:
			return {taskType, steps: []};
	}
};

export const templateDraft: PlanDraft = {
	taskType: 'survey',
	steps: [
		{
			key: 'look',
			title: 'Look',
			role: 'scout',
			objective: 'Look around.',
			files: [],
			acceptance: ['Looked.'],
			dependsOn: [],
			tier: 'haiku',
			toolBudget: 4,
		},
		{
			key: 'write',
			title: 'Write',
			role: 'builder',
			objective: 'Write it down.',
			files: [],
			acceptance: ['Written.'],
			dependsOn: ['look'],
			tier: 'sonnet',
			toolBudget: 4,
		},
	],
};
