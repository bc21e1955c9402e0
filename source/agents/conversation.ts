import {type CallOutcome, freeTools} from '../domain/call.ts';
import type {RunEvent, Stamped} from '../domain/event.ts';
import type {CallId, MessageId, TurnId} from '../domain/id.ts';
import {material} from '../domain/material.ts';
import type {AskBlock, ChatMessage, ReplyBlock, TextBlock, ToolResultBlock, ToolUseBlock} from '../domain/message.ts';
import {textOf} from '../domain/message.ts';
import {lastTurnWords} from './last-turn-words.ts';

type Created = Extract<RunEvent, {type: 'agent.created'}>;

/** How a call ended. `spoken` is true when the words are the engine's or a person's, not a tool's. */
type Ending = {readonly outcome: CallOutcome; readonly output: string; readonly spoken: boolean};

/** The calls a reply asked for, whose results the next message must bring. */
type Owed = {readonly turnId: TurnId; readonly uses: readonly ToolUseBlock[]};

const text = (words: string): TextBlock => ({type: 'text', text: words});

const letterText = (from: 'person' | 'engine', words: string): TextBlock =>
	text(from === 'person' ? `Message from the person:\n${words}` : `Note from Flotilla:\n${words}`);

const cutOff = letterText('engine', 'The person cut off your reply here. What you had said so far stands above.');
const goOn = letterText('engine', 'Go on from where you are.');

/** The part of a reply that may go back: vendors refuse empty text, unsigned thinking, and thinking at the end. */
const sayable = (content: readonly ReplyBlock[]): readonly ReplyBlock[] => {
	const kept = content.filter(block => {
		if (block.type === 'text') return block.text.trim() !== '';
		return block.type !== 'thinking' || block.signature !== '';
	});
	const last = kept.findLastIndex(block => block.type === 'text' || block.type === 'tool_use');
	return kept.slice(0, last + 1);
};

/** Thinking is signed for the model that thought it; another one refuses it. */
const forgetThinking = (messages: ChatMessage[]): void => {
	messages.forEach((message, i) => {
		if (message.role !== 'assistant') return;
		const blocks = message.blocks.filter(({type}) => type === 'text' || type === 'tool_use');
		messages[i] = {role: 'assistant', blocks};
	});
};

const resultOf = (use: ToolUseBlock, ending: Ending | undefined): ToolResultBlock => {
	if (ending === undefined) return {type: 'tool_result', useId: use.useId, text: 'Not carried out.', isError: true};
	const {outcome, output, spoken} = ending;
	return {
		type: 'tool_result',
		useId: use.useId,
		text: spoken ? output : material(`tool ${use.name}`, output),
		isError: outcome !== 'ok',
	};
};

/**
 * What has been said between an agent and its model, from the agent's events, oldest first. `opening` is the first
 * user message. The same story always gives the same messages, and a longer story only adds to them, so that the
 * vendor's cache holds.
 *
 * The result satisfies the Messages API: it begins with the user and alternates, and every tool use is followed by
 * its one result. Messages to the agent stand where they were delivered. Attempts that failed leave no trace; of a
 * reply that a person cut off, the text stays.
 */
export const conversationOf = (story: readonly Stamped[], opening: string): readonly ChatMessage[] => {
	const messages: ChatMessage[] = [];
	/** What goes into the next user message. */
	let pending: AskBlock[] = [text(opening)];
	let owed: Owed | undefined;
	let created: Created | undefined;
	let turns = 0;
	let toldLast = false;
	let calls = 0;
	/** The model of the turns so far, and the one of the next. */
	let thinker: string | undefined;
	let model: string | undefined;
	const letters = new Map<MessageId, TextBlock>();
	const controls = new Set<CallId>();
	const callIds = new Map<string, CallId>();
	const endings = new Map<CallId, Ending>();

	const say = (blocks: readonly ReplyBlock[]): void => {
		messages.push({role: 'user', blocks: pending}, {role: 'assistant', blocks});
		pending = [];
		toldLast = false;
	};
	const endingOf = (turnId: TurnId, use: ToolUseBlock): Ending | undefined => {
		const callId = callIds.get(`${turnId} ${use.useId}`);
		return callId === undefined ? undefined : endings.get(callId);
	};

	for (const {event} of story) {
		switch (event.type) {
			case 'agent.created':
				// A fork's own beginning: what its ancestor has spent is not on its account.
				created = event;
				model = event.model.id;
				turns = 0;
				calls = 0;
				break;
			case 'agent.changed':
				model = event.model?.id ?? model;
				break;
			case 'agent.messaged':
				letters.set(event.messageId, letterText(event.from, event.text));
				break;
			case 'call.proposed':
				callIds.set(`${event.turnId} ${event.useId}`, event.callId);
				if (!freeTools.has(event.tool) && event.overBudget !== true) calls++;
				break;
			case 'call.weighed':
				if (event.effect === 'control') controls.add(event.callId);
				break;
			case 'call.finished': {
				const {callId, outcome, output} = event;
				const byTool = (outcome === 'ok' || outcome === 'error') && !controls.has(callId);
				endings.set(callId, {outcome, output, spoken: !byTool});
				break;
			}
			case 'turn.started': {
				if (model !== thinker) forgetThinking(messages);
				thinker = model;
				if (owed !== undefined) {
					const {turnId, uses} = owed;
					pending.push(...uses.map(use => resultOf(use, endingOf(turnId, use))));
					owed = undefined;
				}
				pending.push(...event.delivers.flatMap(id => letters.get(id) ?? []));
				if (event.last && !toldLast) {
					pending.push(letterText('engine', lastTurnWords(created?.assignment, {turns, calls})));
					toldLast = true;
				}
				if (pending.length === 0) pending.push(goOn);
				break;
			}
			case 'turn.finished': {
				turns++;
				const said = sayable(event.content);
				if (said.length === 0) break;
				say(said);
				const uses = said.filter(block => block.type === 'tool_use');
				if (uses.length > 0) owed = {turnId: event.turnId, uses};
				break;
			}
			case 'turn.failed': {
				const partial = textOf(event.partial).trim();
				if (event.failure.kind !== 'aborted' || partial === '') break;
				say([text(partial)]);
				pending.push(cutOff);
				break;
			}
			default:
				break;
		}
	}
	return pending.length === 0 ? messages : [...messages, {role: 'user', blocks: pending}];
};
