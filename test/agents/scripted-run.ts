import {readRoleFiles} from '../../source/agents/read-role-files.ts';
import {loadRoles, roleFactsOf} from '../../source/agents/roles.ts';
import type {Agent} from '../../source/domain/agent.ts';
import {decide, type Message} from '../../source/domain/decide.ts';
import {agentOf, type Stamped} from '../../source/domain/event.ts';
import {evolve} from '../../source/domain/evolve.ts';
import type {AgentId} from '../../source/domain/id.ts';
import type {ReplyBlock, StopReason} from '../../source/domain/message.ts';
import type {PlanDraft} from '../../source/domain/plan.ts';
import type {Run} from '../../source/domain/run.ts';
import {nothingStanding, type RunSettings} from '../../source/domain/settings.ts';
import {noUsage} from '../../source/domain/usage.ts';
import {plainSettings} from '../support/plain-settings.ts';

const model = {id: 'model', provider: 'scripted', price: undefined, contextTokens: 200_000, maxOutputTokens: 10_000};

export const settings: RunSettings = {
	dir: '/project',
	outputsDir: '/outputs',
	provider: 'scripted',
	taskType: undefined,
	role: undefined,
	permissionMode: 'ask',
	standing: nothingStanding,
	maxParallel: 3,
	...plainSettings,
	roles: roleFactsOf(loadRoles(readRoleFiles()).roles),
	models: {haiku: model, sonnet: model, opus: model, frontier: model},
};

const step = (key: string, dependsOn: readonly string[], toolBudget: number): PlanDraft['steps'][number] => ({
	key,
	title: `Step ${key}`,
	role: 'analyst',
	objective: `Do ${key}.`,
	files: [],
	acceptance: ['It is done.'],
	dependsOn,
	tier: 'haiku',
	toolBudget,
});

const draft: PlanDraft = {
	taskType: 'research',
	steps: [step('one', [], 6), step('two', [], 40), step('three', ['one'], 3)],
};

/** A run whose commands and reports go through the real `decide`; what it refuses changes nothing. */
export type ScriptedRun = {
	readonly run: () => Run;
	readonly tell: (message: Message) => boolean;
	readonly reply: (agent: Agent, content: readonly ReplyBlock[], stopReason?: StopReason) => boolean;
	readonly storyOf: (agentId: AgentId) => readonly Stamped[];
};

/** With an approved plan of three steps, two of which have begun. */
export const startRun = (): ScriptedRun => {
	const stamped: Stamped[] = [];
	let run: Run | undefined;
	let now = 0;
	const tell = (message: Message): boolean => {
		now += 60_000;
		const decision = decide(run, message, now);
		if (decision.kind === 'rejection') return false;
		for (const event of decision.events) {
			const next: Stamped = {seq: stamped.length + 1, at: now, runId: 'run_test', cause: message.type, event};
			stamped.push(next);
			run = evolve(run, next);
		}
		return true;
	};
	const current = (): Run => {
		if (run === undefined) throw new Error('The run has not begun.');
		return run;
	};
	tell({type: 'run.create', runId: 'run_test', goal: 'Look around', settings});
	const [planner] = current().agents;
	if (planner?.turn === undefined) throw new Error('The run has no planner at work.');
	tell({
		type: 'plan.drafted',
		agentId: planner.id,
		turnId: planner.turn.id,
		reply: {kind: 'done', content: [{type: 'text', text: '{}'}], stopReason: 'end_turn', usage: noUsage},
		draft,
		problems: [],
		template: draft,
	});
	tell({type: 'plan.approve', runId: 'run_test'});
	return {
		run: current,
		tell,
		reply: (agent, content, stopReason = 'end_turn') =>
			agent.turn !== undefined &&
			tell({
				type: 'turn.replied',
				agentId: agent.id,
				turnId: agent.turn.id,
				reply: {kind: 'done', content, stopReason, usage: {...noUsage, input: 100, output: 10}},
			}),
		storyOf: agentId => stamped.filter(({event}) => agentOf(event) === agentId),
	};
};

/** The first agent at work on a step. */
export const workerOf = (script: ScriptedRun): Agent => {
	const worker = script.run().agents.find(agent => agent.assignment.kind === 'step');
	if (worker === undefined) throw new Error('No agent works on a step.');
	return worker;
};
