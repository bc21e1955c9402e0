import {isDeepStrictEqual} from 'node:util';
import type {Database} from 'better-sqlite3';
import type {Stamped} from '../source/domain/event.ts';
import type {RunId} from '../source/domain/id.ts';
import {stepsOf} from '../source/domain/plan.ts';
import {type Run, type RunSummary, summarize} from '../source/domain/run.ts';
import type {Step} from '../source/domain/step.ts';
import {createEventLog} from './event-log.ts';
import {foldRun} from './fold-run.ts';
import {codeOf, restoreRemedy, withWords} from './storage-problem.ts';

export type Fault = {
	/** What is wrong, in words. */
	readonly what: string;
	/** What a person can do about it. */
	readonly remedy: string;
};

export type Health = {readonly events: number; readonly runs: number; readonly faults: readonly Fault[]};

/** So many of one kind are told; the rest is a number. */
const toldMax = 3;

const told = (texts: readonly string[]): string => {
	const rest = texts.length - toldMax;
	return [...texts.slice(0, toldMax), ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
};

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** SQLite's own words; when the damage is too great even for looking, what it threw. */
const integrity = (database: Database): readonly string[] => {
	try {
		const lines = database.prepare<[], string>('PRAGMA integrity_check').pluck().all();
		return lines.map(line => line.trim().replaceAll('\n', ' '));
	} catch (error) {
		if (codeOf(error)?.startsWith('SQLITE_CORRUPT') === true) return [wordsOf(error)];
		throw error;
	}
};

/** What SQLite itself finds: pages, indexes, references. */
const fileFaults = (database: Database): readonly Fault[] => {
	const damage = integrity(database).filter(line => line !== 'ok');
	if (damage.length > 0) return [{what: `the file is damaged: ${told(damage)}`, remedy: restoreRemedy}];
	const loose = database.prepare<[], {table: string; parent: string}>('PRAGMA foreign_key_check').all();
	return loose.length === 0
		? []
		: [
				{
					what: `rows refer to rows that are gone: ${told(loose.map(({table, parent}) => `${table} to ${parent}`))}`,
					remedy: restoreRemedy,
				},
			];
};

/** Events are never deleted, so a missing number is a missing event. */
const gapFaults = (database: Database): readonly Fault[] => {
	const gaps = database
		.prepare<[], {before: number; seq: number}>(
			`SELECT before, seq FROM (SELECT lag(seq, 1, 0) OVER (ORDER BY seq) AS before, seq FROM events)
			WHERE seq <> before + 1 ORDER BY seq`,
		)
		.all()
		.map(({before, seq}) => (seq === before + 2 ? `${before + 1}` : `${before + 1} to ${seq - 1}`));
	return gaps.length === 0 ? [] : [{what: `events are missing: ${told(gaps)}`, remedy: restoreRemedy}];
};

const parsed = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
};

/** An older Flotilla counted a step that was split beside its parts, and one that reported a failure as done. */
const countedBefore = (steps: readonly Step[]): RunSummary['steps'] => ({
	total: steps.length,
	done: steps.filter(step => step.status.kind === 'done').length,
	failed: steps.filter(step => step.status.kind === 'failed').length,
});

function* upTo(last: number, events: Iterable<Stamped>): Iterable<Stamped> {
	for (const stamped of events) {
		if (stamped.seq > last) return;
		yield stamped;
	}
}

/** What was kept of a run must be what its events lead to. */
const snapshotFault = (id: RunId, folded: Run | undefined, kept: unknown): Fault | undefined =>
	isDeepStrictEqual(JSON.parse(JSON.stringify(folded ?? null)), kept)
		? undefined
		: {
				what: `the snapshot of ${id} differs from its events`,
				remedy: `Its events hold: \`flotilla replay ${id}\` shows the run as it is. Please report this, it is a defect.`,
			};

const runFault = (log: ReturnType<typeof createEventLog>, id: RunId, stored: string | undefined): Fault | undefined => {
	const snapshot = log.snapshot(id);
	let lines: readonly object[];
	let then: Run | undefined;
	try {
		const history = {after: 0, runId: id};
		if (snapshot !== undefined) then = foldRun(upTo(snapshot.seq, log.after(history)));
		const run = foldRun(log.after({...history, after: snapshot?.seq ?? 0}), then);
		if (run === undefined) return {what: `${id} is listed, but has no events`, remedy: restoreRemedy};
		const line = summarize(run);
		lines = [line, {...line, steps: countedBefore(stepsOf(run.plan))}].map(one => JSON.parse(JSON.stringify(one)));
	} catch (error) {
		const remedy = 'Other runs are not concerned. It cannot be shown or resumed; a backup may hold it whole.';
		return {what: `the events of ${id} make no run: ${wordsOf(error)}`, remedy};
	}
	const remedy = 'Its events hold, not the line; resuming the run writes the line anew.';
	if (stored === undefined) return {what: `${id} has events, but no line in the list of runs`, remedy};
	const line = parsed(stored);
	// No list can be read with it, and so no run be taken up.
	if (line === undefined)
		return {what: `the line of ${id} in the list of runs is not valid JSON`, remedy: restoreRemedy};
	// A line that an older Flotilla wrote lacks what has been added since.
	const isEqual =
		typeof line === 'object' &&
		line !== null &&
		lines.some(known =>
			isDeepStrictEqual(line, Object.fromEntries(Object.entries(known).filter(([key]) => Object.hasOwn(line, key)))),
		);
	if (!isEqual) return {what: `the line of ${id} in the list of runs differs from its events`, remedy};
	return snapshot && snapshotFault(id, then, snapshot.run);
};

const historyHealth = (database: Database, build: string | undefined): Health => {
	const log = createEventLog(database, build);
	const runs = database
		.prepare<[], {id: RunId; summary: string | null}>(
			`SELECT id, summary FROM runs
			UNION ALL SELECT DISTINCT run_id, NULL FROM events WHERE run_id NOT IN (SELECT id FROM runs)`,
		)
		.all();
	const faults = runs.map(({id, summary}) => runFault(log, id, summary ?? undefined));
	return {
		events: database.prepare<[], number>('SELECT count(*) FROM events').pluck().get() ?? 0,
		runs: runs.length,
		faults: [...gapFaults(database), ...faults.filter(fault => fault !== undefined)],
	};
};

/**
 * Looks at everything in the database: the file, the numbers of the events, and that every run folds to the line it
 * has in the list, and to the snapshot that this build has made of it. Reads the history as it is at one moment, also
 * while an engine writes. Throws a StorageProblem when it cannot even be read.
 */
export const checkDatabase = (database: Database, build?: string): Health =>
	withWords(`check ${database.name}`, () => {
		const damage = fileFaults(database);
		// What is read from damaged pages would only be more of the same.
		return damage.length > 0
			? {events: 0, runs: 0, faults: damage}
			: database.transaction(() => historyHealth(database, build))();
	});
