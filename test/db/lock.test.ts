import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {isLocked, isServed, LockHeld, takeLock} from '../../db/lock.ts';
import {StorageProblem} from '../../db/storage-problem.ts';

const contender = path.join(import.meta.dirname, 'hold-lock.ts');
let folder = '';
let children: ChildProcess[] = [];
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'flotilla-lock-'));
});
afterEach(() => {
	for (const child of children) child.kill('SIGKILL');
	children = [];
	rmSync(folder, {recursive: true, force: true});
});

/** Starts another process that tries for the lock; resolves with what it says. */
const contend = async (): Promise<{readonly child: ChildProcess; readonly said: string}> => {
	const child = spawn(process.execPath, [contender, folder], {stdio: ['pipe', 'pipe', 'inherit']});
	children.push(child);
	const [line] = await once(createInterface({input: child.stdout}), 'line');
	return {child, said: String(line)};
};

const pidOfHolder = (): number | undefined => {
	try {
		takeLock(folder).release();
		return undefined;
	} catch (error) {
		if (error instanceof LockHeld) return error.pid;
		throw error;
	}
};

test('the lock is refused to a second taker in the same process, again and again, until it is released', () => {
	const lock = takeLock(folder);
	expect(pidOfHolder()).toBe(process.pid);
	expect(pidOfHolder()).toBe(process.pid);
	lock.release();
	expect(pidOfHolder()).toBeUndefined();
});

test('another process is refused with the number of the holder, also after a taker of the same process was', async () => {
	const lock = takeLock(folder);
	expect(pidOfHolder()).toBe(process.pid);
	expect((await contend()).said).toBe(`held by ${process.pid}`);
	lock.release();
	expect((await contend()).said).toBe('taken');
});

test('of processes that race for the lock exactly one gets it, and kill -9 frees it at once', async () => {
	const racers = await Promise.all([contend(), contend(), contend()]);
	const winners = racers.filter(({said}) => said === 'taken');
	expect(winners).toHaveLength(1);
	const winner = winners[0]?.child;
	expect(pidOfHolder()).toBe(winner?.pid);
	winner?.kill('SIGKILL');
	if (winner !== undefined) await once(winner, 'exit');
	expect(pidOfHolder()).toBeUndefined();
});

test('the refusal says who has the lock and what to do', () => {
	const lock = takeLock(folder);
	expect(() => takeLock(folder)).toThrow(
		`Could not start an engine in ${folder}: an engine is at work there (process ${process.pid}). Wait until it has nothing to do`,
	);
	lock.release();
});

test('only an engine in the background that serves or finishes can be asked', () => {
	const lock = takeLock(folder);
	expect(isServed(folder)).toBe(false);
	for (const phase of ['foreground', 'starting', 'ending'] as const) {
		lock.enter(phase);
		expect(isServed(folder)).toBe(false);
	}
	for (const phase of ['serving', 'finishing'] as const) {
		lock.enter(phase);
		expect(isServed(folder)).toBe(true);
	}
	lock.release();
});

test('the files of the lock are for the user alone', () => {
	const lock = takeLock(folder);
	for (const name of ['engine.lock', 'engine.pid']) expect(statSync(path.join(folder, name)).mode & 0o777).toBe(0o600);
	lock.release();
});

test('a state folder that cannot be made is a storage problem', () => {
	writeFileSync(path.join(folder, 'file'), '');
	expect(() => takeLock(path.join(folder, 'file', 'state'))).toThrow(StorageProblem);
});

test('looking at the lock makes nothing, sees a holder, and takes nothing from it', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'flotilla-look-'));
	expect(isLocked(folder)).toBe(false);
	expect(readdirSync(folder)).toEqual([]);
	const lock = takeLock(folder);
	expect(isLocked(folder)).toBe(true);
	expect(() => takeLock(folder)).toThrow(LockHeld);
	lock.release();
	expect(isLocked(folder)).toBe(false);
});
