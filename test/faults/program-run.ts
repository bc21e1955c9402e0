import {type ChildProcess, spawn} from 'node:child_process';
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	rmSync,
	statSync,
	symlinkSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as pass} from 'node:timers/promises';

const root = join(import.meta.dirname, '..', '..');

/** The built program at a place of its own, so that a build in the meantime does not change it under a run. */
export type Program = {readonly launcher: string; readonly remove: () => void};

export const copyProgram = (): Program => {
	const folder = mkdtempSync(join(tmpdir(), 'flotilla-program-'));
	for (const part of ['bin', 'dist', 'package.json']) cpSync(join(root, part), join(folder, part), {recursive: true});
	symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
	return {
		launcher: join(folder, 'bin', 'flotilla.cjs'),
		remove: () => rmSync(folder, {recursive: true, force: true}),
	};
};

/** A folder to work on and a home for the state, both new and removed together. */
export type Ground = {readonly dir: string; readonly home: string; readonly remove: () => void};

export const makeGround = (): Ground => {
	const folder = mkdtempSync(join(tmpdir(), 'flotilla-ground-'));
	const [dir, home] = [join(folder, 'project'), join(folder, 'home')];
	for (const made of [dir, home]) mkdirSync(made);
	return {dir, home, remove: () => rmSync(folder, {recursive: true, force: true, maxRetries: 5})};
};

export type Life = {
	readonly code: number | null;
	/** True when it was ended from here, because it took too long. */
	readonly hung: boolean;
	readonly stdout: string;
	readonly stderr: string;
};

export type Living = {readonly child: ChildProcess; readonly ended: Promise<Life>};

export type Order = {
	readonly launcher: string;
	readonly args: readonly string[];
	readonly env: Readonly<Record<string, string>>;
	/** Each line of output, when it is whole. */
	readonly onLine?: (line: string) => void;
	readonly longestMs?: number;
};

/** Runs the program as a person's shell would, with nothing in its environment but what is given and PATH. */
export const startProgram = ({launcher, args, env, onLine, longestMs = 60_000}: Order): Living => {
	const {PATH = ''} = process.env;
	const child = spawn(process.execPath, [launcher, ...args], {
		cwd: tmpdir(),
		env: {PATH, FLOTILLA_NO_DAEMON: '1', ...env},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let [stdout, stderr, rest, hung] = ['', '', '', false];
	child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
		stdout += chunk;
		const lines = (rest + chunk).split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines) onLine?.(line);
	});
	child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
		stderr += chunk;
	});
	const tooLong = setTimeout(() => {
		hung = true;
		child.kill('SIGKILL');
	}, longestMs);
	const ended = new Promise<Life>(resolve =>
		child.on('close', code => {
			clearTimeout(tooLong);
			resolve({code, hung, stdout, stderr});
		}),
	);
	return {child, ended};
};

const readBytesMax = 1024 * 1024;

/** The files below a folder, by path; of a large one only its size. */
export const filesBelow = (folder: string): ReadonlyMap<string, string> =>
	new Map(
		readdirSync(folder, {withFileTypes: true, recursive: true})
			.filter(entry => entry.isFile())
			.map(entry => join(entry.parentPath, entry.name))
			.sort()
			.map(file => {
				const {size} = statSync(file);
				return [
					file.slice(folder.length + 1),
					size > readBytesMax ? `${size} bytes` : readFileSync(file, 'utf8'),
				] as const;
			}),
	);

export type Leftover = {readonly pid: number; readonly line: string};

/** Processes whose folder is the given one or below it. */
const processesIn = (folder: string): readonly Leftover[] =>
	readdirSync('/proc').flatMap(name => {
		if (!/^\d+$/.test(name)) return [];
		try {
			const cwd = readlinkSync(`/proc/${name}/cwd`);
			if (cwd !== folder && !cwd.startsWith(`${folder}/`)) return [];
			return [{pid: Number(name), line: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()}];
		} catch {
			// It has ended in the meantime.
			return [];
		}
	});

const longestWaitMs = 2000;

/** Resolves once it is so, or after a while. */
export const until = async (met: () => boolean): Promise<void> => {
	const end = performance.now() + longestWaitMs;
	while (!met() && performance.now() < end) await pass(10);
};

/** Those that still have the folder as theirs, a moment after all has ended. They are ended here. */
export const endProcessesIn = async (dir: string): Promise<readonly string[]> => {
	await until(() => processesIn(dir).length === 0);
	return processesIn(dir).map(({pid, line}) => {
		try {
			process.kill(pid, 'SIGKILL');
		} catch {
			// It has just ended.
		}
		return line;
	});
};
