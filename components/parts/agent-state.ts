import {type Agent, asksPerson} from '../../source/domain/agent.ts';
import type {Run} from '../../source/domain/run.ts';
import type {Mark} from '../theme.ts';
import {age} from './age.ts';

/** How an agent's state looks and what a person calls it. */
export type AgentState = {readonly mark: Mark; readonly word: string};

const paused: AgentState = {mark: 'paused', word: 'paused'};

const acting = (run: Run, agent: Agent): AgentState => {
	if (asksPerson(agent)) return {mark: 'needsYou', word: 'needs you'};
	const kinds = new Set(agent.calls.map(call => call.status.kind));
	if (kinds.has('checking')) return {mark: 'working', word: 'checking'};
	const works = kinds.has('proposed') || kinds.has('running');
	const halted = agent.paused || run.suspended || run.status.kind === 'paused';
	if (!works && halted) return paused;
	return !works && kinds.has('delegated') ? {mark: 'queued', word: 'waits'} : {mark: 'working', word: 'working'};
};

/** `now` is ms since 1970. */
export const agentState = (run: Run, agent: Agent, now: number): AgentState => {
	const {status} = agent;
	switch (status.kind) {
		case 'queued':
			return agent.paused ? paused : {mark: 'queued', word: 'queued'};
		case 'thinking':
			// What is under way may end.
			return {mark: 'working', word: agent.paused ? 'pausing' : 'working'};
		case 'acting':
			return acting(run, agent);
		case 'backoff':
			return {mark: 'stalled', word: status.until > now ? `retry in ${age(status.until - now + 999)}` : 'retries now'};
		case 'interrupted':
			return {mark: 'paused', word: 'interrupted'};
		case 'blocked':
			return {mark: 'stalled', word: 'blocked'};
		case 'limited':
			return {mark: 'needsYou', word: 'at its limit'};
		case 'done':
			return {mark: 'done', word: 'done'};
		case 'failed':
			return {mark: 'failed', word: 'failed'};
		case 'killed':
			return {mark: 'stopped', word: 'killed'};
		default:
			return status satisfies never;
	}
};
