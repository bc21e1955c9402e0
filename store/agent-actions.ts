import {type Agent, isEnded} from '../source/domain/agent.ts';
import {type Outcome, type Rule, selectedAgent, ui, type View} from './action.ts';
import {emptyText} from './text-buffer.ts';

const unless =
	(problem: (agent: Agent) => string | undefined) =>
	(view: View): string | undefined => {
		if (view.run === undefined) return 'There is no run yet.';
		if (view.run.status.kind === 'ended') return 'The run has ended.';
		const agent = selectedAgent(view);
		return agent === undefined ? 'No agent is selected.' : problem(agent);
	};

const sendOn =
	(command: 'agent.interrupt' | 'agent.continue') =>
	(view: View): Outcome => {
		const agent = selectedAgent(view);
		if (view.run === undefined || agent === undefined) return ui();
		return {kind: 'send', command: {type: command, runId: view.run.id, agentId: agent.id}, after: []};
	};

/** What can be done to an agent. */
export const agentActions = {
	'agent.message': {
		disabled: unless(agent =>
			isEnded(agent) && !(agent.assignment.kind === 'task' && agent.status.kind === 'done')
				? `${agent.name} has ended (${agent.status.kind}) and reads no more messages.`
				: undefined,
		),
		act: view => {
			const agent = selectedAgent(view);
			return agent === undefined ? ui() : ui({type: 'prompt.open', to: agent.id});
		},
	},
	'agent.create': {
		disabled: ({run}) => {
			if (run === undefined) return 'There is no run yet.';
			return run.status.kind === 'ended' ? 'The run has ended.' : undefined;
		},
		act: ({run}) =>
			ui({
				type: 'overlay.open',
				overlay: {
					kind: 'create',
					field: 'objective',
					role: Object.keys(run?.settings.roles ?? {}).find(role => role !== 'planner') ?? '',
					objective: emptyText,
					sending: false,
					problem: undefined,
				},
			}),
	},
	'agent.interrupt': {
		disabled: unless(agent =>
			isEnded(agent) || agent.status.kind === 'interrupted'
				? `${agent.name} is not working: it is ${agent.status.kind}.`
				: undefined,
		),
		act: sendOn('agent.interrupt'),
	},
	'agent.continue': {
		disabled: unless(agent =>
			agent.status.kind === 'interrupted'
				? undefined
				: `${agent.name} was not interrupted: it is ${agent.status.kind}.`,
		),
		act: sendOn('agent.continue'),
	},
	'agent.kill': {
		disabled: unless(agent => (isEnded(agent) ? `${agent.name} has ended already (${agent.status.kind}).` : undefined)),
		act: view => {
			const agent = selectedAgent(view);
			return agent === undefined ? ui() : ui({type: 'overlay.open', overlay: {kind: 'kill', agentId: agent.id}});
		},
	},
} as const satisfies Readonly<Record<string, Rule>>;
