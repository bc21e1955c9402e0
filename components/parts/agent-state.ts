import {type Agent, asksPerson} from '../../source/domain/agent.ts';
import type {Mark} from '../theme.ts';
import {age} from './age.ts';

/** How an agent's state looks and what a person calls it. */
export type AgentState = {readonly mark: Mark; readonly word: string};

/** `now` is ms since 1970. */
export const agentState = (agent: Agent, now: number): AgentState => {
	const {status} = agent;
	switch (status.kind) {
		case 'queued':
			return {mark: 'queued', word: 'queued'};
		case 'thinking':
			return {mark: 'working', word: 'working'};
		case 'acting':
			return asksPerson(agent) ? {mark: 'needsYou', word: 'needs you'} : {mark: 'working', word: 'working'};
		case 'backoff':
			return {mark: 'stalled', word: status.until > now ? `retry in ${age(status.until - now + 999)}` : 'retries now'};
		case 'interrupted':
			return {mark: 'paused', word: 'interrupted'};
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
