import {type Agent, type Assignment, type Brief, isActive, isEnded} from './agent.ts';
import {admit, promptGuess} from './budget.ts';
import type {Call} from './call.ts';
import type {AgentId, StepId} from './id.ts';
import type {ModelFacts} from './model.ts';
import {nextId, type Pen, write} from './pen.ts';
import {readinessOf, stepsOf} from './plan.ts';
import {agentsOf, openRequests, type Run} from './run.ts';
import {hasFailed, type Step} from './step.ts';

/** How full a context may get before the agent must report. */
const contextFull = 0.85;

export const createAgent = (
	pen: Pen,
	assignment: Assignment,
	model: ModelFacts,
	stepId: StepId | undefined,
): AgentId => {
	const agentId = nextId(pen, 'agent');
	const nth = agentsOf(pen.run).filter(agent => agent.assignment.role === assignment.role).length + 1;
	write(pen, {type: 'agent.created', agentId, name: `${assignment.role}-${nth}`, stepId, model, assignment});
	return agentId;
};

const briefsOf = (run: Run, step: Step): readonly Brief[] =>
	[...new Set(step.dependsOn)].flatMap((id): readonly Brief[] => {
		const need = run.plan?.steps[id];
		if (need?.status.kind === 'done')
			return [{kind: 'packet', key: need.key, title: need.title, packet: need.status.packet}];
		if (need?.status.kind === 'rejected')
			return [{kind: 'rejected', key: need.key, title: need.title, reason: need.status.reason}];
		return [];
	});

const startStep = (pen: Pen, step: Step): void => {
	const role = pen.run.settings.roles[step.role];
	if (role === undefined) throw new Error(`Step ${step.id} has the role ${step.role}, which the run does not know.`);
	const agentId = nextId(pen, 'agent');
	write(pen, {type: 'step.started', stepId: step.id, agentId});
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
			tools: role.tools,
			maxTurns: role.maxTurns,
			toolBudget: step.toolBudget,
			maxOutputTokens: role.maxOutputTokens,
		},
		pen.run.settings.models[step.tier],
		step.id,
	);
};

/** An agent that may only report now: it is at the end of its turns, its calls or its context. */
const mustReport = (agent: Agent): boolean =>
	agent.assignment.kind !== 'plan' &&
	(agent.turns + 1 >= agent.assignment.maxTurns ||
		agent.callsMade >= agent.assignment.toolBudget ||
		promptGuess(agent) + agent.assignment.maxOutputTokens > agent.model.contextTokens * contextFull);

/** Start the agent's next turn if the money for it can be set aside; otherwise wait or ask for more. */
const startTurn = (pen: Pen, agent: Agent): void => {
	const admission = admit(pen.run, agent);
	switch (admission.kind) {
		case 'later':
			return;
		case 'over':
			write(pen, {type: 'run.paused', by: 'budget'});
			write(pen, {
				type: 'request.opened',
				requestId: nextId(pen, 'request'),
				agentId: undefined,
				stepId: undefined,
				ask: {kind: 'budget', limit: admission.limit, needed: admission.needed},
			});
			return;
		case 'fits':
			write(pen, {
				type: 'turn.started',
				turnId: nextId(pen, 'turn'),
				agentId: agent.id,
				promptGuess: promptGuess(agent),
				reserved: admission.reserved,
				delivers: agent.mailbox.map(letter => letter.id),
				last: mustReport(agent),
			});
			return;
		default:
			admission satisfies never;
	}
};

const mayThink = (agent: Agent, now: number): boolean =>
	agent.turn === undefined &&
	(agent.status.kind === 'queued' || (agent.status.kind === 'backoff' && agent.status.until <= now));

/**
 * Calls that only read start at once. What writes or runs goes one at a time, in the order of the model: it also waits
 * for an earlier one that is still being weighed or asked about.
 */
const startCalls = (pen: Pen, agent: Agent): void => {
	const changes = (call: Call): boolean => call.effect !== 'read' && call.effect !== 'control';
	let blocked = false;
	for (const call of agent.calls) {
		if (call.status.kind === 'ended') continue;
		if (call.status.kind === 'allowed' && !(blocked && changes(call)))
			write(pen, {type: 'call.started', callId: call.id, agentId: agent.id});
		blocked ||= changes(call);
	}
};

const endRun = (pen: Pen): void => {
	const {run} = pen;
	const {plan} = run;
	if (plan === undefined || openRequests(run).length > 0) return;
	if (agentsOf(run).some(agent => !isEnded(agent))) return;
	const steps = stepsOf(plan);
	for (const step of steps) {
		const {kind} = step.status;
		if (kind === 'proposed' || kind === 'held' || kind === 'working') return;
		if (kind === 'approved' && readinessOf(plan, step).kind !== 'blocked') return;
	}
	const failed = steps.filter(step => step.status.kind === 'failed');
	const blocked = steps.filter(step => step.status.kind === 'approved');
	const faulted = steps.filter(hasFailed);
	const done = steps.filter(step => step.status.kind === 'done');
	if (failed.length > 0) {
		const names = failed.map(step => step.key).join(', ');
		const reason =
			blocked.length > 0
				? `failed: ${names}; blocked by that: ${blocked.map(step => step.key).join(', ')}`
				: `failed: ${names}`;
		const [first] = failed;
		const failure = first?.status.kind === 'failed' ? first.status.failure : undefined;
		write(pen, {type: 'run.ended', outcome: 'failed', reason, failure});
	} else if (faulted.length > 0) {
		const reason = `reported FAIL: ${faulted.map(step => step.key).join(', ')}`;
		write(pen, {type: 'run.ended', outcome: 'failed', reason, failure: undefined});
	} else if (done.length === 0) {
		write(pen, {type: 'run.ended', outcome: 'stopped', reason: 'every step was rejected', failure: undefined});
	} else {
		write(pen, {type: 'run.ended', outcome: 'done', reason: `${done.length} steps done`, failure: undefined});
	}
};

/**
 * Start all that may start: calls that are allowed, then turns of agents at work, then ready steps, as far as places
 * and money reach; and end the run when nothing more can happen. There are no levels: a step starts as soon as the
 * steps it needs are done.
 */
export const advance = (pen: Pen): void => {
	if (pen.run.status.kind === 'ended' || pen.run.suspended) return;
	const places = (): number => pen.run.settings.maxParallel - agentsOf(pen.run).filter(isActive).length;
	// Calls of a turn that was paid for are finished also while the run is paused.
	for (const agent of agentsOf(pen.run))
		if (agent.status.kind === 'acting' && (isActive(agent) || places() > 0)) startCalls(pen, agent);
	const paused = (): boolean => pen.run.status.kind === 'paused';
	if (paused()) return;
	// Those who have begun go first, so that few agents finish rather than many begin.
	const waiting = agentsOf(pen.run)
		.filter(agent => mayThink(agent, pen.now))
		.sort((a, b) => Number(b.turns > 0) - Number(a.turns > 0));
	for (const agent of waiting) {
		if (paused()) return;
		// Who waits out a backoff has kept its place.
		if (places() > 0 || isActive(agent)) startTurn(pen, agent);
	}
	for (const step of stepsOf(pen.run.plan)) {
		if (paused()) return;
		if (step.status.kind !== 'approved' || pen.run.plan === undefined) continue;
		if (readinessOf(pen.run.plan, step).kind !== 'ready' || places() <= 0) continue;
		if (agentsOf(pen.run).some(agent => agent.status.kind === 'queued' && agent.turn === undefined)) return;
		startStep(pen, step);
		const agent = agentsOf(pen.run).at(-1);
		if (agent !== undefined) startTurn(pen, agent);
	}
	endRun(pen);
};

/**
 * When a tick would move the run, ms since 1970; undefined when none would. Who must wait for money is moved by the
 * report that frees it, not by the clock.
 */
export const wakeAt = (run: Run): number | undefined => {
	if (run.status.kind === 'ended' || run.status.kind === 'paused' || run.suspended) return undefined;
	const times = agentsOf(run).flatMap(agent =>
		agent.status.kind === 'backoff' && agent.turn === undefined && admit(run, agent).kind !== 'later'
			? [agent.status.until]
			: [],
	);
	return times.length === 0 ? undefined : Math.min(...times);
};
