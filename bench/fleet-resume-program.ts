import {openRealFleet} from '../test/support/real-fleet.ts';

/** Takes up a run whose engine was killed, and says how long after its start the first model spoke again. */
const [url = '', dir = '', home = ''] = process.argv.slice(2);
const runId = 'run_bench';
const fleet = openRealFleet(url, dir, {}, home);
fleet.engine.subscribe(
	{after: 0, runId},
	{
		onEvents: () => {},
		onSignal: signal => {
			if (signal.type !== 'turn.delta') return;
			console.log(JSON.stringify({firstMs: performance.now()}));
			process.exit(0);
		},
	},
);
await fleet.engine.open(runId);
