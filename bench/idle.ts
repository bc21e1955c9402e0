import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as pass} from 'node:timers/promises';
import {execa} from 'execa';
import {type Bundles, makeProject, nextLine, startModel} from './contest.ts';
import {reportGoals} from './goal.ts';

const registered = 100;
const active = 30;
const watchMs = 10_000;

type Held = {readonly cpuMs: number; readonly rssMb: number};

/** What an engine holds and uses while its models think and nothing happens. */
export const benchIdle = async (bundles: Bundles): Promise<boolean> => {
	// The first word takes an hour: whoever is at work waits for its model.
	const server = await startModel(10, 1, 1 / 3600);
	try {
		const home = mkdtempSync(join(tmpdir(), 'flotilla-bench-'));
		const order = [
			await bundles.of('fleet-hold-program'),
			server.url,
			makeProject(),
			home,
			`${registered}`,
			`${active}`,
		];
		const held = execa('node', order, {reject: false, stderr: 'inherit'});
		const ask = async (): Promise<Held> => {
			held.kill('SIGUSR2');
			const read: Held = JSON.parse(await nextLine(held));
			return read;
		};
		let before: Held;
		let after: Held;
		try {
			await nextLine(held);
			before = await ask();
			await pass(watchMs);
			after = await ask();
		} finally {
			held.kill('SIGKILL');
			await held;
		}
		return reportGoals(
			`an engine with ${registered} agents, ${active} of them waiting for their models, when nothing happens`,
			[
				{what: 'memory', value: after.rssMb, most: 250, unit: 'MB'},
				{what: 'processor, of one core', value: ((after.cpuMs - before.cpuMs) / watchMs) * 100, most: 1, unit: '%'},
			],
			`${(after.cpuMs - before.cpuMs).toFixed(0)} ms of processor time in ${watchMs / 1000} s`,
		);
	} finally {
		server.stop();
	}
};
