import type {Agent} from './agent.ts';
import type {Call} from './call.ts';
import type {Happening, RunEvent} from './event.ts';
import type {CallId} from './id.ts';
import {guessTokens, textOf} from './message.ts';
import {addUsage, noUsage, totalTokens} from './usage.ts';

type Created = Extract<RunEvent, {type: 'agent.created'}>;

/**
 * Guessed tokens, on the high side, of what every prompt begins with: the house rules, the role, the tools, the notes
 * of the project (16 KiB at most), the map of the folder.
 */
const preambleTokens = 9000;

export const newAgent = ({agentId, name, stepId, model, assignment}: Created, at: number): Agent => ({
	id: agentId,
	name,
	stepId,
	assignment,
	model,
	createdAt: at,
	endedAt: undefined,
	status: {kind: 'queued'},
	turn: undefined,
	calls: [],
	mailbox: [],
	turns: 0,
	attempts: 0,
	nudges: 0,
	callsMade: 0,
	usage: noUsage,
	settled: 0,
	estimated: 0,
	unpriced: false,
	contextTokens: 0,
	freshTokens: preambleTokens + guessTokens(JSON.stringify(assignment).length),
	activity: 'waits for a place',
});

const setCall = (agent: Agent, callId: CallId, change: (call: Call) => Call): Agent => ({
	...agent,
	calls: agent.calls.map(call => (call.id === callId ? change(call) : call)),
});

export const allowCall = (agent: Agent, callId: CallId): Agent =>
	setCall(agent, callId, call => (call.status.kind === 'asked' ? {...call, status: {kind: 'allowed'}} : call));

/** When the last call of a turn has its end, the agent may ask again. */
const afterCall = (agent: Agent): Agent =>
	agent.status.kind === 'acting' && agent.calls.every(call => call.status.kind === 'ended')
		? {...agent, status: {kind: 'queued'}}
		: agent;

/** The agent after an event that names it. */
export const evolveAgent = (agent: Agent, {event, at}: Happening): Agent => {
	switch (event.type) {
		case 'agent.messaged':
			return {
				...agent,
				mailbox: [...agent.mailbox, {id: event.messageId, text: event.text}],
				freshTokens: agent.freshTokens + guessTokens(event.text.length),
				nudges: agent.nudges + (event.from === 'engine' ? 1 : 0),
			};
		case 'agent.interrupted':
			return {...agent, status: {kind: 'interrupted'}, activity: 'interrupted, waits for a message'};
		case 'agent.continued':
			return {...agent, status: {kind: 'queued'}, endedAt: undefined, activity: 'waits for a place'};
		case 'agent.killed':
			return {...agent, status: {kind: 'killed', reason: event.reason}, endedAt: at, activity: 'killed'};
		case 'agent.finished':
			return {...agent, status: {kind: 'done'}, endedAt: at, activity: 'done'};
		case 'agent.failed':
			return {
				...agent,
				status: {kind: 'failed', failure: event.failure},
				endedAt: at,
				activity: event.failure.message,
			};
		case 'turn.started':
			return {
				...agent,
				status: {kind: 'thinking'},
				turn: {
					id: event.turnId,
					startedAt: at,
					reserved: event.reserved,
					promptGuess: event.promptGuess,
					last: event.last,
				},
				calls: [],
				mailbox: agent.mailbox.filter(letter => !event.delivers.includes(letter.id)),
				activity: 'thinks',
			};
		case 'turn.finished':
		case 'turn.failed': {
			const {usage, cost, estimated} = event.settlement;
			const settled: Agent = {
				...agent,
				turn: undefined,
				usage: addUsage(agent.usage, usage),
				settled: agent.settled + (estimated ? 0 : (cost ?? 0)),
				estimated: agent.estimated + (estimated ? (cost ?? 0) : 0),
				unpriced: agent.unpriced || cost === undefined,
			};
			if (event.type === 'turn.finished')
				return {
					...settled,
					status: agent.status.kind === 'thinking' ? {kind: 'queued'} : agent.status,
					turns: agent.turns + 1,
					attempts: 0,
					contextTokens: totalTokens(usage),
					// What came in during the turn has not been read yet.
					freshTokens: agent.mailbox.reduce((sum, letter) => sum + guessTokens(letter.text.length), 0),
				};
			return {
				...settled,
				attempts: agent.attempts + (event.failure.kind === 'aborted' ? 0 : 1),
				freshTokens:
					agent.freshTokens + (event.failure.kind === 'aborted' ? guessTokens(textOf(event.partial).length) : 0),
				status:
					event.retryAt !== undefined && agent.status.kind === 'thinking'
						? {kind: 'backoff', until: event.retryAt, failure: event.failure}
						: agent.status,
				activity: event.retryAt === undefined ? agent.activity : `waits: ${event.failure.message}`,
			};
		}
		case 'call.proposed':
			return {
				...agent,
				status: agent.status.kind === 'queued' ? {kind: 'acting'} : agent.status,
				callsMade: agent.callsMade + 1,
				calls: [
					...agent.calls,
					{
						id: event.callId,
						useId: event.useId,
						agentId: agent.id,
						turnId: event.turnId,
						tool: event.tool,
						input: event.input,
						effect: undefined,
						preview: undefined,
						status: {kind: 'proposed'},
					},
				],
			};
		case 'call.weighed':
			return setCall(agent, event.callId, call => ({
				...call,
				effect: event.effect,
				preview: event.preview,
				status: {kind: 'allowed'},
			}));
		case 'request.opened': {
			const {ask, requestId} = event;
			if (ask.kind !== 'call' && ask.kind !== 'question') return agent;
			return {
				...setCall(agent, ask.callId, call => ({...call, status: {kind: 'asked', requestId}})),
				activity: ask.kind === 'call' ? `asks: ${ask.preview.title}` : `asks: ${ask.question}`,
			};
		}
		case 'call.started':
			return {
				...setCall(agent, event.callId, call => ({...call, status: {kind: 'running', startedAt: at}})),
				activity: agent.calls.find(call => call.id === event.callId)?.preview?.title ?? agent.activity,
			};
		case 'call.finished':
			return afterCall({
				...setCall(agent, event.callId, call => ({...call, status: {kind: 'ended', outcome: event.outcome}})),
				freshTokens: agent.freshTokens + guessTokens(event.output.length),
			});
		default:
			return agent;
	}
};
