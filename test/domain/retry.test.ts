import {describe, expect, test} from 'vitest';
import type {FailureKind} from '../../source/domain/failure.ts';
import {attemptsMax, retryAt} from '../../source/domain/retry.ts';

const at = (kind: FailureKind, attempts: number, retryAfterMs?: number) =>
	retryAt({kind, message: '', ...(retryAfterMs === undefined ? {} : {retryAfterMs})}, attempts, 'turn_1', 1000);

describe('when a failed turn is tried again', () => {
	test('what the provider asks us to wait is honoured', () => {
		expect(at('server', 0, 20_000)).toBe(21_000);
	});

	test('a short wait asked for does not shorten the backoff', () => {
		expect(at('server', 3, 1)).toBe(at('server', 3));
	});

	test('the same turn always waits the same time, other turns wait another', () => {
		const other = retryAt({kind: 'server', message: ''}, 2, 'turn_2', 1000);
		expect(at('server', 2)).toBe(at('server', 2));
		expect(at('server', 2)).not.toBe(other);
	});

	test('waits grow from half a second, at most to half a minute', () => {
		const waits = [0, 1, 2, 3, 4].map(attempts => (at('dropped', attempts) ?? 0) - 1000);
		for (const [i, wait] of waits.entries()) {
			expect(wait).toBeGreaterThanOrEqual(Math.min(30_000, 500 * 2 ** i) / 2);
			expect(wait).toBeLessThanOrEqual(Math.min(30_000, 500 * 2 ** i));
		}
	});

	test.each([
		'unauthorized',
		'unknown_model',
		'refused',
		'aborted',
		'defect',
		'throttled',
		'overloaded',
		'quota',
	] as const)('trying again cannot help after: %s', kind => {
		expect(at(kind, 0)).toBeUndefined();
	});

	test('after enough failures in a row it is not tried again', () => {
		expect(at('server', attemptsMax - 2)).toBeDefined();
		expect(at('server', attemptsMax - 1)).toBeUndefined();
	});

	test('it is not tried again when the provider wants hours', () => {
		const hoursMs = 6 * 3_600_000;
		expect(at('server', 0, hoursMs)).toBe(1000 + hoursMs);
		expect(at('server', 0, hoursMs + 1)).toBeUndefined();
	});

	test('what was lost with the process is tried at once', () => {
		expect(at('lost', 0)).toBe(1000);
	});
});
