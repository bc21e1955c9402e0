import type {Agent, Turn} from './agent.ts';
import type {Settlement} from './event.ts';
import type {FailureKind} from './failure.ts';
import {costOf} from './model.ts';
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

export const settle = (agent: Agent, usage: Usage): Settlement => ({
	usage,
	cost: costOf(usage, agent.model.price),
	estimated: false,
});

/**
 * What a failed turn cost. When the provider had begun and never said what it used, the guess is on the high side:
 * a limit must hold whatever the truth is.
 */
export const settleFailed = (agent: Agent, turn: Turn, kind: FailureKind, usage: Usage | undefined): Settlement => {
	if (usage !== undefined) return {usage, cost: costOf(usage, agent.model.price), estimated: true};
	if (free.has(kind)) return {usage: noUsage, cost: agent.model.price === undefined ? undefined : 0, estimated: false};
	const guess: Usage = {...noUsage, input: turn.promptGuess};
	const {price} = agent.model;
	// Of a lost turn nothing at all is known: it may have cost all that was set aside for it.
	const cost = kind === 'lost' && price !== undefined ? turn.reserved : costOf(guess, price);
	return {usage: guess, cost, estimated: true};
};
