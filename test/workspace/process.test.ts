import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {runProcess} from '../../source/workspace/process.ts';

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
