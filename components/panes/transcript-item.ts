import type {Assignment} from '../../source/domain/agent.ts';
import type {CallOutcome} from '../../source/domain/call.ts';
import type {RunEvent} from '../../source/domain/event.ts';
import type {CallId} from '../../source/domain/id.ts';
import {callWords} from './call-words.ts';

export type CallState = 'proposed' | 'asked' | 'running' | CallOutcome;

/** One piece of an agent's conversation. Items are never changed, only replaced. */
export type TranscriptItem =
	| {readonly kind: 'told'; readonly from: 'brief' | 'person' | 'engine'; readonly text: string}
	| {readonly kind: 'text'; readonly text: string}
	| {readonly kind: 'thinking'; readonly text: string}
	| {
			readonly kind: 'call';
			readonly callId: CallId;
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
				? `From ${brief.key} (${brief.packet.status}): ${brief.packet.summary}`
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

/**
 * The transcript after one more event of its agent, or of a request of the agent; other events change nothing. The
 * same array comes back when nothing is added.
 */
export const addToTranscript = (items: readonly TranscriptItem[], event: RunEvent): readonly TranscriptItem[] => {
	switch (event.type) {
		case 'agent.created':
			return [...items, {kind: 'told', from: 'brief', text: briefText(event.assignment)}];
		case 'agent.messaged':
			return [...items, {kind: 'told', from: event.from, text: event.text}];
		case 'turn.finished':
		case 'turn.failed': {
			const blocks = event.type === 'turn.finished' ? event.content : event.partial;
			const said = blocks.flatMap((block): readonly TranscriptItem[] => {
				if (block.type === 'text') return block.text.trim() === '' ? [] : [{kind: 'text', text: block.text}];
				if (block.type === 'thinking') return block.text.trim() === '' ? [] : [{kind: 'thinking', text: block.text}];
				return block.type === 'redacted_thinking' ? [{kind: 'thinking', text: '(not shown by the provider)'}] : [];
			});
			if (event.type === 'turn.finished') return said.length === 0 ? items : [...items, ...said];
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
					tool: event.tool,
					input: head,
					detail,
					state: 'proposed',
					output: '',
				},
			];
		}
		case 'request.opened':
			return 'callId' in event.ask ? setCall(items, event.ask.callId, {state: 'asked'}) : items;
		case 'call.started':
			return setCall(items, event.callId, {state: 'running'});
		case 'call.finished':
			return setCall(items, event.callId, {state: event.outcome, output: event.output});
		case 'agent.interrupted':
			return [...items, {kind: 'note', tone: 'stalled', text: 'Interrupted.'}];
		case 'agent.continued':
			return [...items, {kind: 'note', tone: 'muted', text: 'Goes on.'}];
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
