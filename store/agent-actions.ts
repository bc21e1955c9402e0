import {type Agent, isEnded} from '../source/domain/agent.ts';
import {
	always,
	listedAgent,
	noAgent,
	noLiveRun,
	nothing,
	type Outcome,
	open,
	type Rule,
	selectedAgent,
	ui,
	type View,
} from './action.ts';
import {changeForm, createForm, forkForm} from './agent-forms.ts';
import {openForm} from './open-form.ts';
import {sayKey} from './say-key.ts';
import {topOverlay} from './ui.ts';

const unless =
	(problem: (agent: Agent) => string | undefined) =>
	(view: View): string | undefined => {
		const agent = selectedAgent(view);
		return noLiveRun(view) ?? (agent === undefined ? 'No agent is selected.' : problem(agent));
	};

const hasEnded = (agent: Agent): string | undefined =>
	isEnded(agent) ? `${agent.name} has ended already (${agent.status.kind}).` : undefined;

/** Why an agent takes no message, and who would. */
export const cannotRead = (agent: Agent): string | undefined => {
	if (!isEnded(agent) || (agent.assignment.kind === 'task' && agent.status.kind === 'done')) return undefined;
	const canFork = agent.assignment.kind !== 'plan' && agent.turnIds.length > 0;
	const way = canFork ? ' Fork it to go on from where it was.' : '';
	return `${agent.name} has ended (${agent.status.kind}) and reads no more messages.${way}`;
};

const withAgent =
	(act: (agent: Agent, view: View) => Outcome) =>
	(view: View): Outcome => {
		const agent = selectedAgent(view);
		return agent === undefined ? ui() : act(agent, view);
	};

const sendOn = (command: (agent: Agent) => 'agent.interrupt' | 'agent.continue' | 'agent.pause') =>
	withAgent((agent, {run}) =>
		run === undefined
			? ui()
			: {kind: 'send', command: {type: command(agent), runId: run.id, agentId: agent.id}, after: nothing},
	);

/** The turn after which a fork parts: in a transcript the one the person is at, elsewhere the latest. */
const turnOf = ({ui: state, facts}: View) =>
	topOverlay(state)?.kind === 'transcript' ? facts.transcript?.turn : undefined;

/** What can be done to an agent. */
export const agentActions = {
	'agent.peek': {
		disabled: view => (listedAgent(view) === undefined ? noAgent(view) : undefined),
		act: view => {
			if (topOverlay(view.ui)?.kind === 'peek') return ui({type: 'overlay.close'});
			const agent = listedAgent(view);
			return agent === undefined
				? ui()
				: ui({type: 'agent.select', agentId: agent.id}, {type: 'overlay.open', overlay: {kind: 'peek'}});
		},
	},
	'agent.message': {
		disabled: unless(cannotRead),
		act: withAgent(agent => ui({type: 'prompt.open', to: agent.id})),
	},
	'agent.create': {
		disabled: noLiveRun,
		act: view => (view.run === undefined ? ui() : openForm(view, createForm(view.run))),
	},
	'agent.interrupt': {
		disabled: unless(agent =>
			isEnded(agent) || agent.status.kind === 'interrupted' || agent.status.kind === 'blocked'
				? `${agent.name} is not working: it is ${agent.status.kind}.`
				: undefined,
		),
		act: sendOn(() => 'agent.interrupt'),
	},
	'agent.continue': {
		disabled: unless(agent =>
			agent.status.kind === 'interrupted'
				? undefined
				: `${agent.name} was not interrupted: it is ${agent.status.kind}.`,
		),
		act: sendOn(() => 'agent.continue'),
	},
	'agent.pause': {
		disabled: unless(hasEnded),
		act: sendOn(({paused}) => (paused ? 'agent.continue' : 'agent.pause')),
	},
	'agent.change': {
		disabled: unless(hasEnded),
		act: withAgent((agent, view) => openForm(view, changeForm(agent))),
	},
	'agent.fork': {
		disabled: unless(agent => {
			if (agent.assignment.kind === 'plan') return 'The planner has no conversation to fork.';
			return agent.turnIds.length === 0 ? `${agent.name} has not finished a turn yet.` : undefined;
		}),
		act: withAgent((agent, view) => openForm(view, forkForm(agent, turnOf(view)))),
	},
	'agent.retire': {
		disabled: unless(agent => {
			if (!isEnded(agent)) return `${agent.name} has not ended: kill it first, or wait.`;
			return agent.retired ? `${agent.name} is retired already.` : undefined;
		}),
		act: withAgent((agent, {run, facts, keymap, ui: {agents}}) => {
			if (run === undefined) return ui();
			// The row goes, and the selection to the one that takes its place; else it would be on the first of all.
			const shows = sayKey(keymap, 'agents.retired');
			const at = facts.agents.indexOf(agent.id);
			const neighbour = agents.retired || at === -1 ? undefined : (facts.agents[at + 1] ?? facts.agents[at - 1]);
			return {
				kind: 'send',
				command: {type: 'agent.retire', runId: run.id, agentId: agent.id},
				after: ({ui: now}) => [
					...(neighbour === undefined || now.agentId !== agent.id
						? []
						: [{type: 'agent.select', agentId: neighbour} as const]),
					{
						type: 'notice',
						notice: {
							tone: 'info',
							text: agents.retired
								? `${agent.name} is retired; ${shows} leaves it out.`
								: `${agent.name} is retired and off the list; all it did is kept, and ${shows} in the list shows it.`,
						},
					},
				],
			};
		}),
	},
	'agents.retired': {
		disabled: always,
		act: () => ui({type: 'agents.retired'}),
	},
	'agents.fold': {
		disabled: ({run}) =>
			run?.agents.some(agent => isEnded(agent) && agent.status.kind !== 'failed') === true
				? undefined
				: 'No agent is done yet.',
		act: ({facts}) => ui({type: 'agents.done', done: facts.foldedAgents > 0 ? 'shown' : 'folded'}),
	},
	'agent.kill': {
		disabled: unless(hasEnded),
		act: withAgent(agent => open({kind: 'kill', agentId: agent.id, sending: false, problem: undefined})),
	},
} as const satisfies Readonly<Record<string, Rule>>;
