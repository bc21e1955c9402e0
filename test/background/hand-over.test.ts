import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import type {LockPhase} from '../../db/lock.ts';
import {flotilla, makeRepository} from '../cli/flotilla.ts';
import {withPace} from '../support/stand-in/script.ts';
import {fleet} from '../support/stand-in/scripts/fleet.ts';
import {startStandIn} from '../support/stand-in/server.ts';
import {openBackground} from './background.ts';

const goal = (dir: string) => ['run', 'Survey this project', '--yes', '--json', '--dir', dir] as const;

const slow = {ttftMs: 100, deltasPerSecond: 300};

/** Another process that has the state folder for itself, until it is killed. */
const hold = async (home: string, phase: LockPhase): Promise<ChildProcess> => {
	const holder = join(import.meta.dirname, '..', 'db', 'hold-lock.ts');
	const child = spawn(process.execPath, [holder, home, phase], {stdio: ['pipe', 'pipe', 'inherit']});
	onTestFinished(() => void child.kill('SIGKILL'));
	await once(child.stdout, 'data');
	return child;
};

describe('an engine that makes room for the next one', {timeout: 120_000}, () => {
	it('is waited for while its hooks end, and what its runs stood on goes on to the next', async () => {
		await using server = await startStandIn({script: withPace(fleet(), slow)});
		const {start, pid, home, env, diary, json} = openBackground(server);
		writeFileSync(join(home, 'config.yaml'), 'hooks: [{on: run.suspended, run: sleep 6}]\n');
		const first = start(...goal(makeRepository()));
		await first.line(line => line.includes('"turn.started"') && !line.includes('turn_1"'));
		const before = pid();
		first.child.kill('SIGKILL');
		// Whoever restarts it has no key: the run goes on with the one it had.
		const restarted = await flotilla(['engine', 'restart'], {...env, ANTHROPIC_API_KEY: ''});
		expect([restarted.code, restarted.stdout]).toEqual([0, expect.stringContaining('carries 1 run')]);
		expect(restarted.stderr).toContain(`(process ${before}) is ending`);
		expect(pid()).not.toBe(before);
		expect(diary()).toContain('hook on run.suspended (sleep 6): done');
		await expect.poll(async () => (await json('show', 'last')).status, {timeout: 60_000, interval: 300}).toBe('done');
	});

	it('is waited for by whoever stops it and whoever comes in between', async () => {
		await using server = await startStandIn({script: withPace(fleet(), slow)});
		const {run, start, pid, home, json} = openBackground(server);
		writeFileSync(join(home, 'config.yaml'), 'hooks: [{on: run.suspended, run: sleep 5}]\n');
		const first = start(...goal(makeRepository()));
		await first.line(line => line.includes('"turn.started"') && !line.includes('turn_1"'));
		const before = pid();
		const stopping = run('engine', 'stop');
		await first.ended;
		const [started, stopped] = await Promise.all([run('engine', 'start'), stopping]);
		expect([started.code, stopped.code]).toEqual([0, 0]);
		expect(stopped.stdout).toContain('set down run_');
		expect(pid()).not.toBe(before);
		expect(await json('show', 'last')).toMatchObject({status: 'paused'});
	});

	it('lets the turns under way end first, so that none is asked and paid for twice', async () => {
		await using server = await startStandIn({script: withPace(fleet(), {ttftMs: 3000})});
		const {run, start, home, diary} = openBackground(server);
		const watching = start(...goal(makeRepository()));
		await watching.line(line => line.includes('"turn.started"') && !line.includes('turn_1"'));
		const restarted = await run('engine', 'restart');
		expect([restarted.code, restarted.stderr]).toEqual([0, expect.stringContaining('first, for a minute at most')]);
		const {code, stdout, stderr} = await watching.ended;
		expect([code, stderr]).toEqual([0, expect.stringContaining('Another engine takes over as soon as')]);
		expect(stdout).not.toContain('"turn.failed"');
		expect(diary()).not.toContain('cuts off');
		expect(readFileSync(join(home, 'engine.phase'), 'utf8')).toContain('serving');
	});

	it('cuts off what is under way when somebody asks once more', async () => {
		await using server = await startStandIn({script: withPace(fleet(), {ttftMs: 600_000})});
		const {run, start, pid, diary} = openBackground(server);
		const watching = start(...goal(makeRepository()));
		await watching.line(line => line.includes('"turn.started"'));
		const before = pid();
		const recovered = watching.line(line => line.includes('"run.recovered"'));
		const first = start('engine', 'restart');
		await expect.poll(diary, {timeout: 30_000}).toContain('is to be replaced');
		// Whoever only comes in between waits for the next one.
		const between = start('engine', 'start');
		expect((await run('engine', 'restart')).code).toBe(0);
		expect([(await first.ended).code, (await between.ended).code]).toEqual([0, 0]);
		expect(pid()).not.toBe(before);
		expect(diary()).toContain('cuts off 1 turns and calls');
		await recovered;
		expect((await run('engine', 'stop')).stdout).toContain('set down run_');
		await watching.ended;
	});

	it('is not waited for when it works in the foreground', async () => {
		const {run, home} = openBackground(undefined);
		const holder = await hold(home, 'foreground');
		const {code, stderr} = await run('engine', 'start');
		expect([code, stderr]).toEqual([2, expect.stringContaining(`(process ${holder.pid}): it was started with`)]);
	});

	it('is waited for while it brings the state folder up to date', async () => {
		const {start, home, pid} = openBackground(undefined);
		const holder = await hold(home, 'starting');
		const starting = start('engine', 'start');
		await new Promise<void>(resolve => starting.child.stderr?.once('data', () => resolve()));
		holder.kill('SIGKILL');
		const {code, stderr} = await starting.ended;
		expect([code, stderr]).toEqual([0, expect.stringContaining('up to date first')]);
		expect(pid()).toBeDefined();
	});
});
