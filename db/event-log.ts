import type {Database, Statement} from 'better-sqlite3';
import type {Stamped} from '../source/domain/event.ts';
import type {RunId} from '../source/domain/id.ts';
import {noSpend, quantities, type Spend} from '../source/domain/limits.ts';
import type {RunSummary} from '../source/domain/run.ts';
import type {StepHistory} from '../source/domain/settings.ts';
import type {EventLog, NewEvent} from '../source/engine/event-log.ts';
import type {Cursor, HistoryQuery} from '../source/engine/port.ts';
import {type Codec, createCodec} from './codec.ts';
import {eventColumns, newestSeq, type Row} from './event-row.ts';
import {createEventWriter} from './event-writer.ts';
import {searchEvents} from './search-events.ts';
import {createSearchKeeper} from './search-index.ts';
import {createSnapshots} from './snapshots.ts';
import {damageRemedy, StorageProblem, withWords} from './storage-problem.ts';
import {textPattern} from './text-pattern.ts';

/** So many events are read at a time: memory stays flat over a history of any length. */
const sliceLength = 500;

type Line = {readonly id: RunId; readonly summary: string};

const summaryIn = ({id, summary}: Line): RunSummary => {
	try {
		const read: RunSummary = JSON.parse(summary);
		return read;
	} catch {
		throw new StorageProblem('DAMAGED_LINE', 'list the runs', `the line of ${id} is not valid JSON`, damageRemedy);
	}
};

/**
 * The event log on SQLite. On a database opened for reading, `append` throws a StorageProblem like any other. `build`
 * says which program folds the events: without it, as where it runs from its sources, there are no snapshots.
 */
export const createEventLog = (database: Database, build?: string, codec: Codec = createCodec()): EventLog => {
	const writer = createEventWriter(database);
	const keepSearch = createSearchKeeper(database);
	const newest = newestSeq(database);
	const lines = database.prepare<[], Line>('SELECT id, summary FROM runs ORDER BY created_at DESC, id DESC');
	const matching = database
		.prepare<[{readonly prefix: string}], RunId>(
			`SELECT id FROM runs
			WHERE substr(id, 1, length(@prefix)) = @prefix OR substr(id, 1, length(@prefix) + 4) = 'run_' || @prefix
			ORDER BY created_at DESC, id DESC`,
		)
		.pluck();
	const histories = database.prepare<[], Omit<StepHistory, 'error'> & {readonly error: number | null}>(
		`SELECT role, model, count(*) AS steps, CAST(round(avg(spent)) AS INTEGER) AS cost,
			avg(CASE WHEN spent > 0 THEN abs(estimate - spent) * 1.0 / spent END) AS error
		FROM step_costs GROUP BY role, model ORDER BY role, model`,
	);
	const spending = database.prepare<[{readonly day: number; readonly except: string}], Spend>(
		`SELECT ${quantities.map(what => `coalesce(sum(summary ->> '$.today.${what}'), 0) AS ${what}`).join(', ')}
		FROM runs WHERE summary ->> '$.today.day' = @day AND id NOT IN (SELECT value FROM json_each(@except))`,
	);

	/** Prepared once for each kind of question: every turn of an agent asks one. */
	const prepared = new Map<string, Statement<[Partial<HistoryQuery>], Row>>();
	const selecting = (text: string): Statement<[Partial<HistoryQuery>], Row> => {
		const known = prepared.get(text) ?? database.prepare<[Partial<HistoryQuery>], Row>(text);
		prepared.set(text, known);
		return known;
	};

	const select = (query: Omit<HistoryQuery, 'runId'> & {readonly runId?: RunId}): readonly Stamped[] => {
		const agentId = query.agentId;
		const conditions = [
			'seq > @after',
			...(query.before === undefined ? [] : ['seq < @before']),
			...(query.text === undefined ? [] : [`body LIKE @text ESCAPE '\\'`]),
			...(agentId === undefined ? [] : ['agent_id = @agentId']),
			// The plus sign keeps SQLite from taking the run's index where the agent's is the narrower one.
			...(query.runId === undefined ? [] : [`${agentId === undefined ? '' : '+'}run_id = @runId`]),
		];
		const rows = selecting(
			`SELECT ${eventColumns} FROM events WHERE ${conditions.join(' AND ')}
			ORDER BY seq ${query.newest === true ? 'DESC' : 'ASC'} LIMIT @limit`,
		).all({
			...query,
			after: query.after ?? 0,
			...(query.text === undefined ? {} : {text: textPattern(query.text)}),
		});
		if (query.newest === true) rows.reverse();
		return rows.map(codec.decode);
	};

	const store = database.transaction((batch: readonly NewEvent[], changed: readonly RunSummary[]) => {
		const stamped = batch.map(event => {
			const row = codec.encode(event);
			return codec.decode({...row, seq: writer.insert(row)});
		});
		for (const summary of changed) writer.summarize(summary);
		keepSearch(stamped.at(-1)?.seq ?? 0);
		return stamped;
	});

	return {
		...createSnapshots(database, build),
		append: (batch, changed) => withWords('store what happened', () => store.immediate(batch, changed)),
		*after({after, runId}: Cursor) {
			let last = after;
			for (;;) {
				const slice = withWords('read the history', () =>
					select({after: last, limit: sliceLength, ...(runId === undefined ? {} : {runId})}),
				);
				yield* slice;
				if (slice.length < sliceLength) return;
				last = slice.at(-1)?.seq ?? last;
			}
		},
		newest: () => withWords('read the history', () => newest.get() ?? 0),
		page: query => withWords(`read the history of ${query.runId}`, () => select(query)),
		search: query => searchEvents(database, query),
		runs: () => withWords('list the runs', () => lines.all().map(summaryIn)),
		findRuns: prefix => withWords('look for a run', () => matching.all({prefix})),
		stepHistory: () =>
			withWords('read what steps have cost', () =>
				histories.all().map(({error, ...known}) => ({...known, error: error ?? undefined})),
			),
		spentOn: (day, except) =>
			withWords('read what was spent today', () => spending.get({day, except: JSON.stringify(except)}) ?? noSpend),
		close: () => void database.close(),
	};
};
