import {agentPath} from '../../components/parts/agent-path.ts';
import {limitUses} from '../../components/parts/limit-use.ts';
import type {Spent} from '../../components/parts/money.ts';
import {type StepCosts, stepCosts} from '../../components/parts/step-costs.ts';
import {stepState} from '../../components/parts/step-state.ts';
import {type Agent, asksPerson, type Letter} from '../domain/agent.ts';
import type {Stamped} from '../domain/event.ts';
import type {Lane} from '../domain/lane.ts';
import {runBudget, type Spend} from '../domain/limits.ts';
import {type NanoUsd, toUsd} from '../domain/money.ts';
import {stepsOf} from '../domain/plan.ts';
import type {Request} from '../domain/request.ts';
import {agentIn, type Run, type RunSummary} from '../domain/run.ts';
import type {Step} from '../domain/step.ts';
import {totalTokens} from '../domain/usage.ts';
import {fromLimit, limitUnits} from './limit-unit.ts';
import {askerOf, blockedBy} from './request-words.ts';
import type {ShownStatus} from './shown-status.ts';

/** The JSON forms that scripts read. Their fields are documented in docs/json.md and never change their meaning. */

export const time = (ms: number): string => new Date(ms).toISOString();
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

export const spentOf = ({ledger}: Run): Spent => ({
	settled: ledger.settled,
	estimated: ledger.estimated,
	unpriced: ledger.unpricedTurns > 0,
});

/** With no price for a part of it, a sum would look like a whole. */
export const spentUsd = ({settled, estimated, unpriced}: Spent): number | null =>
	unpriced ? null : usd(settled + estimated);

const nothingSpent: Spent = {settled: 0, estimated: 0, unpriced: false};

const presentLetter = ({id, text, from, sentAt, state}: Letter) => ({id, text, from, sentAt: time(sentAt), state});

const agentWord = (agent: Agent): string => (asksPerson(agent) ? 'needs you' : agent.status.kind);

/** One of `agents[]`. */
export const presentAgent = (run: Run, agent: Agent) => ({
	id: agent.id,
	name: agent.name,
	path: agentPath(run, agent),
	parentId: agent.parent?.agentId ?? null,
	depth: agent.depth,
	forkOf: agent.fork?.agentId ?? null,
	role: agent.assignment.role,
	stepId: agent.stepId ?? null,
	model: agent.model.id,
	provider: agent.model.provider,
	status: agentWord(agent),
	paused: agent.paused,
	retired: agent.retired,
	activity: agent.activity,
	turns: agent.turns,
	toolCalls: agent.callsMade,
	contextPercent: Math.round((100 * agent.contextTokens) / agent.model.contextTokens),
	usage: agent.usage,
	messages: [...agent.read, ...agent.mailbox].map(presentLetter),
	costUsd: spentUsd(agent),
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
		const name = agentIn(run, event.agentId)?.name ?? event.agentId;
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

/** One of `lanes[]`. */
export const presentLane = ({name, state, width, failures}: Lane) => ({
	name,
	state: state.kind,
	until: state.kind === 'paused' ? time(state.until) : null,
	failure: state.kind === 'open' ? null : state.failure,
	atOnce: width ?? null,
	pauses: failures,
});

/** One of `requests[]`. */
export const presentRequest = (run: Run, request: Request) => ({
	id: request.id,
	kind: request.ask.kind,
	status: request.status.kind,
	openedAt: time(request.openedAt),
	seenAt: request.seenAt === undefined ? null : time(request.seenAt),
	overdueAt: request.overdueAt === undefined ? null : time(request.overdueAt),
	agentId: request.agentId ?? null,
	askedBy: askerOf(run, request) ?? null,
	stepId: request.stepId ?? null,
	blocks: request.status.kind === 'open' ? blockedBy(run, request) : [],
	ask: request.ask,
	answer: request.status.kind === 'answered' ? {...request.status.answer, by: request.status.by} : null,
});

/** One of `plan.steps[]`. */
export const presentStep = (run: Run, step: Step, costs: StepCosts) => ({
	id: step.id,
	key: step.key,
	title: step.title,
	role: step.role,
	status: stepState(run, step).word,
	objective: step.objective,
	files: step.files,
	acceptance: step.acceptance,
	dependsOn: step.dependsOn,
	tier: step.tier,
	toolBudget: step.toolBudget,
	estimatedCostUsd: step.estimate === undefined ? null : usd(step.estimate),
	costUsd: spentUsd(costs.get(step.id) ?? nothingSpent),
	agentId: 'agentId' in step.status ? step.status.agentId : null,
	startedAt: 'startedAt' in step.status ? time(step.status.startedAt) : null,
	endedAt: 'endedAt' in step.status ? time(step.status.endedAt) : null,
	result: step.status.kind === 'done' ? step.status.packet : null,
	failure: step.status.kind === 'failed' ? step.status.failure : null,
	reason: step.status.kind === 'rejected' || step.status.kind === 'skipped' ? step.status.reason : null,
});

/** The limits of the run and the day. `elsewhere` is what other runs have used up on the latest day of this one. */
export const presentLimits = (run: Run, elsewhere: Spend) =>
	limitUses(run, elsewhere).map(({scope, what, limit, used, held}) => ({
		scope,
		unit: limitUnits[what],
		limit: fromLimit(what, limit),
		used: fromLimit(what, used),
		held: fromLimit(what, held),
	}));

/** What is told of a run besides what it says itself. */
export type RunSurroundings = {
	readonly files: readonly FileUse[];
	readonly status: ShownStatus;
	/** What other runs have used up on the latest day of this one. */
	readonly elsewhere: Spend;
};

/** The object of `show --json` and `replay --json`. */
export const presentRun = (run: Run, {files, status, elsewhere}: RunSurroundings) => {
	const costs = stepCosts(run);
	const budget = runBudget(run.settings.limits);
	return {
		version: 1,
		id: run.id,
		goal: run.goal,
		dir: run.settings.dir,
		outputsDir: run.settings.outputsDir,
		status,
		reason: run.status.kind === 'ended' ? run.status.reason : null,
		provider: run.settings.provider,
		permissions: run.settings.permissionMode,
		rules: run.settings.rules,
		grants: run.grants.map(({rule, agentId, reach}) => ({rule, reach, agentId: agentId ?? null})),
		verification: run.settings.verification,
		createdAt: time(run.createdAt),
		lastEventAt: time(run.lastEventAt),
		plan: {
			taskType: run.plan?.taskType ?? null,
			source: run.plan?.source ?? null,
			steps: stepsOf(run.plan).map(step => presentStep(run, step, costs)),
		},
		agents: run.agents.map(agent => presentAgent(run, agent)),
		usage: {
			...run.ledger.usage,
			tokens: totalTokens(run.ledger.usage),
			costUsd:
				run.ledger.unpricedTurns > 0 && run.ledger.settled === 0
					? null
					: usd(run.ledger.settled + run.ledger.estimated),
			settledUsd: usd(run.ledger.settled),
			estimatedUsd: usd(run.ledger.estimated),
			reservedUsd: usd(run.ledger.reserved),
			budgetUsd: budget === undefined ? null : usd(budget),
			unpricedTurns: run.ledger.unpricedTurns,
		},
		limits: presentLimits(run, elsewhere),
		lanes: Object.values(run.lanes).map(presentLane),
		files,
		requests: run.requests.map(request => presentRequest(run, request)),
	};
};

/** One event: the stamp first, then the event's own fields. */
export const presentEvent = ({seq, at, runId, cause, event}: Stamped) => ({seq, at, runId, cause, ...event});
