import {createAgent} from './advance.ts';
import {type Agent, isEnded} from './agent.ts';
import type {Command, Rejection} from './command.ts';
import {cancelCalls, killAgent} from './end-agent.ts';
import type {AgentId} from './id.ts';
import {nextId, type Pen, write} from './pen.ts';
import {reject} from './rejection.ts';

export type AgentCommand = Extract<Command, {type: `agent.${string}`}>;

const withAgent = (pen: Pen, agentId: AgentId, act: (agent: Agent) => Rejection | undefined): Rejection | undefined => {
	const agent = pen.run.agents[agentId];
	return agent === undefined ? reject('unknown', `There is no agent ${agentId} in this run.`) : act(agent);
};

/** Do what is asked of one agent, or of a new one, or say in words why it cannot be done now. */
export const decideAgent = (pen: Pen, command: AgentCommand): Rejection | undefined => {
	const {run} = pen;
	switch (command.type) {
		case 'agent.create': {
			const role = Object.hasOwn(run.settings.roles, command.role) ? run.settings.roles[command.role] : undefined;
			if (role === undefined)
				return reject(
					'unknown',
					`There is no role "${command.role}". Known: ${Object.keys(run.settings.roles).join(', ')}.`,
				);
			if (command.objective.trim() === '') return reject('invalid', 'The task is empty. Say what the agent is to do.');
			const {name, tools, maxTurns, toolBudget, maxOutputTokens} = role;
			createAgent(
				pen,
				{
					kind: 'task',
					role: name,
					title: command.objective,
					objective: command.objective,
					acceptance: [],
					files: [],
					briefs: [],
					tools,
					maxTurns,
					toolBudget,
					maxOutputTokens,
				},
				run.settings.models[command.tier ?? role.tier],
				undefined,
			);
			return undefined;
		}
		case 'agent.message':
			return withAgent(pen, command.agentId, agent => {
				if (command.text.trim() === '') return reject('invalid', 'The message is empty.');
				if (isEnded(agent) && !(agent.assignment.kind === 'task' && agent.status.kind === 'done'))
					return reject('not_now', `${agent.name} has ended (${agent.status.kind}) and reads no more messages.`);
				write(pen, {
					type: 'agent.messaged',
					agentId: agent.id,
					messageId: nextId(pen, 'message'),
					text: command.text,
					from: 'person',
				});
				if (agent.status.kind === 'interrupted' || agent.status.kind === 'done')
					write(pen, {type: 'agent.continued', agentId: agent.id});
				return undefined;
			});
		case 'agent.interrupt':
			return withAgent(pen, command.agentId, agent => {
				if (isEnded(agent) || agent.status.kind === 'interrupted')
					return reject('not_now', `${agent.name} is not working: it is ${agent.status.kind}.`);
				write(pen, {type: 'agent.interrupted', agentId: agent.id});
				cancelCalls(pen, agent.id, 'Not carried out: the person interrupted the turn.');
				return undefined;
			});
		case 'agent.continue':
			return withAgent(pen, command.agentId, agent => {
				if (agent.status.kind !== 'interrupted')
					return reject('not_now', `${agent.name} was not interrupted: it is ${agent.status.kind}.`);
				write(pen, {type: 'agent.continued', agentId: agent.id});
				return undefined;
			});
		case 'agent.kill':
			return withAgent(pen, command.agentId, agent => {
				if (isEnded(agent)) return reject('not_now', `${agent.name} has ended already (${agent.status.kind}).`);
				killAgent(pen, agent, command.reason);
				return undefined;
			});
		default:
			return command satisfies never;
	}
};
