import type {Database} from 'better-sqlite3';
import type {Stamped} from '../source/domain/event.ts';
import type {RunId} from '../source/domain/id.ts';
import type {Waiting} from '../source/domain/waiting.ts';
import {createCodec} from './codec.ts';
import {eventColumns, nameOfAgent, newestSeq, type Row} from './event-row.ts';
import {StorageProblem, withWords} from './storage-problem.ts';

/** A request without what its run says of it. */
type Opened = Omit<Waiting, 'goal'> & {readonly seq: number};

const ofRequests = `type IN ('request.opened', 'request.answered', 'request.withdrawn')`;

const isSame = (one: readonly Waiting[], other: readonly Waiting[]): boolean =>
	one.length === other.length &&
	one.every(({runId, requestId, goal}, i) => {
		const waiting = other[i];
		return waiting?.requestId === requestId && waiting.runId === runId && waiting.goal === goal;
	});

/**
 * Reads what waits for a person in all runs, the oldest first; the same list as before when nothing of it has changed.
 * At first the histories of the runs that wait are read, and from then on only what was stored since. Throws a
 * StorageProblem.
 */
export const createWaitingReader = (database: Database): (() => readonly Waiting[]) => {
	const codec = createCodec();
	const newest = newestSeq(database);
	const asking = database.prepare<[], RunId>(`SELECT id FROM runs WHERE summary ->> '$.waiting' > 0`).pluck();
	const goals = database.prepare<[string], {readonly id: RunId; readonly goal: string}>(
		`SELECT id, summary ->> '$.goal' AS goal FROM runs
		WHERE id IN (SELECT value FROM json_each(?)) AND summary ->> '$.waiting' > 0`,
	);
	const ofRun = database.prepare<[RunId], Row>(
		`SELECT ${eventColumns} FROM events WHERE run_id = ? AND ${ofRequests} ORDER BY seq`,
	);
	const since = database.prepare<[number], Row>(
		`SELECT ${eventColumns} FROM events WHERE seq > ? AND ${ofRequests} ORDER BY seq`,
	);
	const nameOf = nameOfAgent(database);
	const opened = new Map<string, Opened>();
	let readTo: number | undefined;
	let last: readonly Waiting[] = [];

	const decoded = (row: Row): readonly Stamped[] => {
		try {
			return [codec.decode(row)];
		} catch (error) {
			// One event that nobody understands must not keep all others from being told.
			if (error instanceof StorageProblem) return [];
			throw error;
		}
	};

	const take = ({seq, at, runId, event}: Stamped): void => {
		if (event.type === 'request.opened') {
			const {requestId, agentId, ask} = event;
			const asker = agentId === undefined ? undefined : nameOf.get(agentId);
			opened.set(`${runId} ${requestId}`, {seq, runId, requestId, openedAt: at, asker, ask});
		} else if (event.type === 'request.answered' || event.type === 'request.withdrawn')
			opened.delete(`${runId} ${event.requestId}`);
	};

	const read = database.transaction((): readonly Waiting[] => {
		const end = newest.get() ?? 0;
		const rows = readTo === undefined ? asking.all().flatMap(id => ofRun.all(id)) : since.all(readTo);
		for (const stamped of rows.flatMap(decoded)) take(stamped);
		readTo = end;
		if (opened.size === 0) return [];
		const runs = new Set([...opened.values()].map(({runId}) => runId));
		const goalOf = new Map(goals.all(JSON.stringify([...runs])).map(({id, goal}) => [id, goal]));
		return [...opened.values()]
			.toSorted((a, b) => a.openedAt - b.openedAt || a.seq - b.seq)
			.flatMap(({seq: _, ...waiting}) => {
				const goal = goalOf.get(waiting.runId);
				return goal === undefined ? [] : [{...waiting, goal}];
			});
	});

	return () => {
		const now = withWords('read what waits for you', () => read());
		if (!isSame(last, now)) last = now;
		return last;
	};
};
