import type {RunEvent, Stamped} from '../../source/domain/event.ts';
import {evolve} from '../../source/domain/evolve.ts';
import type {AgentId, RunId} from '../../source/domain/id.ts';
import {noLimits} from '../../source/domain/limits.ts';
import type {ModelFacts} from '../../source/domain/model.ts';
import {noRules} from '../../source/domain/rules.ts';
import {type Run, summarize} from '../../source/domain/run.ts';
import {nothingStanding, usualPatience, usualWatch} from '../../source/domain/settings.ts';
import {noUsage} from '../../source/domain/usage.ts';
import type {NewEvent} from '../../source/engine/event-log.ts';

const model: ModelFacts = {
	id: 'offline-1',
	provider: 'offline',
	price: undefined,
	contextTokens: 200_000,
	maxOutputTokens: 8000,
};

export const created = (goal: string): RunEvent => ({
	type: 'run.created',
	goal,
	settings: {
		dir: '/somewhere',
		outputsDir: '/elsewhere',
		provider: 'offline',
		taskType: undefined,
		role: undefined,
		permissionMode: 'ask',
		standing: nothingStanding,
		rules: noRules,
		maxParallel: 5,
		limits: noLimits,
		patience: usualPatience,
		watch: usualWatch,
		unknownOutcome: 'ask',
		verification: 'auto',
		checks: [],
		history: [],
		roles: {},
		models: {haiku: model, sonnet: model, opus: model, frontier: model},
	},
});

export const agentCreated = (agentId: AgentId, name: string): RunEvent => ({
	type: 'agent.created',
	agentId,
	name,
	stepId: undefined,
	model,
	assignment: {
		kind: 'task',
		role: 'scout',
		title: 'Look',
		objective: 'Look around, „quoted“ and with a \u0000 and an emoji 🚢',
		acceptance: [],
		files: [],
		briefs: [],
		tools: ['read_file'],
		maxTurns: 3,
		toolBudget: 5,
		maxOutputTokens: 1000,
	},
	parent: undefined,
	depth: 1,
	fork: undefined,
	inherited: 0,
});

export const messaged = (agentId: AgentId, n: number): RunEvent => ({
	type: 'agent.messaged',
	agentId,
	messageId: `message_x_${n}`,
	text: `letter ${n}`,
	from: 'person',
});

/** A short history of a run with every kind of field that JSON could lose. */
export const story = (goal: string): readonly RunEvent[] => [
	created(goal),
	agentCreated('agent_x_1', 'scout-1'),
	{
		type: 'plan.proposed',
		taskType: 'survey',
		source: 'template',
		problems: [],
		steps: [
			{
				id: 'step_x_1',
				key: 'scout',
				estimate: undefined,
				title: 'Scout',
				role: 'scout',
				objective: 'Look',
				files: [],
				acceptance: [],
				dependsOn: [],
				tier: 'haiku',
				toolBudget: 3,
				allowance: {},
			},
		],
	},
	{type: 'step.edited', stepId: 'step_x_1', patch: {title: 'Scout well'}, estimate: undefined},
	{type: 'request.opened', requestId: 'request_x_1', agentId: undefined, stepId: undefined, ask: {kind: 'plan'}},
	{
		type: 'turn.started',
		turnId: 'turn_x_1',
		agentId: 'agent_x_1',
		promptGuess: 100,
		reserved: 0,
		reservedTokens: 1000,
		delivers: [],
		last: false,
	},
	{
		type: 'turn.failed',
		turnId: 'turn_x_1',
		agentId: 'agent_x_1',
		failure: {kind: 'aborted', message: 'It was cut off.'},
		partial: [{type: 'tool_use', useId: 'use_1', name: 'grep', input: undefined}],
		settlement: {usage: noUsage, cost: undefined, estimated: true},
		retryAt: undefined,
	},
	{type: 'budget.raised', scope: 'run', what: 'money', limit: undefined, agentId: undefined, stepId: undefined},
	{type: 'run.ended', outcome: 'stopped', reason: 'enough', failure: undefined},
];

export const newEvents = (runId: RunId, events: readonly RunEvent[], at = 1000): readonly NewEvent[] =>
	events.map((event, index) => ({at: at + index, runId, cause: 'command test', event}));

export const fold = (events: Iterable<NewEvent | Stamped>): Run => {
	let run: Run | undefined;
	for (const event of events) run = evolve(run, event);
	if (run === undefined) throw new Error('There was nothing to fold.');
	return run;
};

export const summaryOf = (events: Iterable<NewEvent | Stamped>) => summarize(fold(events));
