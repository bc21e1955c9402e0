import {advance} from './advance.ts';
import type {Elsewhere} from './budget.ts';
import type {Command} from './command.ts';
import {createAgent, roleNamed} from './create-agent.ts';
import type {Decision} from './decide.ts';
import type {Happening, RunEvent} from './event.ts';
import {evolve} from './evolve.ts';
import {openPen, type Pen} from './pen.ts';
import {planOfOne} from './plan-of-one.ts';
import {proposePlan} from './propose-plan.ts';
import type {Run} from './run.ts';
import {workRoles} from './work-roles.ts';

/** The agent that makes the plan. It has no tools: what it must know of the folder is in its prompt. */
export const createPlanner = (pen: Pen): void => {
	const role = pen.run.settings.roles['planner'];
	if (role === undefined) throw new Error('The run was created without the role planner.');
	createAgent(
		pen,
		{
			kind: 'plan',
			role: 'planner',
			title: 'Plan',
			objective: pen.run.goal,
			acceptance: [],
			files: [],
			briefs: [],
			tools: [],
			maxTurns: 2,
			toolBudget: 0,
			maxOutputTokens: role.maxOutputTokens,
		},
		{model: pen.run.settings.models[role.tier]},
	);
};

export const createRun = (
	existing: Run | undefined,
	command: Extract<Command, {type: 'run.create'}>,
	now: number,
	elsewhere: Elsewhere,
): Decision => {
	const reject = (message: string): Decision => ({kind: 'rejection', rejection: {code: 'invalid', message}});
	if (existing !== undefined) return reject(`There is already a run ${command.runId}.`);
	if (command.goal.trim() === '') return reject('The goal is empty. Say in a sentence what is to be reached.');
	if (!Number.isInteger(command.settings.maxParallel) || command.settings.maxParallel < 1)
		return reject('At least one agent must be allowed to work: --max-parallel is a whole number from 1.');
	const {roles, role: name, taskType} = command.settings;
	const known = workRoles(Object.keys(roles));
	if (name !== undefined && !known.includes(name))
		return reject(`A goal can be given to one of ${known.join(', ')}; "${name}" is none of them.`);
	const created: RunEvent = {type: 'run.created', goal: command.goal, settings: command.settings};
	const happening: Happening = {runId: command.runId, at: now, event: created};
	const begun = evolve(undefined, happening);
	const pen = openPen(begun, now, elsewhere);
	const role = name === undefined ? undefined : roleNamed(begun, name);
	if (role === undefined) createPlanner(pen);
	else proposePlan(pen, planOfOne(command.goal, role, taskType), 'template');
	advance(pen);
	return {kind: 'events', events: [created, ...pen.events], runs: [begun, ...pen.runs]};
};
