import type {Agent} from '../../source/domain/agent.ts';
import {openRequests, type Run} from '../../source/domain/run.ts';
import type {AgentState} from './agent-state.ts';
import {askWords} from './ask-words.ts';
import {waitsFor, waitsForYou} from './waits-for.ts';

/** Many words about a state begin with it. */
const withoutState = (text: string, word: string): string =>
	text.startsWith(word) ? text.slice(word.length).replace(/^[\s,:]+/, '') : text;

/** What there is to say of an agent beside its state; nothing that only says the state again. */
const toldActivity = (run: Run, agent: Agent, {word}: AgentState, now: number): string => {
	const {status, assignment, activity} = agent;
	if (status.kind === 'done') return agent.retired ? `retired: ${assignment.title}` : assignment.title;
	if (status.kind === 'killed') return withoutState(status.reason, word);
	const waits = waitsFor(run, agent, now);
	if (status.kind === 'blocked') return `waits for ${waits ?? 'help'}: ${status.problem}`;
	// What it asks says more than that it asks, and why it waits more than that it tries again.
	const asked = waits === waitsForYou ? openRequests(run).find(({agentId}) => agentId === agent.id) : undefined;
	if (asked !== undefined) return `asks: ${askWords(run, asked.ask)}`;
	if (waits !== undefined && status.kind !== 'backoff') return `waits for ${waits}`;
	return withoutState(activity, word);
};

/** What an agent does. Without a column for its state, that is told here, where it is not plain work. */
export const agentActivity = (run: Run, agent: Agent, state: AgentState, now: number, stateShown: boolean): string => {
	const activity = toldActivity(run, agent, state, now);
	if (stateShown || state.word === 'working') return activity;
	if (activity === '') return state.word;
	if (state.mark === 'queued') return activity;
	const rest = activity.replace(/^(asks: |waits: |waits for )/, '');
	// That it waits for the person is what the state says: only the key is new.
	const key = /^(?:you|your message) (\(.+\))$/.exec(rest)?.[1];
	return key === undefined ? `${state.word}: ${rest}` : `${state.word} ${key}`;
};
