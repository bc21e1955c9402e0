import type {Failure, FailureKind} from './failure.ts';
import type {TurnId} from './id.ts';
import {fractionOf, isTooLong} from './retry.ts';

/**
 * The way to one provider with one key, which all agents of its models share. When the provider says that it is too
 * much, the lane pauses as a whole: no agent asks until then, and one goes first.
 */
export type Lane = {
	readonly name: string;
	readonly state:
		| {readonly kind: 'open'}
		| {readonly kind: 'paused'; readonly since: number; readonly until: number; readonly failure: Failure}
		/** Trying again by itself does not help any more: a person is asked. */
		| {readonly kind: 'closed'; readonly since: number; readonly failure: Failure};
	/** The most turns at once; undefined while the provider has never said that it was too much. */
	readonly width: number | undefined;
	/** Pauses since the last good reply. */
	readonly failures: number;
	/** Good replies since the width last changed. */
	readonly streak: number;
};

export const openLane = (name: string): Lane => ({
	name,
	state: {kind: 'open'},
	width: undefined,
	failures: 0,
	streak: 0,
});

const ofLane: ReadonlySet<FailureKind> = new Set<FailureKind>(['throttled', 'overloaded', 'quota']);

/** Whether a failure says something of the provider's patience rather than of the turn. */
export const isLaneFailure = ({kind}: Failure): boolean => ofLane.has(kind);

/** So many pauses in a row close a lane. */
export const lanePausesMax = 8;

const firstMs = 1000;
const longestMs = 60_000;

/**
 * Until when a lane pauses; undefined when waiting cannot help: it paused too often, the provider wants hours, or the
 * quota is used up and nobody said until when. A lane never opens sooner than the provider allows.
 */
export const pausedUntil = (failure: Failure, failures: number, turnId: TurnId, now: number): number | undefined => {
	if (failures + 1 > lanePausesMax || isTooLong(failure)) return undefined;
	if (failure.retryAfterMs !== undefined) return now + Math.max(1, Math.ceil(failure.retryAfterMs));
	if (failure.kind === 'quota') return undefined;
	return now + Math.ceil(Math.min(longestMs, firstMs * 2 ** failures) * (0.5 + fractionOf(turnId) / 2));
};
