import {describe, expect, it} from 'vitest';
import {runStorage} from './storage-run.ts';

describe('a run whose storage fails for a while', () => {
	it('goes on when the lock is gone and when there is room again, and nothing is lost', {
		timeout: 120_000,
	}, async () => {
		const rows = await runStorage(['locked for 1 s', 'disk full for 1 s']);
		expect(rows).toHaveLength(2);
		expect(rows.flatMap(({problems}) => problems)).toEqual([]);
	});
});
