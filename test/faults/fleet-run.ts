import {basename, dirname, join} from 'node:path';
import {setTimeout as pass} from 'node:timers/promises';
import {isDeepStrictEqual} from 'node:util';
import type {Stamped} from '../../source/domain/event.ts';
import {evolve} from '../../source/domain/evolve.ts';
import type {RunId} from '../../source/domain/id.ts';
import {toUsd} from '../../source/domain/money.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import {type Run, runWord} from '../../source/domain/run.ts';
import type {Clock} from '../../source/engine/clock.ts';
import type {EventLog} from '../../source/engine/event-log.ts';
import type {Provider} from '../../source/providers/provider.ts';
import {openRealFleet} from '../support/real-fleet.ts';
import type {ParsedRequest} from '../support/stand-in/parsed-request.ts';
import {type LedgerEntry, type Script, startStandIn} from '../support/stand-in/server.ts';
import {endOf, findingsOf} from './invariants.ts';
import type {Expected, Finding, Rule} from './invariants-evidence.ts';
import {readEvents, type StoredEvent} from './invariants-rows.ts';
import {askerOf} from './kills-script.ts';
import {filesBelow, makeGround} from './program-run.ts';

export type FleetOrder = {
	readonly script: Script;
	/** What lies in the folder before the run. */
	readonly prepare: (dir: string) => void;
	readonly clock: Clock;
	/** Usually the stand-in by the real SDK. */
	readonly providerAt: (url: string) => Provider | Promise<Provider>;
	/** Whether there is nothing more to wait for. */
	readonly isOver: (run: Run) => boolean;
	readonly longestWaitMs: number;
	readonly onEvents?: (batch: readonly Stamped[]) => void;
	/** How an undisturbed run ends; undefined when there is nothing to compare with. */
	readonly expected: Expected | undefined;
};

export type FleetRun = {
	readonly end: Expected;
	/** `waits` is a run that got where it was to get without an end; `hung` is one of which nothing is heard. */
	readonly kind: 'done' | 'failed' | 'waits' | 'hung';
	readonly events: readonly StoredEvent[];
	readonly requests: readonly ParsedRequest[];
	readonly ledger: readonly LedgerEntry[];
	readonly findings: readonly Finding[];
};

/** What need not hold of a run that did not get to its end. */
const onlyWhenDone: ReadonlySet<Rule> = new Set<Rule>(['tool lost', 'end', 'files']);
const onlyWhenEnded: ReadonlySet<Rule> = new Set<Rule>(['call ends']);

/** As `show --json` says it, as far as the invariants read it. */
const shownOf = (run: Run) => ({
	status: runWord(run),
	plan: {steps: stepsOf(run.plan).map(step => ({key: step.key, status: step.status.kind}))},
	usage: {
		settledUsd: toUsd(run.ledger.settled),
		estimatedUsd: toUsd(run.ledger.estimated),
		reservedUsd: toUsd(run.ledger.reserved),
	},
});

/** JSON has no `undefined`: a field that holds it is as good as absent. */
const asStored = (run: Run | undefined): unknown => JSON.parse(JSON.stringify(run));

const foldOf = (log: EventLog, runId: RunId): Run | undefined => {
	let run: Run | undefined;
	for (const stamped of log.after({after: 0, runId})) run = evolve(run, stamped);
	return run;
};

/** A run within this process, on the real database, tools and SDK; then everything that does not hold of it. */
export const runFleet = async (order: FleetOrder): Promise<FleetRun> => {
	const {script, prepare, clock, providerAt, isOver, longestWaitMs, onEvents = () => {}, expected} = order;
	const ground = makeGround();
	// Several runs share this process and its children's marks: each needs a name of its own.
	const runId: RunId = `run_${basename(dirname(ground.dir))}`;
	await using server = await startStandIn({script});
	try {
		prepare(ground.dir);
		const fleet = openRealFleet(await providerAt(server.url), ground.dir, {}, ground.home, clock);
		fleet.engine.subscribe({after: 0, runId}, {onEvents, onSignal: () => {}});
		await fleet.engine.send({type: 'run.create', runId, goal: 'Do it', settings: fleet.settings});
		const tooLong = new AbortController();
		const gaveUp = pass(longestWaitMs, undefined, {signal: tooLong.signal}).catch(() => undefined);
		const over = await Promise.race([fleet.until(runId, isOver), gaveUp]);
		tooLong.abort();
		await fleet.engine.stop();
		const run = fleet.engine.run(runId);
		const folded = foldOf(fleet.log, runId);
		fleet.log.close();
		if (run === undefined) throw new Error('The run is not open.');

		const events = readEvents(join(ground.home, 'flotilla.db'));
		const files = filesBelow(ground.dir);
		const shown = shownOf(run);
		const ended = run.status.kind === 'ended';
		const done = run.status.kind === 'ended' && run.status.outcome === 'done';
		const kind = done ? 'done' : ended ? 'failed' : over === undefined ? 'hung' : 'waits';
		const {requests, ledger} = server;
		const left = {replayed: shown, processesLeft: []};
		const findings = findingsOf({events, requests, ledger, askerOf, shown, files, expected, ...left}).filter(
			({rule}) => (done || !onlyWhenDone.has(rule)) && (ended || !onlyWhenEnded.has(rule)),
		);
		const wrong: Finding[] = [];
		if (!isDeepStrictEqual(asStored(run), asStored(folded)))
			wrong.push({rule: 'fold', words: 'memory and database tell different runs'});
		if (kind === 'hung') wrong.push({rule: 'hung', words: `not a word within ${longestWaitMs / 1000} s`});
		return {end: {...endOf(shown), files}, kind, events, requests, ledger, findings: [...findings, ...wrong]};
	} finally {
		ground.remove();
	}
};
