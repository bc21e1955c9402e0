import type {Agent, Turn} from './agent.ts';
import type {Settlement} from './event.ts';
import type {FailureKind} from './failure.ts';
import {costOf, largestCostOf} from './model.ts';
import {noUsage, type Usage} from './usage.ts';

/** Failures after which the provider has charged nothing: it refused the request before any work. */
const free: ReadonlySet<FailureKind> = new Set<FailureKind>([
	'throttled',
	'overloaded',
	'server',
	'unauthorized',
	'unknown_model',
	'refused',
	'quota',
]);

export const settle = ({model}: Turn, usage: Usage): Settlement => ({
	usage,
	cost: costOf(usage, model.price),
	estimated: false,
});

/** Failures that come before the first word of a reply, unless some of it has arrived. */
const early: ReadonlySet<FailureKind> = new Set<FailureKind>(['dropped', 'stalled', 'aborted']);

/**
 * What a failed turn cost. When the provider had begun and never said what it used, the guess is the most it can be:
 * a limit must hold whatever the truth is. `began` is true when a part of the reply had arrived.
 */
export const settleFailed = (
	agent: Agent,
	{model: {price}, reservedTokens}: Turn,
	kind: FailureKind,
	usage: Usage | undefined,
	began: boolean,
): Settlement => {
	if (usage !== undefined) return {usage, cost: costOf(usage, price), estimated: true};
	if (free.has(kind)) return {usage: noUsage, cost: price === undefined ? undefined : 0, estimated: false};
	const {maxOutputTokens} = agent.assignment;
	const input = reservedTokens - maxOutputTokens;
	const output = early.has(kind) && !began ? 0 : maxOutputTokens;
	const cost = price === undefined ? undefined : largestCostOf(input, output, price);
	return {usage: {...noUsage, input, output}, cost, estimated: true};
};
