import {join} from 'node:path';
import {expect, it} from 'vitest';
import {createEventLog} from '../../db/event-log.ts';
import {openDatabase} from '../../db/open.ts';
import type {RunEvent} from '../../source/domain/event.ts';
import {eventsBetween} from '../../source/engine/keep-snapshots.ts';
import {flotilla, makeRepository, temporary} from './flotilla.ts';

/** Makes the newest run a long one: its planner was told so many things. */
const lengthen = (file: string): void => {
	const database = openDatabase(file);
	const log = createEventLog(database);
	const [runId] = log.runs().map(({id}) => id);
	if (runId === undefined) throw new Error('There is no run.');
	const agentId = log
		.page({runId, after: 0, limit: 100})
		.flatMap(({event}) => (event.type === 'agent.created' ? [event.agentId] : []))[0];
	if (agentId === undefined) throw new Error('There is no agent.');
	const told = (n: number): RunEvent => ({
		type: 'agent.messaged',
		agentId,
		messageId: `message_long_${n}`,
		text: `word ${n}`,
		from: 'person',
	});
	const events = Array.from({length: eventsBetween}, (_, n) => ({
		at: Date.now(),
		runId,
		cause: 'test' as const,
		event: told(n),
	}));
	log.append(events, []);
	database.close();
};

it('shows a long run from what was kept of it, and that is what its events lead to', {timeout: 60_000}, async () => {
	const home = temporary('home');
	const file = join(home, 'flotilla.db');
	const env = {FLOTILLA_HOME: home, HOME: home};
	const dir = makeRepository();
	const call = (...args: readonly string[]) => flotilla(args, env, dir);
	await call('run', 'Survey this', '--offline', '--non-interactive');
	lengthen(file);
	expect(await call('resume', '--yes', '--json')).toMatchObject({code: 0});
	const database = openDatabase(file);
	expect(database.prepare('SELECT count(*) FROM snapshots').pluck().get()).toBe(1);
	database.close();
	const [shown, replayed, doctor] = await Promise.all([
		call('show', '--json'),
		call('replay', '--json'),
		call('doctor', '--offline'),
	]);
	expect(JSON.parse(shown.stdout)).toEqual(JSON.parse(replayed.stdout));
	expect(doctor.stdout).toContain('all whole');
});
