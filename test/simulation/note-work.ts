import type {Cause, RunEvent, Stamped} from '../../source/domain/event.ts';
import type {Usage} from '../../source/domain/usage.ts';
import type {Seen, SeenAgent, SeenCall, SeenLane, Sums} from './seen.ts';

/** More bytes than anybody says around a text that goes to a model. */
const wrapBytes = 200;

/** The most bytes a text has as a part of a prompt. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length + wrapBytes;

const tokensOf = (usage: Usage): number =>
	usage.input + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h + usage.output;

/** An agent has drawn so much, and with it the day. */
const draw = (seen: Seen, agent: SeenAgent, sums: Partial<Sums>): void => {
	for (const drawn of [agent.spent, seen.today.sums]) {
		drawn.money += sums.money ?? 0;
		drawn.tokens += sums.tokens ?? 0;
		drawn.turns += sums.turns ?? 0;
		drawn.calls += sums.calls ?? 0;
	}
};

const laneOf = (seen: Seen, name: string): SeenLane => {
	const known = seen.lanes.get(name);
	if (known !== undefined) return known;
	const lane: SeenLane = {
		state: 'open',
		since: 0,
		until: 0,
		width: undefined,
		probes: false,
		pauses: 0,
		owesPause: false,
	};
	seen.lanes.set(name, lane);
	return lane;
};

const ofLane = new Set(['throttled', 'overloaded', 'quota']);

export const noteLane = (seen: Seen, event: Extract<RunEvent, {type: `lane.${string}`}>, at: number): void => {
	const lane = laneOf(seen, event.lane);
	if (event.type === 'lane.widened') {
		lane.width = event.width;
		return;
	}
	if (event.type === 'lane.opened') {
		lane.state = 'open';
		return;
	}
	if (lane.state === 'open') {
		lane.since = at;
		if (event.type === 'lane.paused') lane.pauses++;
	}
	lane.owesPause = false;
	lane.state = event.type === 'lane.paused' ? 'paused' : 'closed';
	lane.width = event.type === 'lane.paused' ? event.width : 1;
	lane.probes = true;
	if (event.type === 'lane.paused') lane.until = event.until;
	// Who waited out a failure waits for the lane now.
	for (const agent of seen.agents.values()) if (agent.model.provider === event.lane) agent.restUntil = undefined;
};

export const noteTurn = (seen: Seen, event: Extract<RunEvent, {type: `turn.${string}`}>, at: number): void => {
	const agent = seen.agents.get(event.agentId);
	if (agent === undefined || event.type === 'turn.cut') return;
	if (event.type === 'turn.started') {
		const {turnId, agentId, reserved, reservedTokens: tokens} = event;
		seen.turns.set(turnId, {
			id: turnId,
			agentId,
			model: agent.model,
			reserved,
			tokens,
			calls: 0,
			last: event.last,
			ended: false,
			owed: [],
		});
		seen.reserved += reserved;
		agent.openTurn = turnId;
		agent.restUntil = undefined;
		agent.calls = [];
		agent.sent += agent.unsent;
		agent.unsent = 0;
		for (const id of event.delivers) agent.unread.delete(id);
		return;
	}
	const turn = seen.turns.get(event.turnId);
	if (turn === undefined) return;
	const {usage} = event.settlement;
	const cost = event.settlement.cost ?? 0;
	turn.ended = true;
	agent.openTurn = undefined;
	seen.reserved -= turn.reserved;
	for (const sums of [seen, agent]) {
		if (event.settlement.estimated) sums.estimated += cost;
		else sums.settled += cost;
	}
	const turns = event.type === 'turn.finished' ? 1 : 0;
	draw(seen, agent, {money: cost, tokens: tokensOf(usage), turns});
	const lane = laneOf(seen, turn.model.provider);
	if (event.type === 'turn.finished') {
		if (lane.state === 'open') {
			lane.probes = false;
			lane.pauses = 0;
		}
		agent.failures = 0;
		agent.lastTurns = turn.last ? agent.lastTurns + 1 : 0;
		agent.context = tokensOf(usage);
		agent.sent = 0;
		if (agent.kind !== 'plan')
			turn.owed = event.content.filter(block => block.type === 'tool_use').map(block => block.useId);
		return;
	}
	const {kind} = event.failure;
	if (ofLane.has(kind)) lane.owesPause = lane.state === 'open' && seen.status !== 'ended';
	else if (kind !== 'aborted' && kind !== 'lost') agent.failures++;
	if (kind === 'aborted')
		agent.sent += bytesOf(event.partial.map(block => ('text' in block ? block.text : '')).join(''));
	const rests = agent.stopped === undefined && agent.ended === undefined && event.retryAt !== undefined;
	const waits = rests && !agent.paused;
	agent.restUntil = waits && event.retryAt > at ? event.retryAt : undefined;
};

export const noteCall = (seen: Seen, event: CallEvent, {cause, seq}: Stamped): void => {
	const agent = seen.agents.get(event.agentId);
	if (event.type === 'call.proposed') {
		const {callId, agentId, turnId, tool} = event;
		const call: SeenCall = {
			id: callId,
			agentId,
			turnId,
			tool,
			effect: undefined,
			state: 'proposed',
			outcome: undefined,
			begunAt: 0,
			cutOff: false,
			carriedOut: 0,
		};
		seen.calls.set(callId, call);
		agent?.calls.push(call);
		const turn = seen.turns.get(turnId);
		if (turn !== undefined) turn.owed = turn.owed.filter(useId => useId !== event.useId);
		if (turn !== undefined && agent !== undefined && isCounted(event)) {
			turn.calls++;
			draw(seen, agent, {calls: 1});
		}
		return;
	}
	const call = seen.calls.get(event.callId);
	if (call === undefined) return;
	switch (event.type) {
		case 'call.weighed':
			call.effect = event.effect;
			call.state = event.verdict.kind === 'deny' ? 'denied' : event.verdict.kind === 'ask' ? 'asked' : 'allowed';
			return;
		case 'call.started':
			call.state = 'running';
			call.begunAt = seq;
			return;
		case 'call.cut':
			return;
		case 'call.lost':
			call.state = 'lost';
			return;
		case 'call.delegated':
			call.state = 'delegated';
			return;
		case 'call.held':
			call.state = 'checking';
			return;
		case 'call.finished': {
			call.state = 'ended';
			call.outcome = event.outcome;
			call.cutOff = isCutOff(event.outcome, cause);
			if (agent === undefined) return;
			agent.unsent += bytesOf(event.output);
			if (hasChanged(seen, call, event)) seen.changedAt = seq;
			return;
		}
		default:
			event satisfies never;
	}
};

type CallEvent = Extract<RunEvent, {type: `call.${string}`}>;

const free = new Set(['finish_step', 'ask_person', 'report_blocker', 'run_check']);

export const isCounted = (event: Extract<RunEvent, {type: 'call.proposed'}>): boolean =>
	event.overBudget !== true && !free.has(event.tool);

/** Whether its agent was kept from it: not by a crash, nor by an engine that ended. */
const isCutOff = (outcome: string, cause: Cause): boolean =>
	outcome === 'cancelled' ||
	(outcome === 'unknown' && cause !== 'recovery' && cause !== 'request.answer' && cause !== 'call.ended');

/** Whether a call that began has changed the person's files, as far as anybody knows. */
const hasChanged = (seen: Seen, call: SeenCall, event: Extract<RunEvent, {type: 'call.finished'}>): boolean => {
	if (call.begunAt === 0 || call.tool === 'run_check') return false;
	if (call.effect === 'run') return true;
	if (event.outcome === 'unknown') return call.effect !== 'read';
	return event.touched.some(({path, how}) => how === 'written' && !path.startsWith(`${seen.outputsDir}/`));
};
