import {describe, expect, it} from 'vitest';
import {readRoleFiles} from '../../source/agents/read-role-files.ts';
import {loadRoles, roleFactsOf} from '../../source/agents/roles.ts';
import {planProblems} from '../../source/domain/plan.ts';
import {taskTypes} from '../../source/planner/classify.ts';
import {pipelineOf, templatePlan} from '../../source/planner/templates.ts';

const roles = roleFactsOf(loadRoles(readRoleFiles()).roles);

describe('the plan by template', () => {
	it.each(taskTypes)('is a valid plan for %s, one step after the other', taskType => {
		const goal = 'Write the code of the harbour';
		const plan = templatePlan(taskType, goal, roles);
		expect(planProblems(plan, roles)).toEqual([]);
		expect(plan.taskType).toBe(taskType);
		for (const [at, step] of plan.steps.entries()) {
			expect(step.objective).toContain(goal);
			const before = plan.steps[at - 1];
			if (before !== undefined) expect(step.dependsOn).toContain(before.key);
		}
	});

	it.each([
		['research', 'researcher analyst writer'],
		['analysis', 'researcher analyst writer'],
		['writing', 'researcher writer qa_tester'],
		['design', 'researcher designer qa_tester'],
		['development', 'designer builder qa_tester'],
		['data_project', 'designer researcher builder qa_tester'],
		['podcast', 'researcher analyst writer writer'],
		['feature_implementation', 'analyst planner builder tester reviewer'],
		['bug_fix', 'analyst planner builder tester reviewer'],
		['code_review', 'analyst planner reviewer tester'],
		['documentation', 'analyst planner documenter reviewer'],
		['custom', 'researcher analyst writer'],
	] as const)('gives %s the roles %s', (taskType, expected) => {
		expect(pipelineOf(taskType, 'Go').join(' ')).toBe(expected);
	});

	it('lets mixed work be built when the goal speaks of code, and written otherwise', () => {
		expect(pipelineOf('mixed', 'Plan and code it')[3]).toBe('builder');
		expect(pipelineOf('mixed', 'Plan and tell it')[3]).toBe('writer');
	});

	it('names the file each text goes to', () => {
		const [first] = templatePlan('research', 'Go', roles).steps;
		expect(first?.objective).toContain('Write it to research_notes.md in the outputs folder.');
		expect(first?.acceptance).toContain('research_notes.md is in the outputs folder.');
	});

	it('takes tier and tool budget from the role', () => {
		const designer = templatePlan('design', 'Go', roles).steps[1];
		expect(designer).toMatchObject({tier: 'opus', toolBudget: roles['designer']?.toolBudget});
	});
});
