import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {benchBackground, benchRecovery} from './background.ts';
import {openBundles} from './contest.ts';
import {benchIdle} from './idle.ts';
import {benchParallelAgents} from './parallel-agents.ts';
import {benchResume} from './resume.ts';
import {benchSearch} from './search.ts';
import {benchSoak} from './soak.ts';
import {benchStart} from './start.ts';
import {benchStory} from './story.ts';
import {benchTranscript} from './transcript.ts';
import {benchTurnCost} from './turn-cost.ts';
import {benchWindow} from './window.ts';

/** What a part makes lies below one folder, which goes when the part has ended. */
const inFolder = async (run: () => Promise<boolean>): Promise<boolean> => {
	const outside = tmpdir();
	const folder = mkdtempSync(join(outside, 'flotilla-bench-'));
	process.env['TMPDIR'] = folder;
	try {
		return await run();
	} finally {
		process.env['TMPDIR'] = outside;
		// An engine that was killed may still be on its way out.
		rmSync(folder, {recursive: true, force: true, maxRetries: 5});
	}
};

const bundles = openBundles();
const hundred = {agents: 100, turns: 10, deltas: 200, deltasPerSecond: 100, rounds: 3, mostCpu: 1, mostWall: 1.04};
const thousand = {agents: 1000, turns: 10, deltas: 200, deltasPerSecond: 20, rounds: 1, mostWall: 1.1};
const parts: Readonly<Record<string, () => Promise<boolean>>> = {
	parallel: benchParallelAgents,
	window: benchWindow,
	story: benchStory,
	turns: () => benchTurnCost(hundred, bundles),
	capacity: () => benchTurnCost(thousand, bundles),
	resume: () => benchResume(bundles),
	idle: () => benchIdle(bundles),
	start: benchStart,
	background: benchBackground,
	recovery: benchRecovery,
	search: benchSearch,
	transcript: benchTranscript,
	soak: benchSoak,
};

/** It takes half an hour, so it is only done when it is named. */
const onlyNamed = new Set(['soak']);

/** All parts, or those that are named: `npm run bench -- turns resume`. */
const named = process.argv.slice(2);
let met = true;
try {
	for (const [name, run] of Object.entries(parts))
		if ((named.length === 0 && !onlyNamed.has(name)) || named.includes(name)) met = (await inFolder(run)) && met;
} finally {
	bundles.remove();
}
process.exit(met ? 0 : 1);
