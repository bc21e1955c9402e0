import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {createEventLog} from '../../db/event-log.ts';
import {migrations} from '../../db/migrate.ts';
import {openDatabase, openForReading} from '../../db/open.ts';
import {summaryOf} from '../db/sample-events.ts';
import {makeEvents} from '../support/make-run.ts';
import {fillHome} from './filled-home.ts';
import {flotilla, start, temporary} from './flotilla.ts';

const filled = (): {readonly FLOTILLA_HOME: string} => {
	const home = temporary('home');
	fillHome(home, [
		{runId: 'run_made1', steps: 15, goal: 'Survey the harbour, "old" one'},
		{runId: 'run_made2', steps: 3, stage: 'done'},
		{runId: 'run_made3', stage: 'proposed'},
	]);
	return {FLOTILLA_HOME: home};
};

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'json.md'), 'utf8');

/** All names of fields at the top of an object, each of which the page about JSON must tell of. */
const undocumented = (value: object): readonly string[] =>
	Object.keys(value).filter(name => !page.includes(`\`${name}\``) && !page.includes(`\`${name}[]\``));

describe('listings', () => {
	it('bring a database of an older Flotilla up to date', async () => {
		const home = temporary('home');
		const file = join(home, 'flotilla.db');
		openDatabase(file, migrations.slice(0, 2)).close();
		const {code, stderr} = await flotilla(['ls'], {FLOTILLA_HOME: home});
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
		openForReading(file)?.close();
	});

	it('have a version, and only fields that are documented', async () => {
		const env = filled();
		for (const args of [
			['status', 'made1'],
			['agents', 'made1'],
			['agent', 'agent_made1_4'],
			['tasks', 'made1'],
			['task', 'api', '--run', 'made1'],
			['inbox'],
			['cost', 'made1'],
			['search', 'berth'],
		]) {
			const {code, stdout, stderr} = await flotilla([...args, '--json'], env);
			expect({args, code, stderr}).toEqual({args, code: 0, stderr: ''});
			const shown = JSON.parse(stdout);
			expect(shown.version).toBe(1);
			const rows = [shown, shown.agent, shown.agents?.[0], shown.requests?.[0], shown.rows?.[0], shown.hits?.[0]];
			for (const row of rows) if (row !== undefined) expect({args, of: undocumented(row)}).toEqual({args, of: []});
		}
	});

	it('tell a person how things stand', async () => {
		const env = filled();
		const says = async (...args: readonly string[]) => (await flotilla(args, env)).stdout;
		const status = await says('status', 'made1');
		expect(status).toMatch(/^run_made1 {2}waiting/);
		expect(status).toMatch(/waits: +for your answer to 2 requests: flotilla inbox --run run_made1/);
		expect(status).toMatch(/request: request_\d+ +analyst-2: edit/);
		expect(await says('agents', 'made1')).toMatch(/analyst-2 +needs you +you +store/);
		expect(await says('agent', 'analyst-2', '--run', 'made1')).toMatch(/Last words:\n {2}Now I change one line/);
		expect(await says('tasks', 'made1')).toMatch(/^STEP.*\nscout +done/);
		expect(await says('task', 'step_made1_2')).toMatch(/^api {2}working[\s\S]*Objective:/);
		expect(await says('cost', 'made1', '--by', 'role')).toMatch(/ROLE[\s\S]*analyst[\s\S]*total/);
		expect(await says('cost', 'made1', '--by', 'step')).toMatch(/^STEP.*\nbeside the plan +\d/);
		expect(await says('search', '"const BERTH12" expo*', '--run', 'made1')).toMatch(
			/run_made1 {2}scout-1 {2}\d+ {2}2026-11-21 09:00 {2}.*12 +export const berth12/,
		);
		expect((await says('search', 'berth*', '--most', '2')).trim().split('\n')).toHaveLength(2);
		expect((await flotilla(['search', '"open'], env)).stderr).toMatch(/cannot be searched for. A second " is missing/);
	});

	it('tell times as the window does, where the person is, and scripts the same moments in UTC', async () => {
		const env = {...filled(), TZ: 'Asia/Kolkata'};
		const says = async (...args: readonly string[]) => (await flotilla(args, env)).stdout;
		expect(await says('ls')).toMatch(/^run_made1 .* 2026-11-21 14:30 /m);
		expect(await says('logs', 'made1')).toMatch(/^14:30:\d\d {2}/);
		expect(await says('search', 'berth*', '--run', 'made1')).toMatch(/ {2}2026-11-21 14:30 {2}/);
		expect(await says('watch', 'made2')).toMatch(/^14:30:\d\d {2}done/);
		expect(JSON.parse(await says('ls', '--json')).runs[0].createdAt).toMatch(/^2026-11-21T09:00:\S+Z$/);
	});

	it('tell what happened in all runs, in the order of the numbers, after any of them', async () => {
		const env = filled();
		const read = async (...args: readonly string[]): Promise<readonly {seq: number; runId: string}[]> =>
			(await flotilla(['logs', '--all', '--json', ...args], env)).stdout
				.trim()
				.split('\n')
				.map(line => JSON.parse(line));
		const events = await read();
		expect(events.map(({seq}) => seq)).toEqual(events.map((_, i) => i + 1));
		expect(new Set(events.map(({runId}) => runId)).size).toBe(3);
		const last = events.at(-20);
		expect(await read('--after', String(last?.seq))).toEqual(events.slice(-19));
		const {stdout} = await flotilla(['logs', '--all', '--after', String(last?.seq)], env);
		expect(stdout).toMatch(/^run_made\d {2}\d\d:\d\d:\d\d {2}/);
		const {code, stderr} = await flotilla(['logs', 'made1', '--all'], env);
		expect({code, stderr}).toEqual({code: 2, stderr: expect.stringContaining('"made1" names one')});
	});

	it('have what waits in all runs, the oldest first', async () => {
		const {stdout} = await flotilla(['inbox', '--json'], filled());
		const {requests} = JSON.parse(stdout);
		const times: readonly string[] = requests.map(({openedAt}: {openedAt: string}) => openedAt);
		expect(times).toEqual(times.toSorted());
		expect(new Set(requests.map(({runId}: {runId: string}) => runId))).toEqual(new Set(['run_made1', 'run_made3']));
	});

	it('of costs are comma-separated values, over all runs by day or run', async () => {
		const env = filled();
		const {stdout} = await flotilla(['cost', '--by', 'run', '--csv'], env);
		const lines = stdout.split('\r\n');
		expect(lines[0]).toMatch(/^key,label,turns,/);
		expect(lines[1]).toMatch(/^run_made1,"Survey the harbour, ""old"" one",\d+,/);
		expect(lines).toHaveLength(5);
		const total = async (...args: readonly string[]) =>
			JSON.parse((await flotilla(['cost', ...args, '--json'], env)).stdout).total.settledUsd;
		expect(await total('--by', 'day')).toBeCloseTo(await total('--by', 'run'), 9);
	});

	it('are empty where there are no runs, and one that needs a run says that there is none', async () => {
		const env = {FLOTILLA_HOME: temporary('home')};
		expect(JSON.parse((await flotilla(['inbox', '--json'], env)).stdout)).toEqual({version: 1, requests: []});
		expect(await flotilla(['status'], env)).toMatchObject({code: 2, stderr: expect.stringMatching(/no runs yet/)});
	});
});

describe('errors', () => {
	it.each([
		{what: 'an unknown step', args: ['task', 'roof'], says: /no step "roof"/},
		{what: 'an unknown flag', args: ['status', '--jsn'], says: /no flag --jsn/},
		{what: 'a word too many', args: ['agent', 'a', 'b'], says: /takes one argument/},
		{what: 'two forms at once', args: ['cost', '--csv'], says: /name one/},
		{what: 'a number that is none', args: ['logs', '--after', 'now'], says: /--after/},
	])('are JSON with --json: $what', async ({args, says}) => {
		const {code, stdout, stderr} = await flotilla([...args, '--json'], filled());
		expect({code, stdout}).toEqual({code: 2, stdout: ''});
		expect(stderr.trim().split('\n')).toHaveLength(1);
		expect(JSON.parse(stderr)).toEqual({error: {code: 'usage', message: expect.stringMatching(says)}});
	});

	it('of a damaged database say so', async () => {
		const env = filled();
		const {writeFileSync} = await import('node:fs');
		writeFileSync(join(env.FLOTILLA_HOME, 'flotilla.db'), 'no database at all, whatever its name says');
		const {stderr, code} = await flotilla(['status', '--json'], env);
		expect(code).toBe(2);
		expect(JSON.parse(stderr)).toMatchObject({error: {code: 'storage'}});
	});
});

describe('following', () => {
	const growing = () => {
		const home = temporary('home');
		const events = makeEvents({runId: 'run_grows', stage: 'done'});
		const log = createEventLog(openDatabase(join(home, 'flotilla.db')));
		let stored = 0;
		const grow = (to: number): void => {
			log.append(events.slice(stored, to), [summaryOf(events.slice(0, to))]);
			stored = to;
			if (to >= events.length) log.close();
		};
		grow(10);
		return {env: {FLOTILLA_HOME: home}, grow, events};
	};

	it('gives a script every event after the one it knows, once, also those to come', async () => {
		const {env, grow, events} = growing();
		const script = start(['logs', '-f', '--json', '--after', '4'], env);
		await script.line(line => JSON.parse(line).seq === 10);
		grow(30);
		await script.line(line => JSON.parse(line).seq === 30);
		grow(events.length);
		const {code, stdout} = await script.ended;
		expect(code).toBe(0);
		const seqs = stdout
			.trim()
			.split('\n')
			.map(line => JSON.parse(line).seq);
		expect(seqs).toEqual(events.slice(4).map((_, i) => i + 5));
	});

	it('watches the status until the run ends, with its exit code', async () => {
		const {env, grow, events} = growing();
		const script = start(['watch', '--json'], env);
		await script.line(line => JSON.parse(line).lastSeq === 10);
		grow(events.length);
		const {code, stdout} = await script.ended;
		expect(code).toBe(0);
		const last = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
		expect(last).toMatchObject({version: 1, status: 'done', lastSeq: events.length, waitsFor: null});
	});

	it('without JSON prints a line a change', async () => {
		const {stdout} = await flotilla(['watch', 'made2'], filled());
		expect(stdout).toMatch(/^09:00:\d\d {2}done {2}steps: 3 done {2}agents: 4 done {2}waiting: 0 {2}\$/);
		expect(stdout).not.toContain('\u001b');
	});
});

describe('help', () => {
	it('tells of one verb behind it, and of completion', async () => {
		const {stdout, code} = await flotilla(['cost', '--help'], {});
		expect(code).toBe(0);
		expect(stdout).toMatch(/^flotilla cost \[run\][\s\S]*--by \S*agent\|step\|role/);
		expect((await flotilla(['completion', 'bash'], {})).stdout).toContain(
			'complete -o filenames -F _flotilla flotilla',
		);
	});
});
