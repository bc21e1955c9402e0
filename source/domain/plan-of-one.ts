import type {PlanDraft} from './plan.ts';
import type {RoleFacts} from './role.ts';

/** The plan of a run whose goal is given to one agent: no planner is asked, for there is nothing to divide. */
export const planOfOne = (goal: string, role: RoleFacts, taskType: string | undefined): PlanDraft => ({
	taskType: taskType ?? 'custom',
	steps: [
		{
			key: role.name,
			title: goal.trim().split('\n')[0] ?? '',
			role: role.name,
			objective: goal,
			files: [],
			acceptance: ['What the goal asks for is there, or the report says what is missing and why.'],
			dependsOn: [],
			tier: role.tier,
			toolBudget: role.toolBudget,
		},
	],
});
