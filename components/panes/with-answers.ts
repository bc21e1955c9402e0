import {type Agent, callOf} from '../../source/domain/agent.ts';
import {openRequests, type Run} from '../../source/domain/run.ts';
import type {CallState, TranscriptItem} from './transcript-item.ts';

/** What a call is after a yes: it begins when its agent goes on and there is a place, and may be weighed anew before. */
const answered: ReadonlySet<string> = new Set<CallState>(['proposed', 'allowed', 'running']);

const isAnswered = (state: string): state is CallState => answered.has(state);

/** The items with calls that were asked about and have their answer: no event of the agent itself tells of it. */
export const withAnswers = (
	items: readonly TranscriptItem[],
	run: Run | undefined,
	agent: Agent | undefined,
): readonly TranscriptItem[] => {
	const waits = items.some(item => item.kind === 'call' && item.state === 'asked');
	if (run === undefined || agent === undefined || !waits) return items;
	const asked = new Set(openRequests(run).flatMap(({ask}) => ('callId' in ask ? [ask.callId] : [])));
	return items.map(item => {
		if (item.kind !== 'call' || item.state !== 'asked' || asked.has(item.callId)) return item;
		const state = callOf(agent, item.callId)?.status.kind;
		return state !== undefined && isAnswered(state) ? {...item, state} : item;
	});
};
