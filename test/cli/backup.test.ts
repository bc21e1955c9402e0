import {copyFileSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {takeLock} from '../../db/lock.ts';
import {fillHome} from './filled-home.ts';
import {flotilla, temporary} from './flotilla.ts';

const makeHome = (): string => {
	const home = temporary('home');
	onTestFinished(() => rmSync(home, {recursive: true, force: true}));
	return home;
};

const filled = (): {readonly home: string; readonly env: {FLOTILLA_HOME: string}; readonly database: string} => {
	const home = makeHome();
	const database = fillHome(home, [
		{runId: 'run_made1', steps: 3, stage: 'done'},
		{runId: 'run_made2', steps: 5},
	]);
	return {home, env: {FLOTILLA_HOME: home}, database};
};

const findings = (stdout: string): readonly {readonly name: string; readonly state: string; readonly what: string}[] =>
	JSON.parse(stdout).findings;

describe('backup', () => {
	it('makes a checked copy that is put back by copying it, also while an engine is at work', async () => {
		const {home, env, database} = filled();
		const lock = takeLock(home);
		const {code, stdout} = await flotilla(['backup'], env);
		lock.release();
		expect(code).toBe(0);
		const [name = ''] = readdirSync(join(home, 'backups'));
		const file = join(home, 'backups', name);
		expect(stdout).toContain(`Backed up to ${file}: runs 2`);
		expect(statSync(file).mode & 0o777).toBe(0o600);

		const before = await flotilla(['ls', '--json'], env);
		for (const ending of ['', '-wal', '-shm']) rmSync(`${database}${ending}`, {force: true});
		copyFileSync(file, database);
		expect(await flotilla(['ls', '--json'], env)).toEqual(before);
	});

	it('writes where it is told, says so as JSON, and overwrites nothing', async () => {
		const {home, env} = filled();
		const file = join(home, 'mine.db');
		const {code, stdout} = await flotilla(['backup', file, '--json'], env);
		expect(code).toBe(0);
		expect(JSON.parse(stdout)).toMatchObject({file, runs: 2, bytes: statSync(file).size});
		const bytes = readFileSync(file);
		const again = await flotilla(['backup', file], env);
		expect(again.code).toBe(2);
		expect(again.stderr).toMatch(/mine\.db: it exists already\. Name another file/);
		expect(readFileSync(file).equals(bytes)).toBe(true);
	});

	it('has nothing to do where there are no runs', async () => {
		const home = makeHome();
		const {code, stderr} = await flotilla(['backup'], {FLOTILLA_HOME: home});
		expect(code).toBe(2);
		expect(stderr).toMatch(/no runs yet/);
		expect(readdirSync(home)).toEqual([]);
	});
});

describe('doctor', () => {
	it('reads every run and finds nothing wrong with what an engine stored', async () => {
		const {stdout} = await flotilla(['doctor', '--offline', '--json'], filled().env);
		expect(findings(stdout).filter(({name}) => name === 'database')).toMatchObject([
			{state: 'ok', what: expect.stringMatching(/runs 2, events \d+, all whole/)},
		]);
	});

	it('says which run is not whole', async () => {
		const {env, database} = filled();
		const {default: Sqlite} = await import('better-sqlite3');
		const hand = new Sqlite(database);
		hand.exec('DELETE FROM events WHERE seq = 1');
		hand.close();
		const {code, stdout} = await flotilla(['doctor', '--offline'], env);
		expect(code).toBe(2);
		expect(stdout).toMatch(/wrong +database +events are missing: 1/);
		expect(stdout).toMatch(/events of run_made1 make no run/);
	});
});

describe('a damaged database', () => {
	it.each([
		{how: 'is no database any more', damage: (bytes: Buffer) => bytes.fill(0xff, 0, 4096)},
		{how: 'has lost its table of contents', damage: (bytes: Buffer) => bytes.fill(0xff, 100, 4096)},
	])('that $how is told by every command, with what to do, and is not touched', async ({damage}) => {
		const {home, env, database} = filled();
		const bytes = damage(readFileSync(database));
		writeFileSync(database, bytes);
		for (const args of [
			['ls'],
			['show'],
			['resume'],
			['run', 'x', '--offline', '--yes'],
			['backup', join(home, 'b.db')],
		]) {
			const {code, stderr} = await flotilla(args, env);
			expect(stderr).toMatch(/damaged.*flotilla doctor.*backup in its place/);
			expect(stderr).not.toMatch(/^\s+at /m);
			expect(code).toBe(2);
		}
		const doctor = await flotilla(['doctor', '--offline'], env);
		expect(doctor.stdout).toMatch(/wrong +database .*damaged/);
		expect(doctor.code).toBe(2);
		expect(readFileSync(database).equals(bytes)).toBe(true);
		expect(readdirSync(home)).not.toContain('b.db');
	});
});
