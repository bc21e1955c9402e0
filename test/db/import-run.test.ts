import {expect, test} from 'vitest';
import {checkDatabase} from '../../db/check-database.ts';
import {importRun} from '../../db/import-run.ts';
import {lastIndexed} from '../../db/search-index.ts';
import {type StoredEvent, storedEvents} from '../../db/stored-events.ts';
import {makeEvents} from '../support/make-run.ts';
import {openStore} from './open-store.ts';
import {fold} from './sample-events.ts';

const at = Date.UTC(2027, 0, 1);

/** The events of a run at work, as they lie in the database it was made in. */
const madeElsewhere = (): readonly StoredEvent[] => {
	const {database, keep} = openStore();
	keep(makeEvents({runId: 'run_other', steps: 3}));
	keep(makeEvents({runId: 'run_made', steps: 5}));
	return [...storedEvents(database, 'run_made')];
};

test('an imported run is the same run behind all others, set down, and nothing in it is approved in advance', () => {
	const stored = madeElsewhere();
	const {database, log, keep} = openStore();
	const here = makeEvents({runId: 'run_here', steps: 3});
	keep(here);
	const run = importRun(database, 'run_made', stored, at);
	const events = [...log.after({after: 0, runId: 'run_made'})];
	expect(events.map(({seq}) => seq)).toEqual(events.map((_, n) => here.length + 1 + n));
	expect([...storedEvents(database, 'run_made')].slice(0, stored.length).map(({seq: _, ...event}) => event)).toEqual(
		stored.map(({seq: _, ...event}) => event),
	);
	expect(events.slice(-2)).toMatchObject([
		{at, cause: 'import', event: {type: 'run.suspended'}},
		{at, cause: 'import', event: {type: 'run.imported'}},
	]);
	expect(run.suspended).toBe(true);
	expect(fold(events)).toEqual(run);
	const [agent] = run.agents;
	expect(log.page({runId: 'run_made', agentId: agent?.id ?? 'agent_none', limit: 3})).toHaveLength(3);
	expect(lastIndexed(database)).toBe(log.newest());
	expect(checkDatabase(database).faults).toEqual([]);
});

test('what a stranger allowed is not allowed here', () => {
	const stored = madeElsewhere().map(event =>
		event.type === 'run.created'
			? {
					...event,
					fields: {
						...event.fields,
						settings: {
							...Object(event.fields['settings']),
							standing: {plan: true, edits: true, calls: true},
							permissionMode: 'bypass',
							rules: {allow: ['*'], ask: [], deny: ['bash(git push:*)']},
						},
					},
				}
			: event,
	);
	const {database} = openStore();
	const {settings, grants, agents} = importRun(database, 'run_made', stored, at);
	expect(settings).toMatchObject({
		standing: {plan: false, edits: false, calls: false},
		permissionMode: 'ask',
		rules: {allow: [], ask: [], deny: ['bash(git push:*)']},
	});
	expect(grants).toEqual([]);
	expect(agents.flatMap(({calls}) => calls.map(({status}) => status.kind))).not.toContain('allowed');
});

test.each([
	{what: 'a newer event', change: (e: StoredEvent) => ({...e, version: 99}), says: /newer Flotilla wrote it/},
	{what: 'an unknown event', change: (e: StoredEvent) => ({...e, type: 'run.sunk'}), says: /run\.sunk is unknown/},
	{what: 'no events', change: () => [], says: /there are no events/},
	{
		what: 'a run without its beginning',
		change: (e: StoredEvent) => (e.type === 'run.created' ? [] : e),
		says: /begins with agent\.created/,
	},
	{
		what: 'a run that begins twice',
		change: (e: StoredEvent) => (e.type === 'run.created' ? [e, e] : e),
		says: /a second time/,
	},
	{
		what: 'fields that are missing',
		change: (e: StoredEvent) => ({...e, fields: {}}),
		says: /its events make no run/,
	},
	{
		what: 'a goal that is no text',
		change: (e: StoredEvent) => (e.type === 'run.created' ? {...e, fields: {...e.fields, goal: 5}} : e),
		says: /event \d+, run\.created, is not in its form: goal: .*string/,
	},
	{
		what: 'a call that was weighed without a preview',
		change: (e: StoredEvent) => (e.type === 'call.weighed' ? {...e, fields: {...e.fields, preview: 5}} : e),
		says: /call\.weighed, is not in its form: preview: /,
	},
	{
		what: 'an agent that is no agent',
		change: (e: StoredEvent) => (e.type === 'turn.started' ? {...e, fields: {...e.fields, agentId: 'x'}} : e),
		says: /turn\.started, is not in its form: agentId: /,
	},
])('$what is refused in words, and nothing of it is stored', ({change, says}) => {
	const stored = madeElsewhere().flatMap(change);
	const {database, log} = openStore();
	expect(() => importRun(database, 'run_made', stored, at)).toThrow(says);
	expect(() => importRun(database, 'run_made', stored, at)).toThrow(/Nothing has been imported/);
	expect([...log.after({after: 0})]).toEqual([]);
	expect(log.runs()).toEqual([]);
});

test('a run that is here already is not imported a second time', () => {
	const stored = madeElsewhere();
	const {database, log} = openStore();
	importRun(database, 'run_made', stored, at);
	const before = [...log.after({after: 0})];
	expect(() => importRun(database, 'run_made', stored, at)).toThrow(/a run of that id is here already/);
	expect([...log.after({after: 0})]).toEqual(before);
});
