import type {Agent} from '../domain/agent.ts';
import {finishTool} from '../domain/call.ts';
import type {Stamped} from '../domain/event.ts';
import type {Reply} from '../domain/report.ts';
import type {Signal} from '../domain/signal.ts';
import type {JsonSchema, ModelRequest, Provider, ToolSpec} from '../providers/provider.ts';
import {conversationOf} from './conversation.ts';

/** What a turn's request is made of. */
export type TurnParts = {
	/** The agent as it is in its open turn. */
	readonly agent: Agent;
	/** Its events, oldest first. */
	readonly story: readonly Stamped[];
	/** The stable beginning (see `systemPrompt`). */
	readonly system: string;
	/** The first user message. Like `system` it must not change while the agent lives. */
	readonly opening: string;
	/** Every tool there is; the agent is offered those of its assignment. */
	readonly tools: readonly ToolSpec[];
	/** When given, the reply must be JSON of this shape. */
	readonly schema?: JsonSchema;
};

export type OnDelta = (kind: Extract<Signal, {type: 'turn.delta'}>['kind'], text: string) => void;

/** The request of an agent's open turn. */
export const turnRequest = ({agent, story, system, opening, tools, schema}: TurnParts): ModelRequest => {
	const {assignment, model, turn} = agent;
	const offered = turn?.last === true ? [finishTool] : assignment.tools;
	return {
		model: model.id,
		role: assignment.role,
		system,
		tools: tools.filter(tool => offered.includes(tool.name)),
		messages: conversationOf(story, opening),
		maxOutputTokens: Math.min(assignment.maxOutputTokens, model.maxOutputTokens),
		...(schema === undefined ? {} : {schema}),
	};
};

/**
 * Ask a model once and wait for its whole reply; what arrives meanwhile is passed on as it comes. Never throws: a
 * provider that breaks its contract gives a failed reply.
 */
const askModel = async (
	request: ModelRequest,
	provider: Provider,
	abort: AbortSignal,
	onDelta: OnDelta,
): Promise<Reply> => {
	try {
		for await (const item of provider.stream(request, abort)) {
			switch (item.type) {
				case 'text':
				case 'thinking':
				case 'tool_input':
					onDelta(item.type, item.delta);
					break;
				case 'done': {
					const {content, stopReason, usage} = item;
					return {kind: 'done', content, stopReason, usage};
				}
				case 'failed': {
					const {failure, partial, usage} = item;
					return {kind: 'failed', failure, partial, usage};
				}
				default:
					item satisfies never;
			}
		}
	} catch (error) {
		return failedReply(
			`Asking the provider ${provider.name} threw: ${error instanceof Error ? error.message : String(error)}`,
		);
	}
	return failedReply(`The provider ${provider.name} ended its stream without saying how the reply ended.`);
};

const failedReply = (message: string): Reply => ({
	kind: 'failed',
	failure: {kind: 'defect', message: `${message} This is a defect of Flotilla; please report it.`},
	partial: [],
	usage: undefined,
});

/** One turn of an agent: builds its request and asks the model. Never throws. */
export const askTurn = (
	order: TurnParts & {readonly provider: Provider; readonly abort: AbortSignal; readonly onDelta: OnDelta},
): Promise<Reply> => askModel(turnRequest(order), order.provider, order.abort, order.onDelta);
