import {type Agent, asksPerson} from '../domain/agent.ts';
import type {Stamped} from '../domain/event.ts';
import {type NanoUsd, toUsd} from '../domain/money.ts';
import {stepsOf} from '../domain/plan.ts';
import {agentsOf, type Run, type RunSummary, stepWord} from '../domain/run.ts';
import {totalTokens} from '../domain/usage.ts';
import type {ShownStatus} from './shown-status.ts';

/** The JSON forms that scripts read. Their fields are documented in docs/json.md and never change their meaning. */

const time = (ms: number): string => new Date(ms).toISOString();
const usd = (nano: NanoUsd): number => toUsd(nano);

/** One line of `ls --json`. `costUsd` contains estimates; `costEstimated` says whether there are any. */
export const presentSummary = (summary: RunSummary, status: ShownStatus) => ({
	id: summary.id,
	goal: summary.goal,
	dir: summary.dir,
	status,
	createdAt: time(summary.createdAt),
	lastEventAt: time(summary.lastEventAt),
	steps: summary.steps,
	costUsd: summary.unpriced && summary.spent === 0 ? null : usd(summary.spent),
	costEstimated: summary.estimated,
	tokens: totalTokens(summary.usage),
	waiting: summary.waiting,
});

const agentWord = (agent: Agent): string => (asksPerson(agent) ? 'needs you' : agent.status.kind);

const presentAgent = (agent: Agent) => ({
	id: agent.id,
	name: agent.name,
	role: agent.assignment.role,
	stepId: agent.stepId ?? null,
	model: agent.model.id,
	status: agentWord(agent),
	activity: agent.activity,
	turns: agent.turns,
	toolCalls: agent.callsMade,
	contextPercent: Math.round((100 * agent.contextTokens) / agent.model.contextTokens),
	usage: agent.usage,
	costUsd: agent.unpriced ? null : usd(agent.settled + agent.estimated),
	estimatedUsd: usd(agent.estimated),
	createdAt: time(agent.createdAt),
	endedAt: agent.endedAt === undefined ? null : time(agent.endedAt),
});

export type FileUse = {readonly path: string; readonly read: readonly string[]; readonly written: readonly string[]};

/** Which agents read and wrote which file, by path. */
export const filesOf = (run: Run, events: Iterable<Stamped>): readonly FileUse[] => {
	const uses = new Map<string, {read: Set<string>; written: Set<string>}>();
	for (const {event} of events) {
		if (event.type !== 'call.finished') continue;
		const name = run.agents[event.agentId]?.name ?? event.agentId;
		for (const {path, how} of event.touched) {
			const use = uses.get(path) ?? {read: new Set(), written: new Set()};
			use[how].add(name);
			uses.set(path, use);
		}
	}
	return [...uses]
		.sort(([a], [b]) => a.localeCompare(b))
		.map(([path, use]) => ({path, read: [...use.read], written: [...use.written]}));
};

/** The object of `show --json` and `replay --json`. */
export const presentRun = (run: Run, files: readonly FileUse[], status: ShownStatus) => ({
	id: run.id,
	goal: run.goal,
	dir: run.settings.dir,
	outputsDir: run.settings.outputsDir,
	status,
	reason: run.status.kind === 'ended' ? run.status.reason : null,
	provider: run.settings.provider,
	permissions: run.settings.permissionMode,
	createdAt: time(run.createdAt),
	lastEventAt: time(run.lastEventAt),
	plan: {
		taskType: run.plan?.taskType ?? null,
		source: run.plan?.source ?? null,
		steps: stepsOf(run.plan).map(step => ({
			id: step.id,
			key: step.key,
			title: step.title,
			role: step.role,
			status: stepWord(run, step),
			objective: step.objective,
			files: step.files,
			acceptance: step.acceptance,
			dependsOn: step.dependsOn,
			tier: step.tier,
			toolBudget: step.toolBudget,
			estimatedCostUsd: step.estimate === undefined ? null : usd(step.estimate),
			agentId: 'agentId' in step.status ? step.status.agentId : null,
			startedAt: 'startedAt' in step.status ? time(step.status.startedAt) : null,
			endedAt: 'endedAt' in step.status ? time(step.status.endedAt) : null,
			result: step.status.kind === 'done' ? step.status.packet : null,
			failure: step.status.kind === 'failed' ? step.status.failure : null,
			reason: step.status.kind === 'rejected' ? step.status.reason : null,
		})),
	},
	agents: agentsOf(run).map(presentAgent),
	usage: {
		...run.ledger.usage,
		tokens: totalTokens(run.ledger.usage),
		costUsd:
			run.ledger.unpricedTurns > 0 && run.ledger.settled === 0 ? null : usd(run.ledger.settled + run.ledger.estimated),
		settledUsd: usd(run.ledger.settled),
		estimatedUsd: usd(run.ledger.estimated),
		reservedUsd: usd(run.ledger.reserved),
		budgetUsd: run.settings.budget === undefined ? null : usd(run.settings.budget),
		unpricedTurns: run.ledger.unpricedTurns,
	},
	files,
	requests: Object.values(run.requests).map(request => ({
		id: request.id,
		kind: request.ask.kind,
		status: request.status.kind,
		openedAt: time(request.openedAt),
		agentId: request.agentId ?? null,
		stepId: request.stepId ?? null,
		ask: request.ask,
		answer: request.status.kind === 'answered' ? {...request.status.answer, by: request.status.by} : null,
	})),
});

/** One event: the stamp first, then the event's own fields. */
export const presentEvent = ({seq, at, runId, cause, event}: Stamped) => ({seq, at, runId, cause, ...event});
