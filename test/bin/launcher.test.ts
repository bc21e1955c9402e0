import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {text} from 'node:stream/consumers';
import {afterEach, beforeEach, expect, test} from 'vitest';

const project = path.join(import.meta.dirname, '..', '..');
let root = '';
let children: ChildProcess[] = [];

/** A program that can be told what to do: it says who and where it is, then ends or waits. */
const program = `
	const [what, value] = process.argv.slice(2);
	const {FLOTILLA_LAUNCHED} = process.env;
	if (what === 'exit') process.exitCode = Number(value);
	if (what === 'wait') setInterval(() => {}, 1000);
	if (what === 'tidy') {
		setInterval(() => {}, 1000);
		process.on('SIGTERM', () => process.exit(9));
	}
	console.log(JSON.stringify({pid: process.pid, version: process.versions.node, cwd: process.cwd(), args: process.argv.slice(2), FLOTILLA_LAUNCHED}));
`;

beforeEach(() => {
	root = mkdtempSync(path.join(tmpdir(), 'flotilla-launcher-'));
	cpSync(path.join(project, 'bin'), path.join(root, 'bin'), {recursive: true});
	mkdirSync(path.join(root, 'dist'));
	writeFileSync(path.join(root, 'dist', 'cli.js'), program);
	writeFileSync(path.join(root, 'package.json'), '{"type":"module"}');
	writeFileSync(
		path.join(root, 'old.cjs'),
		"Object.defineProperty(process, 'versions', {value: {...process.versions, node: '20.1.0'}});",
	);
});
afterEach(() => {
	for (const child of children) child.kill('SIGKILL');
	children = [];
	rmSync(root, {recursive: true, force: true});
});

const start = (node: 'old' | 'new', args: readonly string[]) => {
	const preload = node === 'old' ? ['--require', path.join(root, 'old.cjs')] : [];
	const child = spawn(process.execPath, [...preload, path.join(root, 'bin', 'flotilla.cjs'), ...args], {
		cwd: tmpdir(),
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	children.push(child);
	return child;
};

const run = async (node: 'old' | 'new', args: readonly string[]) => {
	const child = start(node, args);
	const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
	return {code: child.exitCode, stdout, stderr};
};

/** Starts a program that waits; resolves when it says where it is. */
const waiting = async (what: 'wait' | 'tidy') => {
	const child = start('old', [what]);
	const [line] = await once(createInterface({input: child.stdout}), 'line');
	const said: {pid: number; version: string} = JSON.parse(String(line));
	return {child, inner: said.pid};
};

const layNodeBeside = () => {
	mkdirSync(path.join(root, 'node_modules', 'node', 'bin'), {recursive: true});
	symlinkSync(process.execPath, path.join(root, 'node_modules', 'node', 'bin', 'node'));
};

/** Resolves when the process and all it shared its output with are gone: only then is the output closed. */
const ended = async (child: ChildProcess): Promise<void> => {
	const isOver = child.exitCode !== null || child.signalCode !== null;
	await Promise.all([
		...(isOver ? [] : [once(child, 'exit')]),
		...(child.stdout !== null && !child.stdout.closed ? [once(child.stdout, 'close')] : []),
	]);
};

test('a fitting Node runs the program itself, in the folder and with the arguments it was given', async () => {
	const {code, stdout, stderr} = await run('new', ['exit', '3', 'a b', '--c']);
	expect({code, stderr}).toEqual({code: 3, stderr: ''});
	expect(JSON.parse(stdout)).toMatchObject({cwd: tmpdir(), args: ['exit', '3', 'a b', '--c']});
});

test('a Node that is too old is told in one line, with exit code 2', async () => {
	const {code, stdout, stderr} = await run('old', ['exit', '0']);
	expect({code, stdout}).toEqual({code: 2, stdout: ''});
	expect(stderr).toBe(
		'flotilla: Node 20.1.0 is too old; 22.12 or later is needed. Install it from https://nodejs.org and try again.\n',
	);
});

test('a checkout that is not built says how to build it', async () => {
	rmSync(path.join(root, 'dist'), {recursive: true});
	const {code, stderr} = await run('new', []);
	expect(code).toBe(2);
	expect(stderr).toMatch(/^flotilla: the program is not built: .* Run `npm run build` in .*\n$/);
});

test('an old Node runs the one beside it with the same arguments and ends with its code', async () => {
	layNodeBeside();
	const {code, stdout} = await run('old', ['exit', '4', 'a b']);
	expect(code).toBe(4);
	const said: unknown = JSON.parse(stdout);
	expect(said).toMatchObject({version: process.versions.node, cwd: tmpdir(), args: ['exit', '4', 'a b']});
	expect(said).not.toHaveProperty('FLOTILLA_LAUNCHED');
});

test('a Node beside that cannot be started is told in one line', async () => {
	layNodeBeside();
	rmSync(path.join(root, 'node_modules', 'node', 'bin', 'node'));
	writeFileSync(path.join(root, 'node_modules', 'node', 'bin', 'node'), 'no program', {mode: 0o644});
	const {code, stderr} = await run('old', ['exit', '0']);
	expect(code).toBe(2);
	expect(stderr).toMatch(/^flotilla: could not start .* Run `npm ci`, or install Node 22\.12 or later\.\n$/);
});

test('a signal is passed on, and who dies of it takes the launcher along in the same way', async () => {
	layNodeBeside();
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		const {child} = await waiting('wait');
		child.kill(signal);
		await once(child, 'exit');
		expect(child.signalCode).toBe(signal);
	}
});

test('a program that ends in order after a signal gives its own code', async () => {
	layNodeBeside();
	const {child} = await waiting('tidy');
	child.kill('SIGTERM');
	await once(child, 'exit');
	expect(child.exitCode).toBe(9);
});

test('when the launcher is killed with -9 the program ends too', async () => {
	layNodeBeside();
	const {child, inner} = await waiting('wait');
	expect(inner).not.toBe(child.pid);
	child.kill('SIGKILL');
	await ended(child);
	expect(child.signalCode).toBe('SIGKILL');
});

test('when the program is killed with -9 the launcher dies of the same', async () => {
	layNodeBeside();
	const {child, inner} = await waiting('wait');
	process.kill(inner, 'SIGKILL');
	await once(child, 'exit');
	expect(child.signalCode).toBe('SIGKILL');
});
