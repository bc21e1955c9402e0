import {execFileSync} from 'node:child_process';
import {existsSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import Sqlite from 'better-sqlite3';
import type {Expected} from './invariants-evidence.ts';
import {type KilledRun, runTenSteps} from './kills-run.ts';
import type {Part, Row} from './part.ts';
import {copyProgram, type Ground, makeGround} from './program-run.ts';

/** What is done to the storage when so many events were told, and how long it lasts. */
type Disturbance = {readonly name: string; readonly atEvent: number; readonly ms: number};

const locks: readonly Disturbance[] = [
	{name: 'locked for 1 s', atEvent: 60, ms: 1000},
	{name: 'locked for 12 s', atEvent: 120, ms: 12_000},
];
const fulls: readonly Disturbance[] = [
	{name: 'disk full for 1 s', atEvent: 60, ms: 1000},
	{name: 'disk full for 8 s', atEvent: 150, ms: 8000},
];

/** Another connection begins to write, and takes its time. Returns the end of it. */
const lock = ({home}: Ground): (() => void) => {
	const database = new Sqlite(join(home, 'flotilla.db'), {timeout: 5000});
	database.exec('BEGIN IMMEDIATE');
	return () => void database.close();
};

/** Fills the disk to the last byte. Returns what makes room again. */
const fill = ({home}: Ground): (() => void) => {
	const file = join(home, 'filler');
	for (const bytes of [64 * 1024, 4096, 512, 1])
		for (;;)
			try {
				writeFileSync(file, Buffer.alloc(bytes), {flag: 'a'});
			} catch {
				break;
			}
	return () => rmSync(file, {force: true});
};

type Small = {readonly ground: Ground; readonly unmount: () => void};

/** A ground whose home is a disk of 8 MB; undefined where mounting is not allowed. */
const smallDisk = (): Small | undefined => {
	const ground = makeGround();
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', ground.home], {stdio: 'ignore'});
	} catch {
		ground.remove();
		return undefined;
	}
	// The ground is removed with the run, while the disk is still mounted: so it is emptied first.
	const unmount = (): void => {
		execFileSync('umount', ['--lazy', ground.home], {stdio: 'ignore'});
		ground.remove();
	};
	return {ground: {...ground, remove: () => {}}, unmount};
};

type Disturbed = {readonly disturbed: boolean; readonly run: KilledRun};

const runDisturbed = async (
	launcher: string,
	expected: Expected,
	{atEvent, ms}: Disturbance,
	ground: Ground,
	begin: (ground: Ground) => () => void,
): Promise<Disturbed> => {
	let told = 0;
	let disturbed = false;
	let end = (): void => {};
	const run = await runTenSteps({
		launcher,
		aims: [],
		allowed: ['--yes'],
		expected,
		ground,
		onEvent: () => {
			if (++told !== atEvent) return;
			end = begin(ground);
			disturbed = true;
			setTimeout(end, ms);
		},
	});
	end();
	return {disturbed, run};
};

const crashesIn = ({home}: Ground): number => {
	const folder = join(home, 'crashes');
	return existsSync(folder) ? readdirSync(folder).length : 0;
};

const rowOf = ({name}: Disturbance, {disturbed, run}: Disturbed, crashes: number): Row => {
	const problems = run.findings.map(({rule, words}) => `${rule}: ${words}`);
	if (!disturbed) problems.push('the run ended before it could be disturbed');
	if (run.lives > 1) problems.push(`it took ${run.lives} processes, for the first gave up`);
	if (crashes > 0) problems.push(`${crashes} crash files`);
	return {
		name,
		counts: {runs: 1, 'in one life': run.lives === 1 ? 1 : 0, well: problems.length === 0 ? 1 : 0},
		problems,
	};
};

/** Every disturbance of the storage; nothing about a full disk where mounting is not allowed. */
export const runStorage = async (which: readonly string[] | undefined): Promise<readonly Row[]> => {
	const program = copyProgram();
	const wanted = ({name}: Disturbance): boolean => which?.includes(name) ?? true;
	const rows: Row[] = [];
	try {
		const {launcher} = program;
		const whole = await runTenSteps({launcher, aims: [], allowed: ['--yes'], expected: undefined});
		for (const disturbance of locks.filter(wanted)) {
			const ground = makeGround();
			const disturbed = await runDisturbed(launcher, whole.end, disturbance, {...ground, remove: () => {}}, lock);
			rows.push(rowOf(disturbance, disturbed, crashesIn(ground)));
			ground.remove();
		}
		for (const disturbance of fulls.filter(wanted)) {
			const disk = smallDisk();
			if (disk === undefined) {
				rows.push({
					name: `${disturbance.name}: no mounting here`,
					counts: {runs: 0, 'in one life': 0, well: 0},
					problems: [],
				});
				continue;
			}
			try {
				const disturbed = await runDisturbed(launcher, whole.end, disturbance, disk.ground, fill);
				rows.push(rowOf(disturbance, disturbed, crashesIn(disk.ground)));
			} finally {
				disk.unmount();
			}
		}
		return rows;
	} finally {
		program.remove();
	}
};

export const storagePart: Part = {
	name: 'storage',
	about: 'the database is locked by another program, or the disk is full for a while, in runs of ten steps',
	run: () => runStorage(undefined),
};
