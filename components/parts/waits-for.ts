import {type Agent, isActive, isEnded} from '../../source/domain/agent.ts';
import {admit, nothingElsewhere} from '../../source/domain/budget.ts';
import {type Call, checkTool} from '../../source/domain/call.ts';
import {hasRoom} from '../../source/domain/lane-traffic.ts';
import {openRequests, type Run} from '../../source/domain/run.ts';
import {age} from './age.ts';

/** An answer, to be given in the list of requests. */
export const waitsForYou = 'you (w)';

const checkName = ({input}: Call): string => {
	const name: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, 'name') : undefined;
	return typeof name === 'string' ? name : 'of the project';
};

const countdown = (until: number, now: number): string => (until > now ? ` ${age(until - now + 999)}` : '');

/** Somebody at work for an agent, upon a call of its own or upon the engine's. */
const helperOf = (run: Run, agent: Agent): Agent | undefined =>
	run.agents.findLast(other => other.parent?.agentId === agent.id && !isEnded(other));

const laneWords = (run: Run, agent: Agent, now: number): string => {
	const {provider} = agent.model;
	const state = run.lanes[provider]?.state;
	if (state?.kind === 'paused') return `${provider}${countdown(state.until, now)}`;
	return state?.kind === 'closed' ? `${provider}, closed (w)` : `its turn at ${provider}`;
};

/** What stands between a queued agent and its next turn, in the order in which the engine looks. */
const queuedFor = (run: Run, agent: Agent, now: number): string => {
	if (run.status.kind === 'paused') return run.status.by === 'budget' ? 'a limit of the run (w)' : 'the run (P)';
	if (run.agents.filter(isActive).length >= run.settings.maxParallel) return 'a place';
	if (!hasRoom(run, agent)) return laneWords(run, agent, now);
	switch (admit(run, agent, {now, elsewhere: nothingElsewhere}).kind) {
		case 'later':
			return 'budget that others hold';
		case 'over':
			return 'a limit';
		default:
			return 'a place';
	}
};

/** What holds up an agent among its calls; undefined when one of them is under way. */
const callsFor = (run: Run, agent: Agent): string | undefined => {
	const kinds = new Set(agent.calls.map(call => call.status.kind));
	if (kinds.has('asked') || kinds.has('lost')) return waitsForYou;
	const asks = openRequests(run).some(({agentId, ask}) => agentId === agent.id && ask.kind === 'network');
	if (asks) return waitsForYou;
	if (kinds.has('checking')) {
		const check = agent.calls.find(call => call.tool === checkTool && call.status.kind !== 'ended');
		return check === undefined ? 'its checks' : `check ${checkName(check)}`;
	}
	if (kinds.has('proposed') || kinds.has('running')) return undefined;
	if (kinds.has('delegated')) return helperOf(run, agent)?.name ?? 'another agent';
	return agent.paused ? 'you (p)' : kinds.has('allowed') ? 'a place' : undefined;
};

/**
 * What an agent waits for, in a few words; undefined when it waits for nothing: it works, or has ended. `now` is ms
 * since 1970.
 */
export const waitsFor = (run: Run, agent: Agent, now: number): string | undefined => {
	if (isEnded(agent) || agent.turn !== undefined) return undefined;
	const {status} = agent;
	switch (status.kind) {
		case 'limited':
			return waitsForYou;
		case 'blocked':
			return helperOf(run, agent)?.name ?? 'help (w)';
		case 'interrupted':
			return 'your message (m, or c)';
		case 'acting':
			return callsFor(run, agent);
		case 'backoff':
			return `another try${countdown(status.until, now)}`;
		case 'queued':
			return agent.paused ? 'you (p)' : queuedFor(run, agent, now);
		case 'thinking':
		case 'done':
		case 'failed':
		case 'killed':
			return undefined;
		default:
			return status satisfies never;
	}
};
