import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';

export const launcher = join(import.meta.dirname, '..', '..', 'bin', 'flotilla.cjs');

export type Ended = {readonly code: number | null; readonly stdout: string; readonly stderr: string};

export type Started = {
	readonly child: ChildProcess;
	/** Resolves at the first line of output for which this holds. */
	readonly line: (met: (line: string) => boolean) => Promise<string>;
	readonly ended: Promise<Ended>;
};

/** A folder of this test alone, gone when the test is over. */
export const temporary = (name: string): string => {
	const folder = mkdtempSync(join(tmpdir(), `flotilla-${name}-`));
	onTestFinished(() => rmSync(folder, {recursive: true, force: true, maxRetries: 3}));
	return folder;
};

/** Start the built program, or another build of it, as a user does, with a home of its own and no keys. */
export const start = (
	args: readonly string[],
	env: Readonly<Record<string, string>>,
	cwd = tmpdir(),
	program = launcher,
): Started => {
	const {PATH = ''} = process.env;
	const child = spawn(process.execPath, [program, ...args], {
		cwd,
		env: {PATH, TZ: 'UTC', FLOTILLA_NO_DAEMON: '1', ...env},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let stdout = '';
	let stderr = '';
	const waiting = new Set<{readonly met: (line: string) => boolean; readonly resolve: (line: string) => void}>();
	let seen = 0;
	child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
		stdout += chunk;
		const lines = stdout.split('\n');
		for (; seen < lines.length - 1; seen++)
			for (const entry of waiting) {
				const text = lines[seen] ?? '';
				if (!entry.met(text)) continue;
				waiting.delete(entry);
				entry.resolve(text);
			}
	});
	child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
		stderr += chunk;
	});
	return {
		child,
		line: met => new Promise(resolve => waiting.add({met, resolve})),
		ended: new Promise(resolve => child.on('close', code => resolve({code, stdout, stderr}))),
	};
};

export const flotilla = (
	args: readonly string[],
	env: Readonly<Record<string, string>>,
	cwd?: string,
	program?: string,
): Promise<Ended> => start(args, env, cwd, program).ended;

/** A small real repository with everything tracked. */
export const makeRepository = (): string => {
	const dir = temporary('repository');
	const files = {
		'README.md': '# Boats\n\nCounts boats.\n\n## Features\n\n- counts\n',
		'package.json': '{"name": "boats", "version": "1.0.0", "bin": "boats.js", "scripts": {"test": "node --test"}}\n',
		'boats.js': 'export const boats = 3;\n// TODO: count more\n',
		'boats.test.js': "import test from 'node:test';\ntest('counts', () => {});\n",
	};
	for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
	const git = (...args: readonly string[]): void =>
		void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {cwd: dir});
	git('init', '-q');
	git('add', '.');
	git('commit', '-qm', 'boats');
	return dir;
};
