import type {Attributes} from '@opentelemetry/api';
import {
	ATTR_ERROR_TYPE,
	ATTR_GEN_AI_AGENT_ID,
	ATTR_GEN_AI_AGENT_NAME,
	ATTR_GEN_AI_CONVERSATION_ID,
	ATTR_GEN_AI_OPERATION_NAME,
	ATTR_GEN_AI_PROVIDER_NAME,
	ATTR_GEN_AI_REQUEST_MAX_TOKENS,
	ATTR_GEN_AI_REQUEST_MODEL,
	ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
	ATTR_GEN_AI_TOOL_CALL_ID,
	ATTR_GEN_AI_TOOL_NAME,
	ATTR_GEN_AI_TOOL_TYPE,
	ATTR_GEN_AI_USAGE_CACHE_CREATION_INPUT_TOKENS,
	ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
	ATTR_GEN_AI_USAGE_INPUT_TOKENS,
	ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
	ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
	GEN_AI_OPERATION_NAME_VALUE_CHAT,
	GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL,
	GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT,
	GEN_AI_OPERATION_NAME_VALUE_INVOKE_WORKFLOW,
} from '@opentelemetry/semantic-conventions/incubating';
import {toUsd} from '../domain/money.ts';
import {promptTokens, type Usage} from '../domain/usage.ts';
import type {SpanFact, Tally, Worker} from './fact.ts';

const agentAttributes = ({id, name, role}: Worker): Attributes => ({
	[ATTR_GEN_AI_AGENT_ID]: id,
	[ATTR_GEN_AI_AGENT_NAME]: name,
	'flotilla.agent.role': role,
});

/** By the conventions, the input is all of it: what the cache held, too. */
const usageAttributes = (usage: Usage): Attributes => ({
	[ATTR_GEN_AI_USAGE_INPUT_TOKENS]: promptTokens(usage),
	[ATTR_GEN_AI_USAGE_CACHE_CREATION_INPUT_TOKENS]: usage.cacheWrite5m + usage.cacheWrite1h,
	[ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS]: usage.cacheRead,
	[ATTR_GEN_AI_USAGE_OUTPUT_TOKENS]: usage.output,
	[ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS]: usage.thinking,
});

/** Sums have names of their own: whoever adds up what the turns used must not count it once more. */
const tallyAttributes = (tally: Tally): Attributes => ({
	'flotilla.turns': tally.turns,
	'flotilla.calls': tally.calls,
	'flotilla.requests': tally.requests,
	'flotilla.requests.wait_ms': tally.waitedMs,
	'flotilla.tokens.input': promptTokens(tally.usage),
	'flotilla.tokens.output': tally.usage.output,
	'flotilla.cost.usd': toUsd(tally.cost),
	'flotilla.cost.estimated': tally.estimated,
	'flotilla.cost.unpriced_turns': tally.unpricedTurns,
});

/** What of a fact is an error, as a word; undefined when nothing is. */
export const errorOf = (fact: SpanFact): string | undefined => {
	if (fact.kind === 'call')
		return fact.outcome === 'error' || fact.outcome === 'unknown' ? `tool_${fact.outcome}` : undefined;
	if (fact.failure !== undefined) return fact.failure;
	return fact.kind === 'run' && fact.outcome === 'failed' ? fact.outcome : undefined;
};

export const spanName = (fact: SpanFact): string => {
	switch (fact.kind) {
		case 'run':
			return 'run';
		case 'step':
			return `step ${fact.step}`;
		case 'agent':
			return `${GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT} ${fact.worker.name}`;
		case 'turn':
			return `${GEN_AI_OPERATION_NAME_VALUE_CHAT} ${fact.model.id}`;
		case 'call':
			return `${GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL} ${fact.tool}`;
		default:
			return fact satisfies never;
	}
};

const ownAttributes = (fact: SpanFact): Attributes => {
	switch (fact.kind) {
		case 'run':
			return {
				[ATTR_GEN_AI_OPERATION_NAME]: GEN_AI_OPERATION_NAME_VALUE_INVOKE_WORKFLOW,
				'flotilla.run.outcome': fact.outcome,
				...tallyAttributes(fact.tally),
			};
		case 'step':
			return {
				'flotilla.step.key': fact.step,
				'flotilla.step.role': fact.role,
				'flotilla.step.status': fact.failure === undefined ? 'done' : 'failed',
				...(fact.verdict === undefined ? {} : {'flotilla.step.verdict': fact.verdict}),
				...tallyAttributes(fact.tally),
			};
		case 'agent':
			return {
				[ATTR_GEN_AI_OPERATION_NAME]: GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT,
				[ATTR_GEN_AI_PROVIDER_NAME]: fact.model.provider,
				[ATTR_GEN_AI_REQUEST_MODEL]: fact.model.id,
				...agentAttributes(fact.worker),
				'flotilla.agent.task': fact.task,
				'flotilla.agent.depth': fact.depth,
				'flotilla.agent.status': fact.status,
				...tallyAttributes(fact.tally),
			};
		case 'turn':
			return {
				[ATTR_GEN_AI_OPERATION_NAME]: GEN_AI_OPERATION_NAME_VALUE_CHAT,
				[ATTR_GEN_AI_PROVIDER_NAME]: fact.model.provider,
				[ATTR_GEN_AI_REQUEST_MODEL]: fact.model.id,
				[ATTR_GEN_AI_REQUEST_MAX_TOKENS]: fact.maxOutputTokens,
				[ATTR_GEN_AI_CONVERSATION_ID]: fact.worker.id,
				...agentAttributes(fact.worker),
				...usageAttributes(fact.usage),
				...(fact.stopReason === undefined ? {} : {[ATTR_GEN_AI_RESPONSE_FINISH_REASONS]: [fact.stopReason]}),
				'flotilla.turn.id': fact.turnId,
				'flotilla.cost.estimated': fact.estimated,
				...(fact.cost === undefined ? {} : {'flotilla.cost.usd': toUsd(fact.cost)}),
			};
		case 'call':
			return {
				[ATTR_GEN_AI_OPERATION_NAME]: GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL,
				[ATTR_GEN_AI_TOOL_NAME]: fact.tool,
				[ATTR_GEN_AI_TOOL_TYPE]: 'function',
				[ATTR_GEN_AI_TOOL_CALL_ID]: fact.useId === '' ? fact.callId : fact.useId,
				...agentAttributes(fact.worker),
				'flotilla.turn.id': fact.turnId,
				'flotilla.call.id': fact.callId,
				'flotilla.call.outcome': fact.outcome,
				'flotilla.requests.wait_ms': fact.waitedMs,
				...(fact.effect === undefined ? {} : {'flotilla.call.effect': fact.effect}),
			};
		default:
			return fact satisfies never;
	}
};

/** Everything a span says; listed in docs/telemetry.md. */
export const spanAttributes = (fact: SpanFact): Attributes => {
	const error = errorOf(fact);
	return {
		'flotilla.run.id': fact.runId,
		...ownAttributes(fact),
		...(error === undefined ? {} : {[ATTR_ERROR_TYPE]: error}),
	};
};
