import {openRealFleet} from '../test/support/real-fleet.ts';
import {measureLoad} from './load.ts';

/** The same agents as Flotilla runs them: planned, weighed, priced, redacted, and every fact stored. */
const [url = '', dir = '', agents = '100'] = process.argv.slice(2);
const runId = 'run_bench';
const fleet = openRealFleet(url, dir, {
	maxParallel: Number(agents),
	standing: {plan: false, edits: true, calls: true},
});
const {engine, settings} = fleet;
const scout = settings.roles['scout'];
if (scout === undefined) throw new Error('There is no role scout.');
const roles = {...settings.roles, scout: {...scout, maxTurns: 100, toolBudget: 100}};
await engine.send({type: 'run.create', runId, goal: 'a benchmark', settings: {...settings, roles}});
await fleet.until(runId, run => run.plan !== undefined);
const end = measureLoad();
await Promise.all(
	Array.from({length: Number(agents)}, (_, i) =>
		engine.send({type: 'agent.create', runId, role: 'scout', objective: `Look around ${i}.`, tier: 'haiku'}),
	),
);
await fleet.until(
	runId,
	run =>
		run.agents.filter(({status, assignment}) => assignment.kind === 'task' && status.kind === 'done').length ===
		Number(agents),
);
console.log(JSON.stringify(end()));
process.exit(0);
