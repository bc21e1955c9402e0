import type {Agent, Assignment, Brief, Fork, Parent} from './agent.ts';
import {finishTool, freeTools} from './call.ts';
import type {AgentId, StepId} from './id.ts';
import type {ModelFacts, Tier} from './model.ts';
import {nextId, type Pen, write} from './pen.ts';
import type {RoleFacts} from './role.ts';
import type {Run} from './run.ts';
import type {Step} from './step.ts';

/** What a new agent starts from, beside its assignment. */
export type Beginning = {
	readonly model: ModelFacts;
	readonly stepId?: StepId | undefined;
	readonly parent?: Parent;
	readonly depth?: number;
	readonly fork?: Fork;
	readonly inherited?: number;
};

export const createAgent = (pen: Pen, assignment: Assignment, beginning: Beginning): AgentId => {
	const agentId = nextId(pen, 'agent');
	const nth = pen.run.agents.filter(agent => agent.assignment.role === assignment.role).length + 1;
	write(pen, {
		type: 'agent.created',
		agentId,
		name: `${assignment.role}-${nth}`,
		stepId: beginning.stepId,
		model: beginning.model,
		assignment,
		parent: beginning.parent,
		depth: beginning.depth ?? 1,
		fork: beginning.fork,
		inherited: beginning.inherited ?? 0,
	});
	return agentId;
};

/** Work in words, for an agent of a role. */
export const assignmentOf = (role: RoleFacts, kind: 'task' | 'part', title: string, objective: string): Assignment => ({
	kind,
	role: role.name,
	title,
	objective,
	acceptance: [],
	files: [],
	briefs: [],
	tools: role.tools,
	maxTurns: role.maxTurns,
	toolBudget: role.toolBudget,
	maxOutputTokens: role.maxOutputTokens,
});

export const roleNamed = (run: Run, name: string): RoleFacts | undefined =>
	Object.hasOwn(run.settings.roles, name) ? run.settings.roles[name] : undefined;

/** An agent that does a part of another's work; its report goes to the call that waits for it. */
export const createHelper = (
	pen: Pen,
	parent: Agent,
	callId: Parent['callId'],
	role: RoleFacts,
	tier: Tier,
	words: {readonly title: string; readonly objective: string},
): AgentId => {
	const agentId = createAgent(pen, assignmentOf(role, 'part', words.title, words.objective), {
		model: pen.run.settings.models[tier],
		stepId: parent.stepId,
		parent: {agentId: parent.id, callId},
		depth: parent.depth + 1,
	});
	// Who works for a paused agent is paused with it.
	if (parent.paused) write(pen, {type: 'agent.paused', agentId});
	return agentId;
};

const briefsOf = (run: Run, step: Step): readonly Brief[] =>
	[...new Set(step.dependsOn)].flatMap((id): readonly Brief[] => {
		const need = run.plan?.steps[id];
		if (need?.status.kind === 'done')
			return [{kind: 'packet', key: need.key, title: need.title, packet: need.status.packet}];
		if (need?.status.kind === 'rejected' || need?.status.kind === 'skipped')
			return [{kind: 'rejected', key: need.key, title: need.title, reason: need.status.reason}];
		return [];
	});

/** What an agent of the role is given for a step. Without the tools for speaking to the fleet it could not even report. */
export const toolsOf = (role: RoleFacts, {tools = []}: Pick<Step, 'tools'>): readonly string[] =>
	tools.length === 0
		? role.tools
		: [...new Set([...tools, ...role.tools.filter(name => freeTools.has(name)), finishTool])];

export const startStep = (pen: Pen, step: Step): void => {
	const role = roleNamed(pen.run, step.role);
	if (role === undefined) throw new Error(`Step ${step.id} has the role ${step.role}, which the run does not know.`);
	write(pen, {type: 'step.started', stepId: step.id, agentId: nextId(pen, 'agent')});
	createAgent(
		pen,
		{
			kind: 'step',
			role: step.role,
			title: step.title,
			objective: step.objective,
			acceptance: step.acceptance,
			files: step.files,
			briefs: briefsOf(pen.run, step),
			tools: toolsOf(role, step),
			maxTurns: role.maxTurns,
			toolBudget: step.toolBudget,
			maxOutputTokens: role.maxOutputTokens,
		},
		{model: pen.run.settings.models[step.tier], stepId: step.id},
	);
};
