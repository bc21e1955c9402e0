import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {runTui} from '../source/boot/run-tui.tsx';
import {openRealFleet} from '../test/support/real-fleet.ts';

/** The window over a real engine with its database, hands and SDK, as a program of its own for a pseudo-terminal. */
const [url = '', agents = '50'] = process.argv.slice(2);
const dir = mkdtempSync(join(tmpdir(), 'flotilla-bench-'));
writeFileSync(join(dir, 'README.md'), '# A project\n');
const fleet = openRealFleet(url, dir, {
	maxParallel: Number(agents),
	standing: {plan: false, edits: false, calls: false},
});
const {engine} = fleet;
const runId = 'run_bench';
await engine.send({type: 'run.create', runId, goal: 'a benchmark', settings: fleet.settings});
await fleet.until(runId, run => run.plan !== undefined);
for (let i = 0; i < Number(agents); i++)
	await engine.send({type: 'agent.create', runId, role: 'analyst', objective: `Part ${i}`, tier: 'haiku'});
await fleet.until(
	runId,
	run => run.agents.filter(({status, turns}) => status.kind === 'thinking' && turns > 0).length === Number(agents),
);
await runTui({
	port: engine,
	runId,
	stdin: process.stdin,
	stdout: process.stdout,
	noColor: false,
	screenReader: false,
	reducedMotion: false,
});
process.exit(0);
