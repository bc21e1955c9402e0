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

/** Failures after which the provider may have written on unseen, to the end. */
const unseen: ReadonlySet<FailureKind> = new Set<FailureKind>(['dropped', 'stalled', 'malformed']);

/**
 * What a failed turn cost. When the provider had begun and never said what it used, the guess is the most it can be:
 * a limit must hold whatever the truth is. What it said of a stream that broke counts the prompt, and of the reply no
 * more than had arrived. `began` is true when a part of the reply had arrived.
 */
export const settleFailed = (
	agent: Agent,
	{model: {price}, reservedTokens}: Turn,
	kind: FailureKind,
	usage: Usage | undefined,
	began: boolean,
): Settlement => {
	const {maxOutputTokens} = agent.assignment;
	if (usage !== undefined) {
		const most = unseen.has(kind) ? {...usage, output: Math.max(usage.output, maxOutputTokens)} : usage;
		return {usage: most, cost: costOf(most, price), estimated: true};
	}
	if (free.has(kind)) return {usage: noUsage, cost: price === undefined ? undefined : 0, estimated: false};
	const input = reservedTokens - maxOutputTokens;
	const output = early.has(kind) && !began ? 0 : maxOutputTokens;
	const cost = price === undefined ? undefined : largestCostOf(input, output, price);
	return {usage: {...noUsage, input, output}, cost, estimated: true};
};
