import {expect, it} from 'vitest';
import {runHeadless} from '../../source/boot/run-headless.ts';
import {makeEvents} from '../support/make-run.ts';
import {createMemoryFleet} from '../support/memory-fleet.ts';

it('does not begin to watch what was cut short before', async () => {
	const fleet = createMemoryFleet(makeEvents());
	const {stdin, stdout, stderr} = process;
	const exit = await runHeadless({
		port: fleet.port,
		runId: fleet.run().id,
		terminal: {stdin, stdout, stderr, interactive: false},
		json: false,
		mayAsk: false,
		after: Number.MAX_SAFE_INTEGER,
		abort: AbortSignal.abort(),
	});
	expect(exit).toBe('interrupted');
	expect(fleet.listeners()).toBe(0);
});
