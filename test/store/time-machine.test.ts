import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {createEventLog} from '../../db/event-log.ts';
import {openDatabase} from '../../db/open.ts';
import {createContext} from '../../source/boot/context.ts';
import {parseArguments} from '../../source/boot/parse-arguments.ts';
import {filesOf, presentRun} from '../../source/boot/present.ts';
import {shownStatus} from '../../source/boot/shown-status.ts';
import {replay} from '../../source/boot/verbs/replay.ts';
import {evolveCosts, noCosts} from '../../source/domain/costs.ts';
import type {Stamped} from '../../source/domain/event.ts';
import {evolve} from '../../source/domain/evolve.ts';
import {noSpend} from '../../source/domain/limits.ts';
import {type Run, runWord, summarize} from '../../source/domain/run.ts';
import {createStretches} from '../../store/stretches.ts';
import {createTimeline} from '../../store/timeline.ts';
import {fakeTerminal} from '../boot/fake-terminal.ts';
import {createRandom} from '../simulation/random.ts';
import {makeEvents} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';

/** Made runs in a real database, mixed, so that the numbers of one run's events have gaps. */
const storeRuns = () => {
	const home = mkdtempSync(join(tmpdir(), 'flotilla-past-'));
	const context = (...argv: readonly string[]) => {
		const {terminal, heard} = fakeTerminal(false);
		const {flags} = parseArguments(argv, '0');
		return {context: createContext(flags, terminal, {FLOTILLA_HOME: home}, {}, '0'), heard};
	};
	const log = createEventLog(openDatabase(context('ls').context.paths.database));
	onTestFinished(() => {
		log.close();
		rmSync(home, {recursive: true});
	});
	const mine = makeEvents({steps: 40, agents: 60, stage: 'done'});
	const other = makeEvents({runId: 'run_other1', stage: 'proposed'});
	let run: Run | undefined;
	const stored: Stamped[] = [];
	for (const [i, event] of mine.entries()) {
		run = evolve(run, event);
		stored.push(...log.append([event], [summarize(run)]));
		const beside = i % 50 === 0 ? other[i / 50] : undefined;
		if (beside !== undefined) log.append([beside], []);
	}
	return {log, context, stored};
};

test('at any event the past is what `replay --until` folds', async () => {
	const {log, context, stored} = storeRuns();
	const timeline = createTimeline();
	let run: Run | undefined;
	let costs = noCosts;
	for (const stamped of stored) {
		run = evolve(run, stamped);
		costs = evolveCosts(costs, stamped);
		timeline.add(stamped, run, costs);
	}
	const stretches = createStretches({
		port: {history: query => Promise.resolve(log.page(query))},
		runId: 'run_made01',
		timeline,
		describe: ({type}) => ({level: 'info', text: type, agentName: undefined}),
	});
	expect(stored.length).toBeGreaterThan(500);
	const random = createRandom(5);
	const moments = [1, stored.length, ...Array.from({length: 20}, () => random.between(1, stored.length))];
	for (const n of moments) {
		const {fromN, runs, costs: sums, entries} = stretches.at(n) ?? (await stretches.load(n));
		const past = runs[n - fromN - 1];
		const seq = timeline.seqOf(n);
		expect(entries[n - fromN - 1]?.seq).toBe(seq);
		const then = stored.slice(0, n);
		expect(sums[n - fromN - 1]).toEqual(then.reduce(evolveCosts, noCosts));
		expect(past).toEqual(then.reduce<Run | undefined>(evolve, undefined));
		const {context: asked, heard} = context('replay', 'run_made01', '--until', String(seq), '--json');
		await replay(asked, 'run_made01', createManualClock());
		if (past === undefined) throw new Error('no past');
		const shown = presentRun(past, {
			files: filesOf(past, then),
			status: shownStatus(asked)(runWord(past)),
			elsewhere: noSpend,
		});
		expect(JSON.parse(heard.stdout)).toEqual(JSON.parse(JSON.stringify(shown)));
	}
});
