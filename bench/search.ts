import {mkdtempSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createEventLog} from '../db/event-log.ts';
import {openDatabase} from '../db/open.ts';
import {catchUpSearch} from '../db/search-index.ts';
import type {RunEvent} from '../source/domain/event.ts';
import type {AgentId, RunId} from '../source/domain/id.ts';
import {noUsage} from '../source/domain/usage.ts';
import type {NewEvent} from '../source/engine/event-log.ts';
import type {SearchQuery} from '../source/engine/port.ts';
import {agentCreated} from '../test/db/sample-events.ts';
import {reportGoals} from './goal.ts';
import {median, quantile} from './median.ts';

const eventCount = 1_000_000;
const eventsPerRun = 5000;
const queryCount = 500;
const vocabulary = 60_000;

/** The same numbers each time. */
const createChance = (): (() => number) => {
	let state = 1;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
};

const word = (rank: number): string => {
	let text = '';
	for (let rest = rank * 7919 + 13; rest > 0; rest = Math.floor(rest / 26))
		text += 'etaoinshrdlucmfwypvbgkjqxz'[rest % 26];
	return text;
};

/** Few words are said often and many seldom, as people and models do. */
const createSpeech = (chance: () => number): ((words: number) => string) => {
	const one = (): string => word(Math.floor(vocabulary * chance() ** 4));
	return words => Array.from({length: words}, one).join(' ');
};

/** A turn with one call, as five events; of three of them there is something to find. */
const turn = (i: number, agentId: AgentId, say: (words: number) => string): readonly RunEvent[] => {
	const [turnId, callId] = [`turn_${i}_1`, `call_${i}_1`] as const;
	return [
		{type: 'turn.started', turnId, agentId, promptGuess: 1, reserved: 1, reservedTokens: 1, delivers: [], last: false},
		{
			type: 'turn.finished',
			turnId,
			agentId,
			content: [{type: 'text', text: say(60)}],
			stopReason: 'tool_use',
			settlement: {usage: noUsage, cost: 1, estimated: false},
		},
		{type: 'call.proposed', callId, agentId, turnId, useId: 'use', tool: 'grep', input: {pattern: say(3)}},
		{type: 'call.started', callId, agentId},
		{type: 'call.finished', callId, agentId, outcome: 'ok', output: say(120), touched: [], changes: false},
	];
};

/** How soon words are found among a million events, and what it costs to keep them so. */
export const benchSearch = async (): Promise<boolean> => {
	const folder = mkdtempSync(join(tmpdir(), 'flotilla-bench-'));
	const file = join(folder, 'flotilla.db');
	const database = openDatabase(file);
	try {
		const chance = createChance();
		const say = createSpeech(chance);
		const log = createEventLog(database);
		const runOf = (i: number): RunId => `run_${Math.floor(i / eventsPerRun).toString(36)}x`;
		for (let i = 0; i < eventCount; ) {
			const batch: NewEvent[] = [];
			while (batch.length < 1000) {
				const runId = runOf(i);
				const agentId: AgentId = `agent_${runId.slice(4)}_1`;
				if (i % eventsPerRun === 0) batch.push({at: i, runId, cause: 'bench', event: agentCreated(agentId, 'scout-1')});
				for (const event of turn(i, agentId, say)) batch.push({at: i, runId, cause: 'bench', event});
				i += 5;
			}
			log.append(batch, []);
		}
		const queries = Array.from({length: queryCount}, (_, i): SearchQuery => {
			const often = word(Math.floor(chance() * 50));
			const seldom = word(Math.floor(chance() * vocabulary));
			const texts = [
				often,
				seldom,
				`${often} ${seldom}`,
				`"${often} ${word(1)}"`,
				`${seldom.slice(0, 3)}*`,
				`${often} ${seldom.slice(0, 2)}*`,
			];
			const query = {text: texts[i % texts.length] ?? often, limit: 50};
			return i % 5 === 0 ? {...query, runId: runOf(Math.floor(chance() * eventCount))} : query;
		});
		const tookMs = queries.map(query => {
			const began = performance.now();
			log.search(query);
			return performance.now() - began;
		});
		const bestMs = queries.map(query => {
			const began = performance.now();
			log.search({...query, order: 'best'});
			return performance.now() - began;
		});
		const bytes = statSync(file).size;
		const indexBytes =
			database.prepare<[], number>("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search%'").pluck().get() ??
			Number.NaN;

		// One at a time and synchronously, as an engine stores them; then what of that were the words.
		const stored = Array.from({length: 400}, (_, i) => turn(eventCount + i, 'agent_new_1', say)).flat();
		const from = log.newest();
		const began = performance.now();
		for (const event of stored) log.append([{at: 1, runId: 'run_new', cause: 'bench', event}], []);
		const storingMs = performance.now() - began;
		const indexing = performance.now();
		database.transaction(() => {
			database.exec(`DELETE FROM search WHERE rowid > ${from}; UPDATE search_state SET seq = ${from}`);
			catchUpSearch(database);
		})();
		const indexingMs = performance.now() - indexing;
		return reportGoals(
			`full-text search over ${eventCount.toLocaleString('en')} events`,
			[
				{what: 'newest 50 places, p95', value: quantile(tookMs, 0.95), most: 100, unit: 'ms'},
				{what: 'best 50 of the newest 200, p95', value: quantile(bestMs, 0.95), most: 100, unit: 'ms'},
				{what: 'words among what storing an event takes', value: (100 * indexingMs) / storingMs, most: 5, unit: '%'},
			],
			[
				`p50 ${median(tookMs).toFixed(1)} ms, slowest ${Math.max(...tookMs).toFixed(0)} ms`,
				`${((1000 * indexingMs) / stored.length).toFixed(0)} µs an event`,
				`the index is ${(indexBytes / 1e6).toFixed(0)} of ${(bytes / 1e6).toFixed(0)} MB`,
			].join('; '),
		);
	} finally {
		database.close();
		rmSync(folder, {recursive: true});
	}
};
