import Sqlite, {type Database} from 'better-sqlite3';
import type {RunId} from '../source/domain/id.ts';
import {readSearch, type SearchTerm} from '../source/domain/search-words.ts';
import type {Excerpt, SearchHit, SearchPage, SearchQuery} from '../source/engine/port.ts';
import {createCodec} from './codec.ts';
import {eventColumns, nameOfAgent, type Row} from './event-row.ts';
import {isTelling, lastIndexed, runWordOf, toldBy} from './search-index.ts';
import {withWords} from './storage-problem.ts';

/** So many of the newest that match are compared with each other when the best are asked for. */
const comparedMax = 200;

/** An excerpt has so many words. */
const excerptWords = 24;

/** Signs that no text holds once they are taken out of it, around what was found. */
const [open, close] = ['\ue000', '\ue001'];
const marks = /[\ue000\ue001]/g;

const quoted = (words: string): string => `"${words.replaceAll('"', '""')}"`;

/** In the language of the index. Everything a person has typed stands between quotes, so that none of it acts there. */
const matchOf = (terms: readonly SearchTerm[]): string =>
	terms.map(({words, isBeginning}) => quoted(words) + (isBeginning ? ' *' : '')).join(' AND ');

const excerptOf = (marked: string): Excerpt =>
	marked
		.split(open)
		.flatMap((part, i) => {
			const [found = '', rest = ''] = i === 0 ? ['', part] : part.split(close);
			return [
				{text: found, isMatch: true},
				{text: rest, isMatch: false},
			];
		})
		.filter(({text}) => text !== '');

type Found = {readonly seq: number; readonly marked: string};

/** Which of these events match, in order, each with what was found. They are few, so they are looked through at once. */
const look = (rows: readonly Row[], match: string, best: boolean, limit: number): readonly Found[] => {
	const memory = new Sqlite(':memory:');
	try {
		memory.exec(`CREATE VIRTUAL TABLE found USING fts5(text, tokenize = 'unicode61 remove_diacritics 2')`);
		const insert = memory.prepare<[number, string]>('INSERT INTO found (rowid, text) VALUES (?, ?)');
		memory.transaction(() => {
			for (const row of rows) insert.run(row.seq, toldBy(row).replaceAll(marks, ''));
		})();
		return memory
			.prepare<[string, number], Found>(
				`SELECT rowid AS seq, snippet(found, 0, '${open}', '${close}', '…', ${excerptWords}) AS marked
				FROM found WHERE found MATCH ? ORDER BY ${best ? 'rank, rowid DESC' : 'rowid DESC'} LIMIT ?`,
			)
			.all(match, limit);
	} finally {
		memory.close();
	}
};

const search = (database: Database, {text, runId, order, limit}: SearchQuery): SearchPage => {
	const words = readSearch(text);
	if (words.kind === 'problem') return {hits: [], isWhole: true, problem: words.text};
	const match = matchOf(words.terms);
	const codec = createCodec();
	const best = order === 'best';
	const ofRun = runId === undefined ? '' : ` AND run : ${quoted(runWordOf(runId))}`;
	const indexed = database
		.prepare<[string, number], Row>(
			// The order of the tables is the order in which they are read.
			`SELECT ${eventColumns} FROM (
				SELECT rowid AS found FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?
			) CROSS JOIN events ON seq = found`,
		)
		.all(`text : (${match})${ofRun}`, best ? Math.max(comparedMax, limit + 1) : limit + 1);
	// The words of the newest events may not be in the index yet.
	const fresh = database
		.prepare<[number], Row>(`SELECT ${eventColumns} FROM events WHERE seq > ? AND ${isTelling}`)
		.all(lastIndexed(database))
		.filter(row => runId === undefined || row.run_id === runId);
	const rows = new Map([...indexed, ...fresh].map(row => [row.seq, row]));
	const found = look([...rows.values()], match, best, limit + 1);

	const nameOf = nameOfAgent(database);
	const goalOf = database.prepare<[RunId], string | null>(`SELECT summary ->> '$.goal' FROM runs WHERE id = ?`).pluck();
	const hits = found.slice(0, limit).flatMap(({seq, marked}): readonly SearchHit[] => {
		const row = rows.get(seq);
		if (row === undefined) return [];
		const agentName = row.agent_id === null ? undefined : nameOf.get(row.agent_id);
		return [
			{
				seq,
				at: row.at,
				type: codec.decode(row).event.type,
				runId: row.run_id,
				goal: goalOf.get(row.run_id) ?? '',
				...(row.agent_id === null ? {} : {agentId: row.agent_id}),
				...(agentName === undefined ? {} : {agentName}),
				excerpt: excerptOf(marked),
			},
		];
	});
	return {hits, isWhole: found.length <= limit};
};

/** Looks for words in all that was said and done, as it is at one moment. Throws a StorageProblem. */
export const searchEvents = (database: Database, query: SearchQuery): SearchPage =>
	withWords('search the history', () => database.transaction(() => search(database, query))());
