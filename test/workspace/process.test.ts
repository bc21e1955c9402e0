import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {runProcess} from '../../source/workspace/process.ts';
import {sweepStrays} from '../../source/workspace/strays.ts';

let folder = '';
beforeEach(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'flotilla-process-'));
});
afterEach(() => rm(folder, {recursive: true, force: true}));

const bash = (script: string, over: Partial<Parameters<typeof runProcess>[0]> = {}) =>
	runProcess({
		command: 'bash',
		args: ['-c', script],
		cwd: folder,
		env: {PATH: '/usr/local/bin:/usr/bin:/bin'},
		timeoutMs: 20_000,
		abort: new AbortController().signal,
		keepBytes: 10_000,
		stderr: 'joined',
		...over,
	});

/** Signal 0 asks whether a process is there. A killed orphan may stay a zombie until somebody reaps it: that is gone, too. */
const isAlive = async (pid: number): Promise<boolean> => {
	try {
		process.kill(pid, 0);
		const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
		return !/\) [ZX] /.test(stat);
	} catch {
		return false;
	}
};

/** A killed process is doomed at once, and gone as soon as the system comes to it. */
const isGone = (pid: number): Promise<void> => expect.poll(() => isAlive(pid), {timeout: 5000}).toBe(false);

const pidsIn = async (name: string): Promise<number[]> =>
	(await readFile(path.join(folder, name), 'utf8')).trim().split('\n').map(Number);

test('a program ends with its code and its output', async () => {
	const result = await bash('echo out; echo err >&2; exit 3', {stderr: 'apart'});
	expect(result.end).toEqual({kind: 'exited', code: 3});
	expect(result.stdout).toEqual({head: 'out\n', tail: '', lostBytes: 0});
	expect(result.stderr.head).toBe('err\n');
});

test('a child sees the environment it was given and nothing else', async () => {
	process.env['FLOTILLA_TEST_SECRET'] = 'hunter2';
	const result = await bash('env', {env: {PATH: '/usr/bin:/bin', GREETING: 'hello'}});
	delete process.env['FLOTILLA_TEST_SECRET'];
	expect(result.stdout.head).toContain('GREETING=hello');
	expect(result.stdout.head).not.toContain('hunter2');
});

test('a program that is not there is a result, not an exception', async () => {
	const result = await bash('', {command: 'no-such-program-here'});
	expect(result.end.kind).toBe('not_started');
	const nowhere = await bash('true', {cwd: path.join(folder, 'missing')});
	expect(nowhere.end.kind).toBe('not_started');
});

test('of much output the head and the tail are kept and the middle is counted', async () => {
	const result = await bash('echo first; head -c 3000000 /dev/zero | tr "\\0" x; echo; echo last', {keepBytes: 1000});
	expect(result.stdout.head.startsWith('first\nxxx')).toBe(true);
	expect(result.stdout.tail.endsWith('x\nlast\n')).toBe(true);
	expect(result.stdout.head.length + result.stdout.tail.length).toBe(1000);
	expect(result.stdout.lostBytes).toBe(3_000_000 + 'first\n\nlast\n'.length - 1000);
});

test('a character split between two chunks is streamed whole', async () => {
	const seen: string[] = [];
	await bash("printf '\\xe2\\x82'; sleep 0.1; printf '\\xac'", {onOutput: text => seen.push(text)});
	expect(seen.join('')).toBe('€');
});

test('a timeout ends the whole group, grandchildren that ignore the request included', async () => {
	const result = await bash(
		'(trap "" TERM; echo $BASHPID >> pids; while :; do sleep 0.2; done) & (sleep 300 & echo $! >> pids; wait) & wait',
		{timeoutMs: 500},
	);
	expect(result.end).toEqual({kind: 'timed_out'});
	const pids = await pidsIn('pids');
	expect(pids).toHaveLength(2);
	for (const pid of pids) await isGone(pid);
});

test('an abort ends the group', async () => {
	const controller = new AbortController();
	const result = await bash('sleep 300 & echo $! > pids; echo ready; wait', {
		abort: controller.signal,
		onOutput: text => text.includes('ready') && controller.abort(),
	});
	expect(result.end).toEqual({kind: 'aborted'});
	for (const pid of await pidsIn('pids')) await isGone(pid);
});

test('an abort that came before the start runs nothing to its end', async () => {
	const result = await bash('sleep 300', {abort: AbortSignal.abort()});
	expect(result.end).toEqual({kind: 'aborted'});
});

test('what a program leaves in the background ends with it, whether or not it holds the output open', async () => {
	const result = await bash('sleep 300 & echo $! > pids; sleep 300 >/dev/null 2>&1 & echo $! >> pids; echo done');
	expect(result.end).toEqual({kind: 'exited', code: 0});
	expect(result.stdout.head).toBe('done\n');
	expect(result.durationMs).toBeLessThan(10_000);
	for (const pid of await pidsIn('pids')) await isGone(pid);
});

test('a background process that ignores the request to end and holds no output is killed all the same', async () => {
	const result = await bash(
		'(trap "" TERM; echo $BASHPID > pids; while :; do sleep 0.2; done) >/dev/null 2>&1 & until [ -s pids ]; do :; done',
	);
	expect(result.end).toEqual({kind: 'exited', code: 0});
	for (const pid of await pidsIn('pids')) await isGone(pid);
});

describe.runIf(process.platform === 'linux')('an order with a mark', () => {
	const readyThenAbort = (controller: AbortController) => (text: string) => {
		if (text.includes('ready')) controller.abort();
	};
	const server = `require('node:http').createServer((_, r) => r.end('here')).listen(0, '127.0.0.1', function () {
		require('node:fs').writeFileSync('port', String(this.address().port));
		require('node:fs').writeFileSync('pids', String(process.pid));
	})`;
	const env = {PATH: `${path.dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`};

	test('takes a server with it that made a session of its own, and its port is free', async () => {
		const controller = new AbortController();
		const result = await bash(
			`setsid node -e "$SERVER" </dev/null >/dev/null 2>&1 & until [ -s pids ]; do sleep 0.05; done; echo ready; sleep 300`,
			{
				env: {...env, SERVER: server},
				mark: `${folder}/one`,
				abort: controller.signal,
				onOutput: readyThenAbort(controller),
			},
		);
		expect(result.end).toEqual({kind: 'aborted'});
		for (const pid of await pidsIn('pids')) await isGone(pid);
		const [port] = await pidsIn('port');
		await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
	});

	test.each([
		[
			'a child that was left by its parents',
			'(setsid bash -c "echo \\$\\$ > pids; exec sleep 300" &) </dev/null >/dev/null 2>&1',
		],
		['a child that ignores hanging up', 'nohup setsid bash -c "echo \\$\\$ > pids; exec sleep 300" >/dev/null 2>&1 &'],
		[
			'a child that ignores the request to end and holds the output open',
			`setsid bash -c 'trap "" TERM HUP; echo $$ > pids; while :; do sleep 0.2; done' &`,
		],
	])('takes %s with it, when it is stopped and when it ends by itself', async (_, start) => {
		const wait = 'until [ -s pids ]; do sleep 0.05; done; echo ready;';
		const controller = new AbortController();
		const stopped = await bash(`${start} ${start.endsWith('&') ? '' : ';'} ${wait} sleep 300`, {
			mark: `${folder}/one`,
			abort: controller.signal,
			onOutput: readyThenAbort(controller),
		});
		expect(stopped.end).toEqual({kind: 'aborted'});
		for (const pid of await pidsIn('pids')) await isGone(pid);
		await rm(path.join(folder, 'pids'));
		const ended = await bash(`${start} ${start.endsWith('&') ? '' : ';'} ${wait}`, {mark: `${folder}/one`});
		expect(ended.end).toEqual({kind: 'exited', code: 0});
		for (const pid of await pidsIn('pids')) await isGone(pid);
	});

	test('takes a child with it that cleared its environment, as long as its parents are there', async () => {
		const controller = new AbortController();
		await bash(
			'env -i setsid /bin/bash -c "echo \\$\\$ > pids; exec /bin/sleep 300" </dev/null >/dev/null 2>&1 & until [ -s pids ]; do sleep 0.05; done; echo ready; wait',
			{mark: `${folder}/one`, abort: controller.signal, onOutput: readyThenAbort(controller)},
		);
		for (const pid of await pidsIn('pids')) await isGone(pid);
	});

	test('leaves alone what another order started, whose mark begins alike', async () => {
		const controller = new AbortController();
		const sibling = new AbortController();
		const other = bash('setsid bash -c "echo \\$\\$ > other; exec sleep 300" & sleep 300', {
			mark: `${folder}/one-more`,
			abort: sibling.signal,
		});
		await bash('until [ -s other ]; do sleep 0.05; done; setsid sleep 300 & echo ready; sleep 300', {
			mark: `${folder}/one`,
			abort: controller.signal,
			onOutput: readyThenAbort(controller),
		});
		const pids = await pidsIn('other');
		for (const pid of pids) expect(await isAlive(pid)).toBe(true);
		sibling.abort();
		await other;
		for (const pid of pids) await isGone(pid);
	});

	test('what an engine that was killed left behind is found by the beginning of its mark', async () => {
		const engine = `import {runProcess} from '${new URL('../../source/workspace/process.ts', import.meta.url).href}';
			await runProcess({command: 'bash', args: ['-c', 'setsid sleep 300 & echo $! > pids; echo $$ >> pids; sleep 300'], cwd: process.cwd(),
				env: {PATH: process.env.PATH}, mark: process.argv[1] + '/call', timeoutMs: 60000, abort: new AbortController().signal, keepBytes: 100, stderr: 'joined'});`;
		const killed = await bash(
			'node --input-type=module -e "$ENGINE" "$PWD" & until [ "$(cat pids 2>/dev/null | wc -l)" = 2 ]; do sleep 0.05; done; kill -9 $!',
			{env: {...env, ENGINE: engine}},
		);
		expect(killed.end.kind).toBe('exited');
		const pids = await pidsIn('pids');
		for (const pid of pids) expect(await isAlive(pid)).toBe(true);
		expect(await sweepStrays([`${folder}/other`])).toBe(0);
		expect(await sweepStrays([`${folder}/`])).toBeGreaterThanOrEqual(2);
		for (const pid of pids) await isGone(pid);
	});
});
