import type {Assignment} from '../../source/domain/agent.ts';
import type {RunEvent, Stamped} from '../../source/domain/event.ts';
import type {CallId} from '../../source/domain/id.ts';
import type {ReplyBlock} from '../../source/domain/message.ts';
import {killedWords} from '../parts/killed-words.ts';
import {packetWord} from '../parts/packet-word.ts';
import {callWords} from './call-words.ts';
import type {CallItem, TranscriptItem} from './transcript-item.ts';

/** The title stands in the frame as far as there is room; here it is whole, unless the objective begins with it. */
const briefText = ({kind, title, objective, acceptance, files, briefs}: Assignment): string =>
	[
		...(kind === 'plan' || objective.startsWith(title) ? [] : [title]),
		objective,
		...(acceptance.length > 0 ? ['Done when:', ...acceptance.map(line => `- ${line}`)] : []),
		...(files.length > 0 ? [`Files: ${files.join(', ')}`] : []),
		...briefs.map(brief =>
			brief.kind === 'packet'
				? `From ${brief.key} (${packetWord(brief.packet)}): ${brief.packet.summary}`
				: `Not done: ${brief.key}, ${brief.reason}`,
		),
	].join('\n');

const changeText = ({model, tools, instructions}: Extract<RunEvent, {type: 'agent.changed'}>): string =>
	[
		'Changed from the next turn on.',
		...(model === undefined ? [] : [`Model: ${model.id}`]),
		...(tools === undefined ? [] : [`Tools: ${tools.join(', ')}`]),
		...(instructions === undefined ? [] : [`Told besides: ${instructions}`]),
	].join('\n');

type LetterItem = Extract<TranscriptItem, {kind: 'letter'}>;

/** An item as it comes from an event, before it has its place. */
type Fresh = TranscriptItem extends infer Item
	? Item extends TranscriptItem
		? Omit<Item, 'seq' | 'part'>
		: never
	: never;

const spoken = (blocks: readonly ReplyBlock[], turnId: CallItem['turnId'] | undefined): readonly Fresh[] =>
	blocks.flatMap((block): readonly Fresh[] => {
		if (block.type === 'redacted_thinking') return [{kind: 'thinking', text: '(not shown by the provider)', turnId}];
		if (block.type === 'tool_use' || block.text.trim() === '') return [];
		return [{kind: block.type, text: block.text, turnId}];
	});

const note = (tone: 'muted' | 'stalled' | 'failed' | 'done', text: string): Fresh => ({kind: 'note', tone, text});

/** Items under construction. */
type Draft = {
	readonly items: TranscriptItem[];
	/** When the turn under way began. */
	turnAt: number | undefined;
};

const setCall = ({items}: Draft, callId: CallId, change: Partial<CallItem>): void => {
	// A call that changes is one of the last items.
	const i = items.findLastIndex(item => item.kind === 'call' && item.callId === callId);
	const item = items[i];
	if (item?.kind === 'call') items[i] = {...item, ...change};
};

/** The receipts of the latest messages. */
const setLetters = ({items}: Draft, which: (letter: LetterItem) => boolean, state: LetterItem['state']): void => {
	for (const [i, item] of items.entries()) if (item.kind === 'letter' && which(item)) items[i] = {...item, state};
};

/** What an event adds; what it changes is changed on the way. */
const additions = (draft: Draft, {event, at, seq}: Stamped): readonly Fresh[] => {
	switch (event.type) {
		case 'agent.created':
			return [
				...(event.fork === undefined
					? []
					: [note('muted', 'Forked: it knows all that was said before in the transcript it comes from.')]),
				{kind: 'told', from: 'brief', text: briefText(event.assignment)},
			];
		case 'agent.messaged': {
			const {from, text, messageId} = event;
			return [from === 'engine' ? {kind: 'told', from, text} : {kind: 'letter', messageId, text, state: 'queued'}];
		}
		case 'turn.started': {
			const {delivers} = event;
			draft.turnAt = at;
			if (delivers.length > 0) setLetters(draft, letter => delivers.includes(letter.messageId), 'delivered');
			return [];
		}
		case 'turn.finished':
		case 'turn.failed': {
			const failed = event.type === 'turn.failed';
			const {turnId, settlement} = event;
			const tookMs = draft.turnAt === undefined ? undefined : at - draft.turnAt;
			draft.turnAt = undefined;
			const turn: Fresh = {kind: 'turn', turnId, settlement, tookMs, failed};
			if (failed) {
				const tone = event.retryAt === undefined ? 'failed' : 'stalled';
				return [turn, ...spoken(event.partial, undefined), note(tone, event.failure.message)];
			}
			setLetters(draft, letter => letter.state === 'delivered', 'acted_on');
			return [turn, ...spoken(event.content, turnId)];
		}
		case 'call.proposed':
			return [
				{
					kind: 'call',
					callId: event.callId,
					turnId: event.turnId,
					tool: event.tool,
					...callWords(event.tool, event.input),
					state: 'proposed',
					preview: undefined,
					output: '',
					startedAt: undefined,
					tookMs: undefined,
					endSeq: undefined,
				},
			];
		case 'call.weighed':
			if (event.preview.format === 'diff') setCall(draft, event.callId, {preview: event.preview});
			return [];
		case 'request.opened':
			if ('callId' in event.ask && event.ask.callId !== undefined && event.ask.kind !== 'unknown')
				setCall(draft, event.ask.callId, {state: 'asked'});
			return [];
		case 'call.lost':
			setCall(draft, event.callId, {state: 'lost'});
			return [];
		case 'call.delegated':
			setCall(draft, event.callId, {state: 'delegated'});
			return [];
		case 'call.held':
			setCall(draft, event.callId, {state: 'checking'});
			return [];
		case 'call.started':
			setCall(draft, event.callId, {state: 'running', startedAt: at});
			return [];
		case 'call.finished': {
			const {callId, outcome, output} = event;
			const call = draft.items.findLast(item => item.kind === 'call' && item.callId === callId);
			const startedAt = call?.kind === 'call' ? call.startedAt : undefined;
			const tookMs = startedAt === undefined ? undefined : at - startedAt;
			setCall(draft, callId, {state: outcome, output, tookMs, endSeq: seq});
			return [];
		}
		case 'agent.interrupted':
			return [note('stalled', 'Interrupted.')];
		case 'agent.continued':
			return [note('muted', 'Goes on.')];
		case 'agent.paused':
			return [note('muted', 'Paused.')];
		case 'agent.blocked':
			return [note('stalled', `Stopped: ${event.problem}`)];
		case 'agent.limited':
			return [note('stalled', 'Waits: a limit leaves no room for the next turn.')];
		case 'agent.changed':
			return [note('muted', changeText(event))];
		case 'agent.killed':
			return [note('failed', killedWords('Killed', event.reason))];
		case 'agent.finished':
			return [note('done', 'Done.')];
		case 'agent.failed':
			return [note('failed', `Failed: ${event.failure.message}`)];
		default:
			return [];
	}
};

/** What a transcript tells, and what it must remember to go on. */
export type FoldedTranscript = {
	readonly items: readonly TranscriptItem[];
	readonly turnAt: number | undefined;
};

export const nothingTold: FoldedTranscript = {items: [], turnAt: undefined};

/** The transcript after more events of its agent, or of requests of the agent; other events change nothing. */
export const foldTranscript = (before: FoldedTranscript, events: readonly Stamped[]): FoldedTranscript => {
	const draft: Draft = {items: [...before.items], turnAt: before.turnAt};
	for (const stamped of events)
		for (const [part, fresh] of additions(draft, stamped).entries())
			draft.items.push({...fresh, seq: stamped.seq, part});
	return draft;
};
