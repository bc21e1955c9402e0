import type {Agent, Turn} from './agent.ts';
import type {Failure} from './failure.ts';
import {type Lane, openLane, pausedUntil} from './lane.ts';
import {nextId, type Pen, write} from './pen.ts';
import {isWanted, openRequests, type Run} from './run.ts';

const inFlight = (run: Run, name: string): number =>
	run.agents.filter(({turn}) => turn?.model.provider === name).length;

/** The most turns a lane takes at once. After a pause one goes first, to see whether the way is free. */
const widthOf = (lane: Lane): number => (lane.failures > 0 ? 1 : (lane.width ?? Number.POSITIVE_INFINITY));

/** Whether nobody may ask this provider now. */
export const isShut = (run: Run, name: string): boolean => (run.lanes[name]?.state.kind ?? 'open') !== 'open';

/** Whether another turn of this agent may go out to its provider now. */
export const hasRoom = (run: Run, agent: Pick<Agent, 'model'>): boolean => {
	const lane = run.lanes[agent.model.provider];
	if (lane === undefined) return true;
	return lane.state.kind === 'open' && inFlight(run, lane.name) < widthOf(lane);
};

/** The provider refused because of its own limits: its lane pauses, or a person is asked. */
export const holdLane = (pen: Pen, turn: Turn, failure: Failure): void => {
	const name = turn.model.provider;
	const lane = pen.run.lanes[name] ?? openLane(name);
	const {state} = lane;
	if (state.kind === 'closed' || pen.run.status.kind === 'ended') return;
	// No turn starts in a paused lane: those that were out when it paused say the same once more, which is no other try.
	const known = state.kind === 'paused';
	const until = pausedUntil(failure, known ? Math.max(0, lane.failures - 1) : lane.failures, turn.id, pen.now);
	if (until === undefined) {
		write(pen, {type: 'lane.closed', lane: name, failure});
		return;
	}
	if (known) {
		if (until > state.until)
			write(pen, {
				type: 'lane.paused',
				lane: name,
				until,
				failure,
				failures: lane.failures,
				width: lane.width ?? 1,
			});
		return;
	}
	const width = Math.max(1, Math.floor((inFlight(pen.run, name) + 1) / 2));
	write(pen, {
		type: 'lane.paused',
		lane: name,
		until,
		failure,
		failures: lane.failures + 1,
		width: Math.min(width, lane.width ?? width),
	});
};

/** A good reply: after as many of them as the lane is wide, it takes one more at once. */
export const widenLane = (pen: Pen, turn: Turn): void => {
	const lane = pen.run.lanes[turn.model.provider];
	if (lane?.width === undefined || lane.state.kind !== 'open' || pen.run.status.kind === 'ended') return;
	if (lane.streak < lane.width || lane.width >= pen.run.settings.maxParallel) return;
	write(pen, {type: 'lane.widened', lane: lane.name, width: lane.width + 1});
};

/** Open lanes whose pause is over, and ask about those that will not open by themselves. */
export const tendLanes = (pen: Pen): void => {
	for (const lane of Object.values(pen.run.lanes)) {
		const {name, state} = lane;
		// It has waited long enough, or the clock was set back since.
		if (state.kind === 'paused' && (state.until <= pen.now || pen.now < state.since))
			write(pen, {type: 'lane.opened', lane: name});
		if (state.kind !== 'closed') continue;
		const asked = openRequests(pen.run).find(({ask}) => ask.kind === 'lane' && ask.lane === name);
		const wanted = isWanted(pen.run, lane);
		if (asked !== undefined && !wanted) write(pen, {type: 'request.withdrawn', requestId: asked.id});
		if (asked !== undefined || !wanted) continue;
		write(pen, {
			type: 'request.opened',
			requestId: nextId(pen, 'request'),
			agentId: undefined,
			stepId: undefined,
			ask: {kind: 'lane', lane: name, failure: state.failure},
		});
	}
};
