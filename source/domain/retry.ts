import type {Failure, FailureKind} from './failure.ts';
import type {TurnId} from './id.ts';

const passing: ReadonlySet<FailureKind> = new Set<FailureKind>(['server', 'dropped', 'stalled', 'malformed', 'lost']);

/** The most failed attempts in a row; the next failure ends the agent. */
export const attemptsMax = 6;

const firstMs = 500;
const longestMs = 30_000;

/** Who is told to wait longer than this waits for nothing: a person may know another way. */
const patienceMs = 6 * 3_600_000;

export const isTooLong = ({retryAfterMs = 0}: Failure): boolean => retryAfterMs > patienceMs;

/** A number in [0, 1) that depends on the text alone, so that a replay waits as long as the first time. */
export const fractionOf = (text: string): number => {
	let hash = 2166136261;
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619) >>> 0;
	return hash / 2 ** 32;
};

/**
 * When a failed turn may be tried again; undefined when trying again cannot help or was tried often enough. What
 * concerns the provider as a whole is its lane's affair (`lane.ts`). `attempts` counts the failures before this one. It
 * is never tried sooner than the provider allows.
 */
export const retryAt = (failure: Failure, attempts: number, turnId: TurnId, now: number): number | undefined => {
	if (!passing.has(failure.kind) || attempts + 1 >= attemptsMax || isTooLong(failure)) return undefined;
	if (failure.kind === 'lost') return now;
	const backoffMs = Math.min(longestMs, firstMs * 2 ** attempts) * (0.5 + fractionOf(turnId) / 2);
	return now + Math.ceil(Math.max(backoffMs, failure.retryAfterMs ?? 0));
};
