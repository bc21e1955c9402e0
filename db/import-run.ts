import type {Database} from 'better-sqlite3';
import {decide} from '../source/domain/decide.ts';
import {agentOf, type RunEvent, type Stamped} from '../source/domain/event.ts';
import {evolve} from '../source/domain/evolve.ts';
import type {RunId} from '../source/domain/id.ts';
import {type Run, summarize} from '../source/domain/run.ts';
import {createCodec} from './codec.ts';
import type {NewRow} from './event-row.ts';
import {misshapen} from './event-shapes.ts';
import {createEventWriter} from './event-writer.ts';
import {foldRun} from './fold-run.ts';
import {catchUpSearch} from './search-index.ts';
import {StorageProblem, withWords} from './storage-problem.ts';
import type {StoredEvent} from './stored-events.ts';

const refusal = (runId: RunId, happened: string, remedy: string, cause?: unknown): StorageProblem =>
	new StorageProblem('IMPORT_REFUSED', `import ${runId}`, happened, `${remedy} Nothing has been imported.`, cause);

/** What is added to a run that comes from elsewhere: no process carries it, and nobody here has approved anything. */
const setDown = (run: Run, at: number): readonly RunEvent[] => {
	const decision = decide(run, {type: 'suspension'}, at);
	const suspension = decision.kind === 'events' ? decision.events : [];
	return [...suspension, {type: 'run.imported'}];
};

/**
 * Puts a run from another database behind everything in this one, in one transaction: its events in the form in which
 * they were stored there, with numbers of their own here; then it is set down. Returns the run. `at` is ms since 1970.
 *
 * Throws a StorageProblem, and changes nothing, when a run of that id exists, or when the events cannot be read by
 * this program, are not in the form of their types, or are not the history of one run.
 */
export const importRun = (database: Database, runId: RunId, events: readonly StoredEvent[], at: number): Run => {
	const codec = createCodec();
	const writer = createEventWriter(database);
	const exists = database.prepare<[RunId]>('SELECT 1 FROM events WHERE run_id = ? LIMIT 1');

	const read = (stored: StoredEvent): {readonly row: NewRow; readonly stamped: Stamped} => {
		const {seq, type, version, cause, fields} = stored;
		const row = {at: stored.at, run_id: runId, agent_id: null, type, version, cause, body: JSON.stringify(fields)};
		const stamped = codec.decode({...row, seq});
		const problem = misshapen(stamped.event);
		if (problem !== undefined) throw new Error(`event ${seq}, ${type}, is not in its form: ${problem}`);
		return {row: {...row, agent_id: agentOf(stamped.event) ?? null}, stamped};
	};

	const checked = (): {readonly rows: readonly NewRow[]; readonly run: Run} => {
		try {
			const all = events.map(read);
			const run = foldRun(all.map(({stamped}) => stamped));
			if (run === undefined) throw new Error('there are no events');
			// What a listing needs must be there, too.
			summarize(run);
			return {rows: all.map(({row}) => row), run};
		} catch (error) {
			const what = error instanceof Error ? error.message : String(error);
			throw refusal(runId, `its events make no run (${what})`, 'Export it anew from where it lies.', error);
		}
	};

	return withWords(`import ${runId}`, () =>
		database
			.transaction((): Run => {
				if (exists.get(runId) !== undefined)
					throw refusal(runId, 'a run of that id is here already', `\`flotilla show ${runId}\` shows it.`);
				const {rows, run} = checked();
				for (const row of rows) writer.insert(row);
				let after = run;
				const now = Math.max(at, run.lastEventAt);
				for (const event of setDown(run, now)) {
					writer.insert(codec.encode({at: now, runId, cause: 'import', event}));
					after = evolve(after, {at: now, runId, event});
				}
				writer.summarize(summarize(after));
				// Until its words are in the index, every search would read all of it.
				catchUpSearch(database);
				return after;
			})
			.immediate(),
	);
};
