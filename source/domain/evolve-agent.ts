import type {Agent, Letter} from './agent.ts';
import {type Call, type CallStatus, checkTool, freeTools} from './call.ts';
import type {Happening} from './event.ts';
import type {Failure} from './failure.ts';
import {addText} from './fresh.ts';
import type {CallId} from './id.ts';
import {isLaneFailure} from './lane.ts';
import {withLimit} from './limits.ts';
import {textOf} from './message.ts';
import {withItem} from './pages.ts';
import {fingerprint, nextStreak, noStreak, replyKey} from './streak.ts';
import {addUsage, totalTokens} from './usage.ts';

/** So many messages that were read are kept with their receipts. */
const readMax = 20;

const setCall = (agent: Agent, callId: CallId, change: (call: Call) => Call): Agent => ({
	...agent,
	calls: agent.calls.map(call => (call.id === callId ? change(call) : call)),
});

/** The agent with its calls that were allowed and have not begun to be judged anew. */
export const reweighed = (agent: Agent): Agent => ({
	...agent,
	calls: agent.calls.map(call => (call.status.kind === 'allowed' ? {...call, status: {kind: 'proposed'}} : call)),
});

export const allowCall = (agent: Agent, callId: CallId): Agent =>
	setCall(agent, callId, call => (call.status.kind === 'asked' ? {...call, status: {kind: 'allowed'}} : call));

/** When the last call of a turn has its end, the agent may ask again. */
const afterCall = (agent: Agent): Agent =>
	agent.status.kind === 'acting' && agent.calls.every(call => call.status.kind === 'ended')
		? {...agent, status: {kind: 'queued'}}
		: agent;

/** How much of a check's output its agent is shown when it fails: the end, where most programs say what is wrong. */
const checkOutputMax = 4000;

/** Who may ask again at once waits for a place or its lane only, and holds none meanwhile; so does who is paused. */
const waiting = ({paused}: Agent, failure: Failure, since: number, until: number): Agent['status'] =>
	paused || until <= since ? {kind: 'queued'} : {kind: 'backoff', since, until, failure};

/** The agent after another process took up its run: what only reads begins anew. */
export const takeUp = (agent: Agent, at: number): Agent =>
	agent.calls.some(call => call.status.kind === 'running')
		? {
				...agent,
				calls: agent.calls.map(call =>
					call.status.kind === 'running' ? {...call, status: {kind: 'running', startedAt: at, isCut: false}} : call,
				),
			}
		: agent;

/** The agent after its lane was shut: it waits for the lane and holds no place meanwhile. */
export const awaitLane = (agent: Agent, lane: string): Agent =>
	agent.status.kind === 'backoff' && agent.model.provider === lane ? {...agent, status: {kind: 'queued'}} : agent;

const isOutdatable = ({tool, status}: Call): boolean =>
	tool === checkTool &&
	(status.kind === 'running' || (status.kind === 'ended' && (status.outcome === 'ok' || status.outcome === 'error')));

/** The agent after somebody else changed files: what its checks have seen so far does not count any more. */
export const outdateChecks = (agent: Agent): Agent =>
	agent.calls.some(call => call.status.kind === 'checking')
		? {...agent, calls: agent.calls.map(call => (isOutdatable(call) ? {...call, outdated: true} : call))}
		: agent;

const elapsed = (since: number, at: number): number => Math.max(0, at - since);

/** The agent after an event that names it. */
export const evolveAgent = (agent: Agent, {event, at}: Happening): Agent => {
	switch (event.type) {
		case 'agent.messaged': {
			const {messageId: id, text, from} = event;
			return {
				...agent,
				// Who is told something new by a person does not go in circles.
				...(from === 'person' ? {sameCalls: noStreak, sameReplies: noStreak, lastTurns: 0} : {}),
				fresh: addText(agent.fresh, text),
				mailbox: [...agent.mailbox, {id, text, from, sentAt: at, state: 'queued'}],
				nudges: agent.nudges + (from === 'engine' ? 1 : 0),
			};
		}
		case 'agent.changed': {
			const {model, tools, instructions} = event;
			return {
				...agent,
				fresh: instructions === undefined ? agent.fresh : addText(agent.fresh, instructions),
				model: model ?? agent.model,
				assignment: tools === undefined ? agent.assignment : {...agent.assignment, tools},
				instructions: instructions === undefined ? agent.instructions : [...agent.instructions, instructions],
			};
		}
		case 'agent.paused':
			// Who waits out a failure gives back its place, and asks again when it goes on.
			return {...agent, paused: true, status: agent.status.kind === 'backoff' ? {kind: 'queued'} : agent.status};
		case 'agent.resumed':
			return {...agent, paused: false};
		case 'agent.interrupted':
			return {...agent, status: {kind: 'interrupted'}, activity: 'interrupted, waits for a message'};
		case 'agent.blocked':
			return {
				...agent,
				status: {kind: 'blocked', problem: event.problem},
				sameCalls: noStreak,
				sameReplies: noStreak,
				activity: event.problem,
			};
		case 'agent.limited':
			return {...agent, status: {kind: 'limited'}, activity: 'a limit is reached'};
		case 'agent.winds_up':
			return {...agent, windsUp: true};
		case 'agent.continued': {
			const {kind} = agent.status;
			return {
				...agent,
				status: {kind: 'queued'},
				endedAt: undefined,
				lastTurns: 0,
				// A report was asked for because of a limit that has been raised since, or was given.
				windsUp: agent.windsUp && kind !== 'limited' && kind !== 'done',
				nudges: kind === 'blocked' ? 0 : agent.nudges,
				activity: 'waits for a place',
			};
		}
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
		case 'agent.retired':
			return {...agent, retired: true};
		case 'budget.raised': {
			const {scope, what, limit} = event;
			if (scope !== 'turn' && scope !== 'agent') return agent;
			return {...agent, limits: {...agent.limits, [scope]: withLimit(agent.limits[scope], what, limit)}};
		}
		case 'turn.started': {
			const delivered = agent.mailbox
				.filter(letter => event.delivers.includes(letter.id))
				.map((letter): Letter => ({...letter, state: 'delivered'}));
			return {
				...agent,
				status: {kind: 'thinking'},
				turn: {
					id: event.turnId,
					startedAt: at,
					reserved: event.reserved,
					reservedTokens: event.reservedTokens,
					promptGuess: event.promptGuess,
					model: agent.model,
					reads: agent.fresh,
					cut: undefined,
					last: event.last,
				},
				calls: [],
				mailbox: agent.mailbox.filter(letter => !event.delivers.includes(letter.id)),
				read: delivered.length === 0 ? agent.read : [...agent.read, ...delivered].slice(-readMax),
				activity: 'thinks',
			};
		}
		case 'turn.cut':
			return agent.turn === undefined ? agent : {...agent, turn: {...agent.turn, cut: event.failure}};
		case 'turn.finished':
		case 'turn.failed': {
			const {usage, cost, estimated} = event.settlement;
			const {turn} = agent;
			const lost = event.type === 'turn.failed' && event.failure.kind === 'lost';
			const settled: Agent = {
				...agent,
				turn: undefined,
				usage: addUsage(agent.usage, usage),
				settled: agent.settled + (estimated ? 0 : (cost ?? 0)),
				estimated: agent.estimated + (estimated ? (cost ?? 0) : 0),
				unpriced: agent.unpriced || cost === undefined,
				guessed: agent.guessed || estimated,
				// How long a turn ran that was lost with its process, nobody knows.
				workedMs: agent.workedMs + (turn === undefined || lost ? 0 : elapsed(turn.startedAt, at)),
			};
			if (event.type === 'turn.finished')
				return {
					...settled,
					// What came in during the turn has not been read yet.
					fresh: {
						tokens: agent.fresh.tokens - (turn?.reads.tokens ?? 0),
						bytes: agent.fresh.bytes - (turn?.reads.bytes ?? 0),
					},
					status: agent.status.kind === 'thinking' ? {kind: 'queued'} : agent.status,
					turnIds: withItem(agent.turnIds, event.turnId),
					turns: agent.turns + 1,
					lastTurns: turn?.last === true ? agent.lastTurns + 1 : 0,
					attempts: 0,
					contextTokens: totalTokens(usage),
					sameReplies: nextStreak(agent.sameReplies, replyKey(event.content)),
					read: agent.read.map(
						(letter): Letter => (letter.state === 'delivered' ? {...letter, state: 'acted_on'} : letter),
					),
				};
			const {failure, retryAt} = event;
			// What the provider as a whole refuses, or what we cut off or lost ourselves, is no failure of this agent.
			const isOwn = failure.kind !== 'aborted' && !lost && !isLaneFailure(failure);
			return {
				...settled,
				fresh: failure.kind === 'aborted' ? addText(agent.fresh, textOf(event.partial)) : agent.fresh,
				attempts: agent.attempts + (isOwn ? 1 : 0),
				status:
					agent.status.kind === 'thinking' && retryAt !== undefined
						? waiting(agent, failure, at, retryAt)
						: agent.status,
				activity: retryAt === undefined ? agent.activity : `waits: ${failure.message}`,
			};
		}
		case 'call.proposed': {
			const free = freeTools.has(event.tool) || event.overBudget === true;
			return {
				...agent,
				status: agent.status.kind === 'queued' ? {kind: 'acting'} : agent.status,
				callsMade: agent.callsMade + (free ? 0 : 1),
				sameCalls: freeTools.has(event.tool)
					? agent.sameCalls
					: nextStreak(agent.sameCalls, fingerprint(`${event.tool} ${JSON.stringify(event.input)}`)),
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
		}
		case 'call.weighed':
			return setCall(agent, event.callId, call => ({
				...call,
				effect: event.effect,
				preview: event.preview,
				status: {kind: 'allowed'},
			}));
		case 'request.opened': {
			const {ask, requestId} = event;
			switch (ask.kind) {
				case 'call':
				case 'question':
				case 'blocker':
					return {
						...(ask.callId === undefined
							? agent
							: setCall(agent, ask.callId, call => ({...call, status: {kind: 'asked', requestId}}))),
						activity: `asks: ${ask.kind === 'call' ? ask.preview.title : ask.kind === 'question' ? ask.question : ask.problem}`,
					};
				case 'network':
					return {...agent, activity: `asks to reach ${ask.host}`};
				default:
					return agent;
			}
		}
		case 'call.started':
			return {
				...setCall(agent, event.callId, call => ({
					...call,
					status: {kind: 'running', startedAt: at, isCut: false},
				})),
				activity: agent.calls.find(call => call.id === event.callId)?.preview?.title ?? agent.activity,
			};
		case 'call.cut':
			return setCall(agent, event.callId, call =>
				call.status.kind === 'running' ? {...call, status: {...call.status, isCut: true}} : call,
			);
		case 'call.lost':
			return setCall(agent, event.callId, call => ({...call, status: {kind: 'lost'}}));
		case 'call.delegated':
			return {
				...setCall(agent, event.callId, call => ({...call, status: {kind: 'delegated'}})),
				activity: 'waits for another agent',
			};
		case 'call.held':
			return {
				...setCall(agent, event.callId, call => ({...call, status: {kind: 'checking', packet: event.packet}})),
				activity: 'its work is checked',
			};
		case 'call.finished': {
			const call = agent.calls.find(made => made.id === event.callId);
			const isCheck = call?.tool === checkTool;
			const {outcome, output} = event;
			const ended: CallStatus = isCheck
				? {kind: 'ended', outcome, output: output.slice(-checkOutputMax)}
				: {kind: 'ended', outcome};
			return afterCall({
				...setCall(agent, event.callId, made => ({...made, status: ended})),
				fresh: addText(agent.fresh, output),
				workedMs: agent.workedMs + (call?.status.kind === 'running' ? elapsed(call.status.startedAt, at) : 0),
				unchecked: agent.unchecked || event.changes,
				checkFailures: agent.checkFailures + (call?.status.kind === 'checking' && outcome === 'error' ? 1 : 0),
			});
		}
		default:
			return agent;
	}
};
