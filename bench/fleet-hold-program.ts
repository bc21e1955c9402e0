import {openRealFleet} from '../test/support/real-fleet.ts';

/** Agents of which some work and the others have ended: prints a line when that is so, and then waits to be killed. */
const [url = '', dir = '', home = '', registered = '100', active = '100'] = process.argv.slice(2);
const runId = 'run_bench';
const fleet = openRealFleet(
	url,
	dir,
	{maxParallel: Number(active), standing: {plan: false, edits: true, calls: true}},
	home,
);
const {engine, settings} = fleet;
await engine.send({type: 'run.create', runId, goal: 'a benchmark', settings});
await fleet.until(runId, run => run.plan !== undefined);
for (let i = 0; i < Number(registered); i++)
	await engine.send({type: 'agent.create', runId, role: 'scout', objective: `Part ${i}.`, tier: 'haiku'});
await fleet.until(runId, run => run.agents.filter(agent => agent.turn !== undefined).length === Number(active));
process.on('SIGUSR2', () => {
	const {user, system} = process.cpuUsage();
	console.log(JSON.stringify({cpuMs: (user + system) / 1000, rssMb: process.memoryUsage().rss / 1024 / 1024}));
});
setInterval(() => {}, 60_000);
console.log('ready');
