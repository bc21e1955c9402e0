import {type Agent, isActive, isRested} from './agent.ts';
import type {Call} from './call.ts';
import {startStep} from './create-agent.ts';
import {failUnreported} from './end-agent.ts';
import {endRun} from './end-run.ts';
import {hasRoom, tendLanes} from './lane-traffic.ts';
import {tendOverdue} from './overdue.ts';
import {type Pen, write} from './pen.ts';
import {type Plan, readinessOf, stepsOf} from './plan.ts';
import {planTree} from './plan-tree.ts';
import {agentIn} from './run.ts';
import {mustReport, startTurn} from './start-turn.ts';
import type {Step} from './step.ts';

const mayThink = (agent: Agent, now: number): boolean =>
	!agent.paused && agent.turn === undefined && (agent.status.kind === 'queued' || isRested(agent, now));

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

/** One report that did not count may be mended; more would go on for ever, and each costs a turn. */
const lastTurnsMax = 2;

/** End those that could only report, as often as they may, and did not. */
const endUnreported = (pen: Pen): void => {
	const isSpent = ({status, lastTurns}: Agent): boolean => status.kind === 'queued' && lastTurns >= lastTurnsMax;
	for (const {id} of pen.run.agents.filter(isSpent)) {
		// The end of one may have changed another.
		const agent = agentIn(pen.run, id);
		if (agent !== undefined && isSpent(agent) && mustReport(pen, agent)) failUnreported(pen, agent);
	}
};

/**
 * Who waits out a failure has kept its place and goes first; then those who have begun, so that few agents finish
 * rather than many begin.
 */
const byClaim = (a: Agent, b: Agent): number =>
	Number(isActive(b)) - Number(isActive(a)) || Number(b.turns > 0) - Number(a.turns > 0);

/** The steps that may start, the one first that stands higher in the plan as a person sees it. */
const readySteps = (plan: Plan | undefined): readonly Step[] => {
	if (plan === undefined) return [];
	const ready = stepsOf(plan).filter(
		step => step.status.kind === 'approved' && readinessOf(plan, step).kind === 'ready',
	);
	return ready.length < 2 ? ready : planTree(plan).flatMap(({step}) => (ready.includes(step) ? [step] : []));
};

/**
 * Start all that may start: calls that are allowed, then turns of agents at work, then ready steps, as far as places,
 * lanes and limits reach; and end the run when nothing more can happen. There are no levels: a step starts as soon as
 * the steps it needs are done.
 */
export const advance = (pen: Pen): void => {
	const over = (): boolean => pen.run.status.kind === 'ended' || pen.run.suspended;
	if (over()) return;
	tendOverdue(pen);
	if (over()) return;
	endUnreported(pen);
	const places = (): number => pen.run.settings.maxParallel - pen.run.agents.filter(isActive).length;
	// Calls of a turn that was paid for are finished also while the run is paused.
	const act = (): void => {
		for (const agent of pen.run.agents)
			if (agent.status.kind === 'acting' && !agent.paused && (isActive(agent) || places() > 0)) startCalls(pen, agent);
	};
	act();
	const paused = (): boolean => pen.run.status.kind === 'paused';
	if (paused()) return;
	tendLanes(pen);
	for (const agent of pen.run.agents.filter(one => mayThink(one, pen.now)).sort(byClaim)) {
		if (paused()) break;
		if ((places() > 0 || isActive(agent)) && hasRoom(pen.run, agent)) startTurn(pen, agent);
	}
	// Whom a limit has stopped has left its place to others.
	act();
	if (paused()) return;
	const mayStart = (): boolean => !pen.run.windsUp && places() > 0;
	for (const step of mayStart() ? readySteps(pen.run.plan) : []) {
		if (paused()) return;
		if (!mayStart()) continue;
		if (!hasRoom(pen.run, {model: pen.run.settings.models[step.tier]})) continue;
		// Who could go on but for its money comes before who has not begun.
		if (pen.run.agents.some(agent => mayThink(agent, pen.now) && hasRoom(pen.run, agent))) return;
		startStep(pen, step);
		const agent = pen.run.agents.at(-1);
		if (agent !== undefined) startTurn(pen, agent);
	}
	endRun(pen);
};
