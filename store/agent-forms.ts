import type {Agent} from '../source/domain/agent.ts';
import type {TurnId} from '../source/domain/id.ts';
import {tiers} from '../source/domain/model.ts';
import {countItems, placeOfItem} from '../source/domain/pages.ts';
import type {Run} from '../source/domain/run.ts';
import {workRoles} from '../source/domain/work-roles.ts';
import {closing, type Outcome, problem, ui} from './action.ts';
import {choiceField, type FormOverlay, fieldValue, formOf, textField} from './form.ts';

/** Roles a person may give to an agent beside the plan. */
export const creatableRoles = (run: Run | undefined): readonly string[] =>
	workRoles(Object.keys(run?.settings.roles ?? {}));

export const createForm = (run: Run): FormOverlay => {
	const roles = creatableRoles(run);
	return formOf({
		subject: {kind: 'create'},
		title: 'New agent',
		fields: [choiceField('role', 'Role', roles, roles[0] ?? '', ''), textField('task', 'Task', '', '', 4)],
		// Its role is mostly right; what it is to do never is.
		at: 1,
	});
};

export const sendCreate = (run: Run, form: FormOverlay): Outcome => {
	const objective = fieldValue(form, 'task').trim();
	if (objective === '') return problem('Say what the agent is to do.');
	return {
		kind: 'send',
		command: {type: 'agent.create', runId: run.id, role: fieldValue(form, 'role'), objective, tier: undefined},
		after: closing,
	};
};

/** The choice that leaves the model as it is. */
const asItIs = 'as it is';

export const changeForm = (agent: Agent): FormOverlay =>
	formOf({
		subject: {kind: 'change', agentId: agent.id},
		title: `Change ${agent.name}`,
		consequence: 'Takes effect with its next turn.',
		fields: [
			choiceField('tier', 'Model', [asItIs, ...tiers], asItIs, `Now ${agent.model.id}. The cheapest tier comes first.`),
			textField('tools', 'Tools', agent.assignment.tools.join(', '), 'The tools it may call.', 3),
			textField('instructions', 'Also told', '', 'Instructions that are added to its prompt; empty for none.', 4),
		],
	});

export const sendChange = (run: Run, agent: Agent, form: FormOverlay): Outcome => {
	const tools = fieldValue(form, 'tools')
		.split(/[\s,]+/)
		.filter(tool => tool !== '');
	const same = tools.join() === agent.assignment.tools.join();
	const instructions = fieldValue(form, 'instructions').trim();
	const tier = tiers.find(name => name === fieldValue(form, 'tier'));
	if (tier === undefined && same && instructions === '') return ui({type: 'overlay.close'});
	return {
		kind: 'send',
		command: {
			type: 'agent.change',
			runId: run.id,
			agentId: agent.id,
			tier,
			tools: same ? undefined : tools,
			instructions: instructions === '' ? undefined : instructions,
		},
		after: closing,
	};
};

/** From the end of a turn; undefined: from its latest. */
export const forkForm = (agent: Agent, turnId: TurnId | undefined): FormOverlay => {
	const at = turnId === undefined ? -1 : placeOfItem(agent.turnIds, turnId);
	return formOf({
		subject: {kind: 'fork', agentId: agent.id, turnId: at === -1 ? undefined : turnId},
		title: `Fork ${agent.name}`,
		question:
			at === -1
				? `A new agent that knows all that ${agent.name} knows by now.`
				: `A new agent that knows what ${agent.name} knew after its turn ${at + 1} of ${countItems(agent.turnIds)}.`,
		consequence: `It works beside the plan. ${agent.name} goes on undisturbed.`,
		fields: [textField('text', 'Its task', '', '', 4)],
	});
};

export const sendFork = (run: Run, agent: Agent, turnId: TurnId | undefined, form: FormOverlay): Outcome => {
	const text = fieldValue(form, 'text').trim();
	if (text === '') return problem('Say what the new agent is to do.');
	return {
		kind: 'send',
		command: {type: 'agent.fork', runId: run.id, agentId: agent.id, turnId, text},
		after: closing,
	};
};
