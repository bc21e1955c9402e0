import {join} from 'node:path';
import {createEventLog} from '../db/event-log.ts';
import {openDatabase} from '../db/open.ts';
import type {RunEvent} from '../source/domain/event.ts';
import type {AgentId, RunId} from '../source/domain/id.ts';
import {noUsage} from '../source/domain/usage.ts';
import type {NewEvent} from '../source/engine/event-log.ts';
import {type OpenEngine, untilAtWork} from './open-engine.ts';

const prose = 'The harbour has **twelve** berths; see `source/harbour.ts` and the tide table. '.repeat(6);
const code = "```ts\nexport const berth = (n: number): string => 'berth ' + n; // counted twice\n```";

/** The events of a turn with one call. */
const storyTurn = (n: number, agentId: AgentId): readonly RunEvent[] => {
	const [turnId, callId] = [`turn_b_${n}`, `call_b_${n}`] as const;
	const outcome = n % 50 === 0 ? 'error' : 'ok';
	const output = `${`line of what was printed, ${n}\n`.repeat(30)}[exit code ${outcome === 'ok' ? 0 : 1} after 1.2 s]`;
	return [
		{type: 'turn.started', turnId, agentId, promptGuess: 1, reserved: 1, reservedTokens: 1, delivers: [], last: false},
		{
			type: 'turn.finished',
			turnId,
			agentId,
			content: [{type: 'text', text: `## Part ${n}\n\n${prose}\n\n- one\n- two\n\n${n % 3 === 0 ? code : ''}`}],
			stopReason: 'tool_use',
			settlement: {usage: noUsage, cost: 1, estimated: false},
		},
		{type: 'call.proposed', callId, agentId, turnId, useId: 'use', tool: 'run_command', input: {command: `test ${n}`}},
		{type: 'call.started', callId, agentId},
		{type: 'call.finished', callId, agentId, outcome, output, touched: [], changes: false},
	];
};

/** The last part of a story of so many events. */
export const lastPart = (events: number): number => events / 5 - 1;

/** What an agent has said and done, in slices that are stored at once. */
export function* longStory(
	events: number,
	agentId: AgentId,
	about: Omit<NewEvent, 'event'>,
): Generator<readonly NewEvent[]> {
	const turns = 200;
	for (let first = 0; first <= lastPart(events); first += turns) {
		const count = Math.min(turns, lastPart(events) + 1 - first);
		yield Array.from({length: count}, (_, i) => storyTurn(first + i, agentId))
			.flat()
			.map(event => ({...about, event}));
	}
}

/** Gives an agent of a run so many events more, and ends it; resolves when so many others are at work again. */
export const lengthenStory = async (
	engine: OpenEngine,
	runId: RunId,
	name: string,
	{events, active}: {readonly events: number; readonly active: number},
): Promise<void> => {
	await engine.run('engine', 'stop');
	const database = openDatabase(join(engine.home, 'flotilla.db'));
	const log = createEventLog(database);
	const agentId = log
		.page({runId, after: 0, limit: 100_000})
		.flatMap(({event}) => (event.type === 'agent.created' && event.name === name ? [event.agentId] : []))[0];
	if (agentId === undefined) throw new Error(`There is no ${name}.`);
	const about = {at: Date.now(), runId, cause: 'bench'} as const;
	for (const slice of longStory(events, agentId, about)) log.append(slice, []);
	log.append([{...about, event: {type: 'agent.killed', agentId, reason: 'Its story is long enough.'}}], []);
	database.close();
	// It follows the run, which does not end.
	void engine.run('resume', runId, '--json', '--non-interactive');
	await engine.run('engine', 'start');
	const connection = await engine.connect();
	await untilAtWork(connection, count => count >= active);
	connection.close();
};
