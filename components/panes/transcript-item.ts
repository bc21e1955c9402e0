import type {Assignment, Letter} from '../../source/domain/agent.ts';
import type {CallOutcome} from '../../source/domain/call.ts';
import type {RunEvent} from '../../source/domain/event.ts';
import type {CallId, MessageId, TurnId} from '../../source/domain/id.ts';
import {packetWord} from '../parts/packet-word.ts';
import {callWords} from './call-words.ts';

export type CallState = 'proposed' | 'asked' | 'running' | 'lost' | 'delegated' | 'checking' | CallOutcome;

/** One piece of an agent's conversation. Items are never changed, only replaced. */
export type TranscriptItem =
	| {readonly kind: 'told'; readonly from: 'brief' | 'engine'; readonly text: string}
	/** A person's message, with its receipt. */
	| {
			readonly kind: 'letter';
			readonly messageId: MessageId;
			readonly text: string;
			readonly state: Letter['state'];
	  }
	/** Of a turn that has its reply; one that was cut off has no `turnId`. */
	| {readonly kind: 'text' | 'thinking'; readonly text: string; readonly turnId?: TurnId | undefined}
	| {
			readonly kind: 'call';
			readonly callId: CallId;
			readonly turnId?: TurnId;
			readonly tool: string;
			/** What stands beside the tool's name. */
			readonly input: string;
			/** More of the input, in lines below it. */
			readonly detail: string;
			readonly state: CallState;
			readonly output: string;
	  }
	/** Something that happened to the agent: a failed turn, an interrupt, its end. */
	| {readonly kind: 'note'; readonly tone: 'muted' | 'stalled' | 'failed' | 'done'; readonly text: string}
	/** What arrives just now and is not yet part of the history. */
	| {readonly kind: 'live'; readonly part: 'text' | 'thinking' | 'tool_input'; readonly text: string};

const briefText = ({objective, acceptance, files, briefs}: Assignment): string =>
	[
		objective,
		...(acceptance.length > 0 ? ['Done when:', ...acceptance.map(line => `- ${line}`)] : []),
		...(files.length > 0 ? [`Files: ${files.join(', ')}`] : []),
		...briefs.map(brief =>
			brief.kind === 'packet'
				? `From ${brief.key} (${packetWord(brief.packet)}): ${brief.packet.summary}`
				: `Not done: ${brief.key}, ${brief.reason}`,
		),
	].join('\n');

const setCall = (
	items: readonly TranscriptItem[],
	callId: CallId,
	change: {readonly state: CallState; readonly output?: string},
): readonly TranscriptItem[] => {
	// A call that changes is one of the last items.
	const i = items.findLastIndex(item => item.kind === 'call' && item.callId === callId);
	const item = items[i];
	return item?.kind === 'call' ? items.with(i, {...item, ...change}) : items;
};

const forked: TranscriptItem = {
	kind: 'note',
	tone: 'muted',
	text: 'Forked: it knows all that was said before in the transcript it comes from.',
};

type LetterItem = Extract<TranscriptItem, {kind: 'letter'}>;

/** The receipts of the latest messages. The same array comes back when there is none to change. */
const setLetters = (
	items: readonly TranscriptItem[],
	which: (letter: LetterItem) => boolean,
	state: LetterItem['state'],
): readonly TranscriptItem[] =>
	items.some(item => item.kind === 'letter' && which(item))
		? items.map(item => (item.kind === 'letter' && which(item) ? {...item, state} : item))
		: items;

const changeText = ({model, tools, instructions}: Extract<RunEvent, {type: 'agent.changed'}>): string =>
	[
		'Changed from the next turn on.',
		...(model === undefined ? [] : [`Model: ${model.id}`]),
		...(tools === undefined ? [] : [`Tools: ${tools.join(', ')}`]),
		...(instructions === undefined ? [] : [`Told besides: ${instructions}`]),
	].join('\n');

/**
 * The transcript after one more event of its agent, or of a request of the agent; other events change nothing. The
 * same array comes back when nothing is added.
 */
export const addToTranscript = (items: readonly TranscriptItem[], event: RunEvent): readonly TranscriptItem[] => {
	switch (event.type) {
		case 'agent.created':
			return [
				...items,
				...(event.fork === undefined ? [] : [forked]),
				{kind: 'told', from: 'brief', text: briefText(event.assignment)},
			];
		case 'agent.messaged': {
			const {from, text, messageId} = event;
			if (from === 'engine') return [...items, {kind: 'told', from, text}];
			return [...items, {kind: 'letter', messageId, text, state: 'queued'}];
		}
		case 'turn.started': {
			const {delivers} = event;
			return setLetters(items, letter => delivers.includes(letter.messageId), 'delivered');
		}
		case 'turn.finished':
		case 'turn.failed': {
			const blocks = event.type === 'turn.finished' ? event.content : event.partial;
			const turnId = event.type === 'turn.finished' ? event.turnId : undefined;
			const said = blocks.flatMap((block): readonly TranscriptItem[] => {
				if (block.type === 'text') return block.text.trim() === '' ? [] : [{kind: 'text', text: block.text, turnId}];
				if (block.type === 'thinking')
					return block.text.trim() === '' ? [] : [{kind: 'thinking', text: block.text, turnId}];
				return block.type === 'redacted_thinking'
					? [{kind: 'thinking', text: '(not shown by the provider)', turnId}]
					: [];
			});
			if (event.type === 'turn.finished') {
				const read = setLetters(items, letter => letter.state === 'delivered', 'acted_on');
				return said.length === 0 ? read : [...read, ...said];
			}
			const tone = event.retryAt === undefined ? 'failed' : 'stalled';
			return [...items, ...said, {kind: 'note', tone, text: event.failure.message}];
		}
		case 'call.proposed': {
			const {head, detail} = callWords(event.tool, event.input);
			return [
				...items,
				{
					kind: 'call',
					callId: event.callId,
					turnId: event.turnId,
					tool: event.tool,
					input: head,
					detail,
					state: 'proposed',
					output: '',
				},
			];
		}
		case 'request.opened':
			return 'callId' in event.ask && event.ask.callId !== undefined && event.ask.kind !== 'unknown'
				? setCall(items, event.ask.callId, {state: 'asked'})
				: items;
		case 'call.lost':
			return setCall(items, event.callId, {state: 'lost'});
		case 'call.delegated':
			return setCall(items, event.callId, {state: 'delegated'});
		case 'call.held':
			return setCall(items, event.callId, {state: 'checking'});
		case 'call.started':
			return setCall(items, event.callId, {state: 'running'});
		case 'call.finished':
			return setCall(items, event.callId, {state: event.outcome, output: event.output});
		case 'agent.interrupted':
			return [...items, {kind: 'note', tone: 'stalled', text: 'Interrupted.'}];
		case 'agent.continued':
			return [...items, {kind: 'note', tone: 'muted', text: 'Goes on.'}];
		case 'agent.paused':
			return [...items, {kind: 'note', tone: 'muted', text: 'Paused.'}];
		case 'agent.blocked':
			return [...items, {kind: 'note', tone: 'stalled', text: `Stopped: ${event.problem}`}];
		case 'agent.limited':
			return [...items, {kind: 'note', tone: 'stalled', text: 'A limit is reached.'}];
		case 'agent.changed':
			return [...items, {kind: 'note', tone: 'muted', text: changeText(event)}];
		case 'agent.killed':
			return [...items, {kind: 'note', tone: 'failed', text: `Killed: ${event.reason}`}];
		case 'agent.finished':
			return [...items, {kind: 'note', tone: 'done', text: 'Done.'}];
		case 'agent.failed':
			return [...items, {kind: 'note', tone: 'failed', text: `Failed: ${event.failure.message}`}];
		default:
			return items;
	}
};
