import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Readable} from 'node:stream';
import {execa} from 'execa';
import {bundle} from '../scripts/bundle.ts';

/** Programs as they would be shipped: one file each, with the packages beside it. */
export type Bundles = {
	/** The file of a program of `bench/`, by its name. */
	readonly of: (program: string) => Promise<string>;
	readonly remove: () => void;
};

export const openBundles = (): Bundles => {
	// Below the project, so that the packages are found, the same ones for all that are measured.
	const folder = mkdtempSync('bench/.out-');
	const made = new Map<string, Promise<string>>();
	const make = async (program: string): Promise<string> => {
		await bundle({programs: {[program]: `bench/${program}.ts`}, dir: folder, packagesBeside: true});
		return join(folder, `${program}.js`);
	};
	return {
		of: program => {
			const file = made.get(program) ?? make(program);
			made.set(program, file);
			return file;
		},
		remove: () => rmSync(folder, {recursive: true}),
	};
};

/** A folder for agents to look around in. */
export const makeProject = (): string => {
	const dir = mkdtempSync(join(tmpdir(), 'flotilla-bench-'));
	for (const name of ['d0', 'd1', 'd2']) {
		mkdirSync(join(dir, name));
		for (let i = 0; i < 20; i++) writeFileSync(join(dir, name, `file-${i}.txt`), 'x');
	}
	return dir;
};

/** The next line a program prints. */
export const nextLine = (program: {readonly stdout: Readable}): Promise<string> =>
	new Promise((resolve, reject) => {
		program.stdout.once('data', text => resolve(`${text}`.trim()));
		program.stdout.once('end', () => reject(new Error('The program ended before it said anything.')));
	});

export type ModelServer = {readonly url: string; readonly stop: () => void};

/** A model in a process of its own, that answers as `turn-server` says. */
export const startModel = async (turns: number, deltas: number, deltasPerSecond: number): Promise<ModelServer> => {
	const order = ['--import', 'tsx', 'bench/turn-server.ts', `${turns}`, `${deltas}`, `${deltasPerSecond}`];
	const server = execa('node', order, {reject: false, stderr: 'inherit'});
	const url = await nextLine(server);
	return {url, stop: () => void server.kill('SIGKILL')};
};
