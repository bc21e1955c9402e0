import {type Agent, isEnded} from './agent.ts';
import {finishTool} from './call.ts';
import type {Command, Rejection} from './command.ts';
import {assignmentOf, createAgent, roleNamed} from './create-agent.ts';
import {cancelCalls, killAgent, pauseFamily, unblock} from './end-agent.ts';
import type {AgentId} from './id.ts';
import {lastItem, placeOfItem} from './pages.ts';
import {nextId, type Pen, write} from './pen.ts';
import {reject} from './rejection.ts';
import type {RoleFacts} from './role.ts';
import {agentIn, type Run} from './run.ts';
import {workRoles} from './work-roles.ts';

export type AgentCommand = Extract<Command, {type: `agent.${string}`}>;

const withAgent = (pen: Pen, agentId: AgentId, act: (agent: Agent) => Rejection | undefined): Rejection | undefined => {
	const agent = agentIn(pen.run, agentId);
	return agent === undefined ? reject('unknown', `There is no agent ${agentId} in this run.`) : act(agent);
};

/** The role that a person names for an agent beside the plan; undefined of one that nobody can have there. */
const workRole = (run: Run, name: string): RoleFacts | undefined =>
	workRoles([name]).length === 0 ? undefined : roleNamed(run, name);

const noMoreWork = reject('not_now', 'A limit is reached, and those at work report now. Raise the limit first.');

/** Another model, other tools or more instructions from the next turn on. */
const changeAgent = (
	pen: Pen,
	agent: Agent,
	{tier, tools, instructions}: Extract<AgentCommand, {type: 'agent.change'}>,
): Rejection | undefined => {
	if (isEnded(agent)) return reject('not_now', `${agent.name} has ended already (${agent.status.kind}).`);
	if (tier === undefined && tools === undefined && (instructions ?? '').trim() === '')
		return reject('invalid', 'Nothing was changed: name a model, tools or instructions.');
	if (instructions !== undefined && instructions.trim() === '') return reject('invalid', 'The instructions are empty.');
	const known = new Set(Object.values(pen.run.settings.roles).flatMap(role => role.tools));
	const stray = tools?.find(tool => !known.has(tool));
	if (stray !== undefined)
		return reject('unknown', `There is no tool "${stray}". Known: ${[...known].sort().join(', ')}.`);
	const model = tier === undefined ? undefined : pen.run.settings.models[tier];
	// Without it the agent could do nothing but fail at the end.
	const kept = tools === undefined ? undefined : [...new Set([...tools, finishTool])];
	write(pen, {type: 'agent.changed', agentId: agent.id, model, tools: kept, instructions});
	return undefined;
};

/** A new agent beside the plan that knows what this one knew after a turn. */
const forkAgent = (
	pen: Pen,
	agent: Agent,
	{turnId, text}: Extract<AgentCommand, {type: 'agent.fork'}>,
): Rejection | undefined => {
	if (agent.assignment.kind === 'plan') return reject('not_now', 'The planner has no conversation to fork.');
	const after = turnId ?? lastItem(agent.turnIds);
	if (after === undefined) return reject('not_now', `${agent.name} has not finished a turn yet.`);
	if (placeOfItem(agent.turnIds, after) === -1)
		return reject('unknown', `${agent.name} has finished no turn ${after}.`);
	if (text.trim() === '') return reject('invalid', 'Say what the new agent is to do.');
	if (pen.run.windsUp) return noMoreWork;
	const {title} = agent.assignment;
	const agentId = createAgent(
		pen,
		{...agent.assignment, kind: 'task', title: `Fork of ${agent.name}: ${title}`},
		{
			model: agent.model,
			fork: {agentId: agent.id, turnId: after},
			// Of an earlier turn the conversation is shorter; what it holds now is the most it can be.
			inherited: agent.contextTokens + agent.fresh.bytes,
		},
	);
	for (const instructions of agent.instructions)
		write(pen, {type: 'agent.changed', agentId, model: undefined, tools: undefined, instructions});
	write(pen, {type: 'agent.messaged', agentId, messageId: nextId(pen, 'message'), text, from: 'person'});
	return undefined;
};

/** Do what is asked of one agent, or of a new one, or say in words why it cannot be done now. */
export const decideAgent = (pen: Pen, command: AgentCommand): Rejection | undefined => {
	const {run} = pen;
	switch (command.type) {
		case 'agent.create': {
			const role = workRole(run, command.role);
			if (role === undefined) {
				const known = workRoles(Object.keys(run.settings.roles)).join(', ');
				return reject('unknown', `A task can be given to one of ${known}; "${command.role}" is none of them.`);
			}
			const {objective} = command;
			if (objective.trim() === '') return reject('invalid', 'The task is empty. Say what the agent is to do.');
			if (run.windsUp) return noMoreWork;
			createAgent(pen, assignmentOf(role, 'task', objective, objective), {
				model: run.settings.models[command.tier ?? role.tier],
			});
			return undefined;
		}
		case 'agent.message':
			return withAgent(pen, command.agentId, agent => {
				if (command.text.trim() === '') return reject('invalid', 'The message is empty.');
				if (isEnded(agent) && !(agent.assignment.kind === 'task' && agent.status.kind === 'done'))
					return reject('not_now', `${agent.name} has ended (${agent.status.kind}) and reads no more messages.`);
				if (agent.retired) return reject('not_now', `${agent.name} is retired. Fork it to go on from where it was.`);
				write(pen, {
					type: 'agent.messaged',
					agentId: agent.id,
					messageId: nextId(pen, 'message'),
					text: command.text,
					from: 'person',
				});
				const {kind} = agent.status;
				if (kind === 'blocked') unblock(pen, agent.id);
				if (kind === 'interrupted' || kind === 'done') write(pen, {type: 'agent.continued', agentId: agent.id});
				return undefined;
			});
		case 'agent.interrupt':
			return withAgent(pen, command.agentId, agent => {
				if (isEnded(agent) || agent.status.kind === 'interrupted' || agent.status.kind === 'blocked')
					return reject('not_now', `${agent.name} is not working: it is ${agent.status.kind}.`);
				write(pen, {type: 'agent.interrupted', agentId: agent.id});
				cancelCalls(pen, agent.id, 'Not carried out: the person interrupted the turn.');
				return undefined;
			});
		case 'agent.continue':
			return withAgent(pen, command.agentId, agent => {
				if (isEnded(agent) || (!agent.paused && agent.status.kind !== 'interrupted'))
					return reject('not_now', `${agent.name} is neither paused nor interrupted: it is ${agent.status.kind}.`);
				pauseFamily(pen, agent, 'agent.resumed');
				if (agent.status.kind === 'interrupted') write(pen, {type: 'agent.continued', agentId: agent.id});
				return undefined;
			});
		case 'agent.pause':
			return withAgent(pen, command.agentId, agent => {
				if (isEnded(agent)) return reject('not_now', `${agent.name} has ended already (${agent.status.kind}).`);
				if (agent.paused) return reject('not_now', `${agent.name} is paused already.`);
				pauseFamily(pen, agent, 'agent.paused');
				return undefined;
			});
		case 'agent.change':
			return withAgent(pen, command.agentId, agent => changeAgent(pen, agent, command));
		case 'agent.fork':
			return withAgent(pen, command.agentId, agent => forkAgent(pen, agent, command));
		case 'agent.retire':
			return withAgent(pen, command.agentId, agent => {
				if (!isEnded(agent)) return reject('not_now', `${agent.name} is still ${agent.status.kind}. Kill it first.`);
				if (agent.retired) return reject('not_now', `${agent.name} is retired already.`);
				write(pen, {type: 'agent.retired', agentId: agent.id});
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
