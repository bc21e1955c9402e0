import {execFileSync} from 'node:child_process';
import {appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {lockHeldCode} from '../../source/boot/engine-process.ts';
import {flotilla, makeRepository} from '../cli/flotilla.ts';
import {withPace} from '../support/stand-in/script.ts';
import {fleet} from '../support/stand-in/scripts/fleet.ts';
import {startStandIn} from '../support/stand-in/server.ts';
import {openBackground} from './background.ts';

const goal = (dir: string) => ['run', 'Survey this project', '--yes', '--json', '--dir', dir] as const;

const slow = {ttftMs: 100, deltasPerSecond: 300};

/** Events as they were printed, one a line: none is left out, and none comes twice. */
const expectGapless = (stdout: string): void => {
	const seqs: readonly number[] = stdout
		.trim()
		.split('\n')
		.map(line => JSON.parse(line).seq);
	expect(seqs).toEqual(seqs.map((_, i) => (seqs[0] ?? 0) + i));
};

describe('an engine in the background', {timeout: 120_000}, () => {
	it('carries a run on when whoever started it is killed, and whoever comes later sees all of it', async () => {
		await using server = await startStandIn({script: withPace(fleet(), slow)});
		const {run, start, json, pid} = openBackground(server);
		const first = start(...goal(makeRepository()));
		await first.line(line => line.includes('"agent.created"') && !line.includes('"plan"'));
		const engine = pid();
		first.child.kill('SIGKILL');
		await first.ended;

		const second = await run('attach', 'last', '--json');
		expect(second.code).toBe(0);
		const {status, plan} = await json('show', 'last');
		expect([status, plan.steps.every((step: {status: string}) => step.status === 'done')]).toEqual(['done', true]);
		expect(pid()).toBe(engine);
		expectGapless((await run('logs', 'last', '--json')).stdout);
	});

	it('is in the way of who wants none, who is told what to do', async () => {
		await using server = await startStandIn({script: withPace(fleet(), slow)});
		const {run, start, env} = openBackground(server);
		const first = start(...goal(makeRepository()));
		await first.line(line => line.includes('"agent.created"'));
		expect(await run('pause', '--run', 'last', '--no-daemon')).toMatchObject({
			code: 2,
			stderr: expect.stringMatching(
				/An engine in the background is at work .* go without --no-daemon .*, or end it first with `flotilla engine stop`/,
			),
		});
		const {stderr} = await flotilla(['pause', '--run', 'last'], {...env, FLOTILLA_NO_DAEMON: '1'});
		expect(stderr).toContain('unset FLOTILLA_NO_DAEMON');
		expect((await first.ended).code).toBe(0);
	});

	it('is started again by whoever watches when it is killed, and the run comes to its end', async () => {
		await using server = await startStandIn({script: withPace(fleet(), slow)});
		const {start, json, pid} = openBackground(server);
		const watching = start(...goal(makeRepository()));
		await watching.line(line => line.includes('"turn.started"') && !line.includes('turn_1"'));
		const killed = pid();
		process.kill(killed ?? 0, 'SIGKILL');
		const {code, stdout} = await watching.ended;
		expect(code).toBe(0);
		expectGapless(stdout);
		expect(pid()).not.toBe(killed);
		expect(await json('show', 'last')).toMatchObject({status: 'done'});
	});

	it('takes up what a killed engine carried as soon as anybody acts', async () => {
		await using server = await startStandIn({script: withPace(fleet(), slow)});
		const {run, start, json, pid} = openBackground(server);
		const first = start(...goal(makeRepository()));
		await first.line(line => line.includes('"turn.started"') && !line.includes('turn_1"'));
		first.child.kill('SIGKILL');
		process.kill(pid() ?? 0, 'SIGKILL');
		await first.ended;
		expect(await json('show', 'last')).toMatchObject({status: 'interrupted'});
		expect((await run('engine', 'start')).code).toBe(0);
		await expect.poll(async () => (await json('show', 'last')).status, {timeout: 60_000, interval: 300}).toBe('done');
	});

	it('takes up nothing by itself after the machine was started anew, and all of it when a person says so', async () => {
		await using server = await startStandIn({script: withPace(fleet(), slow)});
		const {home, run, start, json, pid} = openBackground(server);
		const first = start(...goal(makeRepository()));
		await first.line(line => line.includes('"turn.started"') && !line.includes('turn_1"'));
		first.child.kill('SIGKILL');
		process.kill(pid() ?? 0, 'SIGKILL');
		await first.ended;
		writeFileSync(join(home, 'engine.start'), 'the start before');
		expect((await run('engine', 'start')).code).toBe(0);
		await expect.poll(async () => (await json('show', 'last')).status, {interval: 300}).toBe('paused');
		expect((await run('engine', 'logs')).stdout).toMatch(/started anew since it was left. `flotilla resume run_/);
		expect((await run('resume', 'last', '--json')).code).toBe(0);
		expect(await json('show', 'last')).toMatchObject({status: 'done'});
	});

	it('is replaced by a new one on request, and whoever watches sees neither a gap nor an end', async () => {
		await using server = await startStandIn({script: withPace(fleet(), slow)});
		const {run, start, pid} = openBackground(server);
		const watching = start(...goal(makeRepository()));
		await watching.line(line => line.includes('"turn.started"') && !line.includes('turn_1"'));
		const before = pid();
		expect((await run('engine', 'restart')).code).toBe(0);
		expect(pid()).not.toBe(before);
		const {code, stdout} = await watching.ended;
		expect(code).toBe(0);
		expectGapless(stdout);
	});

	it('sets down what it cannot carry for want of a key, says so, and carries it with one', async () => {
		await using server = await startStandIn({script: withPace(fleet(), slow)});
		const {run, start, json, pid, diary, env} = openBackground(server);
		const first = start(...goal(makeRepository()));
		await first.line(line => line.includes('"turn.started"') && !line.includes('turn_1"'));
		process.kill(pid() ?? 0, 'SIGKILL');
		first.child.kill('SIGKILL');
		await first.ended;
		await expect.poll(pid).toBeUndefined();
		expect((await flotilla(['engine', 'start'], {...env, ANTHROPIC_API_KEY: ''})).code).toBe(0);
		await expect.poll(diary).toContain('did not take up run_');
		expect(diary()).toContain('there is no key');
		expect(await json('show', 'last')).toMatchObject({status: 'paused'});

		// The same engine, and somebody who has the key; then somebody who only watches, without one.
		const resumed = start('resume', 'last', '--yes', '--json');
		await resumed.line(line => line.includes('"turn.started"'));
		const watched = await flotilla(['attach', 'last', '--json'], {...env, ANTHROPIC_API_KEY: ''});
		expect([watched.code, watched.stderr]).toEqual([0, expect.stringContaining('done')]);
		expect((await resumed.ended).code).toBe(0);
		expect((await run('engine', 'status')).stdout).toContain('carries 0 runs');
	});

	it('is one: a second one ends at once, and what a killed one left behind is nobody’s', async () => {
		const {run, pid, home} = openBackground(undefined);
		expect((await run('engine', 'start')).code).toBe(0);
		const first = pid();
		const second = await run('engine', 'serve');
		expect([second.code, second.stderr]).toEqual([lockHeldCode, '']);
		expect(pid()).toBe(first);
		expect(statSync(join(home, 'engine.sock')).mode & 0o777).toBe(0o600);
		expect(statSync(join(home, 'engine.token')).mode & 0o777).toBe(0o600);
		process.kill(first ?? 0, 'SIGKILL');
		await expect.poll(pid).toBeUndefined();
		expect((await run('engine', 'status')).stdout).toContain('No engine');
		expect((await run('engine', 'start')).code).toBe(0);
		expect(pid()).not.toBe(first);
		expect((await run('engine', 'stop')).stdout).toContain('ended');
		await expect.poll(pid).toBeUndefined();
	});

	it('tells scripts what it wrote and how it ended as JSON, whether there is one or not', async () => {
		const {json, home} = openBackground(undefined);
		expect(await json('engine', 'logs')).toEqual({version: 1, file: join(home, 'engine.log'), lines: []});
		expect(await json('engine', 'start')).toMatchObject({version: 1, running: true, engine: {carries: []}});
		expect(await json('engine', 'logs')).toMatchObject({lines: [expect.stringContaining('listens')]});
		expect(await json('engine', 'stop')).toEqual({version: 1, running: false, setDown: []});
		expect(await json('engine', 'stop')).toEqual({version: 1, running: false, setDown: []});
	});

	it('keeps what its process printed at last, such as why Node ended it', async () => {
		const {run, json, home, pid, diary} = openBackground(undefined);
		await run('engine', 'start');
		const before = pid();
		process.kill(before ?? 0, 'SIGKILL');
		await expect.poll(pid).toBeUndefined();
		expect(statSync(join(home, 'engine.out')).mode & 0o777).toBe(0o600);
		appendFileSync(join(home, 'engine.out'), '<--- Last few GCs --->\nFATAL ERROR: heap out of memory\n');
		expect((await run('engine', 'logs')).stdout).toContain('FATAL ERROR');
		expect(await json('engine', 'logs')).toMatchObject({printed: ['<--- Last few GCs --->', expect.anything()]});
		await run('engine', 'start');
		expect(diary()).toMatch(/the engine before printed:\n {2}<--- Last few GCs --->\n {2}FATAL ERROR/);
		expect(await json('engine', 'logs')).not.toHaveProperty('printed');
	});

	it.skipIf(process.getuid?.() !== 0)(
		'cannot be asked by another user, even where the folder is open to all',
		async () => {
			const {run, home} = openBackground(undefined);
			expect((await run('engine', 'start')).code).toBe(0);
			chmodSync(home, 0o755);
			const ask = `require('net').createConnection(${JSON.stringify(join(home, 'engine.sock'))}).on('connect', () => console.log('in')).on('error', error => console.log(error.code))`;
			const read = `require('fs').readFile(${JSON.stringify(join(home, 'engine.token'))}, error => console.log(error?.code ?? 'read'))`;
			const nobody = {uid: 65_534, gid: 65_534, env: {}, encoding: 'utf8'} as const;
			// Where this user could not even run Node, the test would prove nothing.
			expect(execFileSync('/bin/sh', ['-c', 'id -u'], nobody).trim()).toBe('65534');
			const node = [process.execPath, '/usr/bin/node', '/usr/local/bin/node'].find(file => {
				try {
					return execFileSync(file, ['-e', 'console.log(1)'], nobody).trim() === '1';
				} catch {
					return false;
				}
			});
			if (node === undefined) throw new Error('Nobody has a Node here.');
			expect([execFileSync(node, ['-e', ask], nobody).trim(), execFileSync(node, ['-e', read], nobody).trim()]).toEqual(
				['EACCES', 'EACCES'],
			);
		},
	);

	it('makes way for who needs the state folder for itself, when it carries nothing', async () => {
		await using server = await startStandIn({script: withPace(fleet(), slow)});
		const {run, start, json, pid} = openBackground(server);
		expect((await run(...goal(makeRepository()))).code).toBe(0);
		const engine = pid();
		const {id} = await json('show', 'last');
		expect((await run('purge', id, '--yes')).code).toBe(0);
		expect(pid()).not.toBe(engine);

		const busy = start(...goal(makeRepository()));
		await busy.line(line => line.includes('"turn.started"'));
		const refused = await run('purge', id, '--yes');
		expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('flotilla engine stop')]);
		expect((await busy.ended).code).toBe(0);
	});

	it('may be ended by somebody else in the moment it is asked', async () => {
		const {run, json, home} = openBackground(undefined);
		writeFileSync(join(home, 'engine.token'), 'a-token');
		const welcome = {type: 'welcome', version: '0.1.0', pid: 1};
		// It greets, and has ended when it is asked anything.
		const server = createServer(socket =>
			socket.once('data', () => {
				socket.write(`${JSON.stringify(welcome)}\n`);
				socket.once('data', () => socket.destroy());
			}),
		);
		await new Promise<void>(resolve => server.listen(join(home, 'engine.sock'), resolve));
		onTestFinished(() => void server.close());
		expect(await json('engine', 'status')).toEqual({version: 1, running: false});
		expect(await run('engine', 'stop')).toMatchObject({code: 0, stdout: 'The engine has ended.\n'});
		const {code, stdout, stderr} = await run('engine', 'start');
		expect([code, stdout, stderr]).toEqual([1, expect.stringContaining('No engine'), '']);
	});

	it('is another one after several were to be started anew at once', async () => {
		const {run, json, home} = openBackground(undefined);
		await run('engine', 'start');
		const restarts = await Promise.all([1, 2, 3].map(() => run('engine', 'restart')));
		expect(restarts.map(({code, stderr}) => [code, stderr])).toEqual(restarts.map(() => [0, '']));
		expect(await json('engine', 'status')).toMatchObject({running: true});
		const stops = await Promise.all([1, 2, 3].map(() => run('engine', 'stop')));
		expect(stops.map(({code, stderr}) => [code, stderr])).toEqual(stops.map(() => [0, '']));
		expect(existsSync(join(home, 'crashes'))).toBe(false);
	});

	it('listens again where its socket was taken away, and is waited for meanwhile', async () => {
		const {run, pid, home, diary} = openBackground(undefined);
		await run('engine', 'start');
		const before = pid();
		for (const name of ['engine.sock', 'engine.token']) rmSync(join(home, name));
		const {code, stderr} = await run('engine', 'start');
		expect([code, pid()]).toEqual([0, before]);
		expect(stderr).toContain(`(process ${before}) is at work, and nobody listens`);
		expect(diary()).toContain('listens again');
	});

	it('does not listen in a folder that others can write to', async () => {
		const {run, home} = openBackground(undefined);
		chmodSync(home, 0o777);
		const {code, stderr} = await run('engine', 'start');
		expect([code, stderr]).toEqual([2, expect.stringContaining(`Others than you can write to ${home}`)]);
	});

	it('ends by itself when there is nothing to do', async () => {
		const {run, pid, home, diary} = openBackground(undefined);
		writeFileSync(join(home, 'config.yaml'), 'engine: {idleMinutes: 0.01}\n');
		await run('engine', 'start');
		await expect.poll(pid, {timeout: 20_000}).toBeUndefined();
		expect(diary()).toContain('ends: idle');
	});

	/** An engine of another version, as far as clients can see. */
	const pretend = async (home: string, wire: number, down: readonly unknown[]): Promise<string[]> => {
		const asked: string[] = [];
		mkdirSync(home, {recursive: true});
		writeFileSync(join(home, 'engine.token'), 'old');
		const old = createServer(socket => {
			socket.on('error', () => {});
			socket.on('data', chunk => {
				for (const line of `${chunk}`.trim().split('\n')) {
					const frame = JSON.parse(line);
					asked.push(frame.question ?? frame.type);
					const say = (value: unknown): void => void socket.write(`${JSON.stringify(value)}\n`);
					if (frame.type === 'hello') say({type: 'refused', why: 'wire', wire, version: '0.0.9', pid: 1});
					else {
						say({type: 'answer', id: frame.id, value: down});
						old.close();
					}
				}
			});
		});
		await new Promise<void>(resolve => old.listen(join(home, 'engine.sock'), resolve));
		onTestFinished(() => void old.close());
		return asked;
	};

	it('of an older version hands its runs over, with what they stand on', async () => {
		await using server = await startStandIn({script: withPace(fleet(), slow)});
		const {run, start, json, pid, home, env} = openBackground(server);
		const first = start(...goal(makeRepository()));
		await first.line(line => line.includes('"turn.started"') && !line.includes('turn_1"'));
		first.child.kill('SIGKILL');
		expect((await run('engine', 'stop')).stdout).toContain('set down run_');
		await expect.poll(pid).toBeUndefined();
		const {id} = await json('show', 'last');
		const lanes = [
			{kind: 'messages', name: 'anthropic', apiKey: 'a-key', keyName: 'ANTHROPIC_API_KEY', baseUrl: server.url},
		];
		const grounds = {lanes, childEnvironment: {PATH: process.env['PATH'] ?? ''}, secrets: [], watched: false};
		const asked = await pretend(home, 0, [{runId: id, grounds}]);
		// Whoever comes now has no key: the run goes on with the one it had.
		const {ANTHROPIC_API_KEY, ...keyless} = env as Record<string, string>;
		const {code, stderr} = await flotilla(['engine', 'start'], keyless);
		expect([code, asked]).toEqual([0, ['hello', 'retire']]);
		expect(stderr).toContain('0.0.9');
		await expect.poll(async () => (await json('show', id)).status, {timeout: 60_000, interval: 300}).toBe('done');
	});

	it('of a newer version is left alone, with words that say what to do', async () => {
		const {run, home} = openBackground(undefined);
		const asked = await pretend(home, 99, []);
		const {code, stderr} = await run('engine', 'start');
		expect([code, asked]).toEqual([2, ['hello']]);
		expect(stderr).toMatch(/newer engine \(0\.0\.9, process 1\)/);
	});

	it('keeps the key out of everything that is stored', async () => {
		await using server = await startStandIn({script: withPace(fleet(), {})});
		const {run, home} = openBackground(server);
		expect((await run(...goal(makeRepository()))).code).toBe(0);
		await run('engine', 'stop');
		for (const file of ['flotilla.db', 'engine.log'])
			expect(readFileSync(join(home, file)).includes('a-key')).toBe(false);
	});
});
