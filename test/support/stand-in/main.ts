import {parseArgs} from 'node:util';
import {withPace} from './script.ts';
import {fleet} from './scripts/fleet.ts';
import {type Script, startStandIn} from './server.ts';

const scripts: Readonly<Record<string, () => Script>> = {fleet};

const {values} = parseArgs({
	options: {
		port: {type: 'string', default: '0'},
		script: {type: 'string', default: 'fleet'},
		/** Milliseconds to the first event. */
		ttft: {type: 'string', default: '0'},
		/** Deltas a second; everything at once when absent. */
		rate: {type: 'string'},
	},
});

const make = scripts[values.script];
if (make === undefined) {
	process.stderr.write(`No script "${values.script}". There are: ${Object.keys(scripts).join(', ')}.\n`);
	process.exit(2);
}
const pace = {
	ttftMs: Number(values.ttft),
	...(values.rate === undefined ? {} : {deltasPerSecond: Number(values.rate)}),
};
const server = await startStandIn({script: withPace(make(), pace), port: Number(values.port)});
process.stdout.write(`${JSON.stringify({url: server.url, ledger: `${server.url}/stand-in/ledger`})}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
