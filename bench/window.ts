import {mkdtempSync, readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Renderer} from '../source/boot/renderer.ts';
import {openPty, type PtyTerminal} from '../test/support/pty-terminal.ts';
import {startModel} from './contest.ts';
import {type Goal, reportGoals} from './goal.ts';
import {keysAtOnce, keysTyped, measureKeys} from './key-latency.ts';
import {median, quantile} from './median.ts';
import {fillEngine, launcher, type OpenEngine, openEngine, readProcess, untilAtWork} from './open-engine.ts';
import {type WatchFigures, watchMs, watchTerminal} from './watch-terminal.ts';

type Size = {readonly columns: number; readonly rows: number};

const large: Size = {columns: 200, rows: 50};
const small: Size = {columns: 80, rows: 24};
/** An agent speaks longer than it is watched, s. */
const streamS = 300;

type Load = {
	readonly size: Size;
	readonly agents: number;
	/** Of each agent. All of them, the engine, the model and the window share this machine. */
	readonly deltasPerSecond: number;
	readonly goals: {readonly p50: number; readonly p99: number; readonly cpu: number; readonly rssMb: number};
};

const loads: readonly Load[] = [
	{size: small, agents: 50, deltasPerSecond: 50, goals: {p50: 5, p99: 20, cpu: 8, rssMb: 180}},
	{size: large, agents: 50, deltasPerSecond: 50, goals: {p50: 5, p99: 25, cpu: 10, rssMb: 180}},
	{size: large, agents: 200, deltasPerSecond: 20, goals: {p50: 5, p99: 25, cpu: 10, rssMb: 180}},
	{size: large, agents: 1000, deltasPerSecond: 4, goals: {p50: 5, p99: 35, cpu: 18, rssMb: 250}},
];

type Leaving = {
	/** How long the event loop was held up since it was measured, p99 in ms; not a number when it was not. */
	readonly loopMs: number;
	/** From the keys to the end of the program, when the terminal is the shell's again, ms. */
	readonly leaveMs: number;
};

/** What the screen shows once it is whole. */
type Proof = string | RegExp;

type OpenWindow = {
	readonly terminal: PtyTerminal;
	/** ms from the start of the program to its first whole screen. */
	readonly firstMs: number;
	/** Begins to measure how long the event loop is held up. */
	readonly probe: () => void;
	/** Leaves with Ctrl+C twice. */
	readonly leave: () => Promise<Leaving>;
};

/** The published program as a person opens it on a run in the background. */
export const openWindow = async (
	engine: OpenEngine,
	runId: string,
	proof: Proof,
	renderer: Renderer = 'canvas',
	{columns, rows}: Size = large,
	isProbed = true,
): Promise<OpenWindow> => {
	const probed = join(mkdtempSync(join(tmpdir(), 'flotilla-bench-')), 'p99');
	const began = performance.now();
	const terminal = openPty({
		file: process.execPath,
		args: [
			...(isProbed ? ['--require', resolve('bench/loop-probe.cjs')] : []),
			...[launcher, 'attach', runId, '--renderer', renderer],
		],
		cwd: engine.home,
		env: {...engine.env, TERM: 'xterm-256color', LANG: 'C.UTF-8', LOOP_PROBE: probed},
		columns,
		rows,
	});
	await terminal.until(proof, 60_000);
	const firstMs = performance.now() - began;
	return {
		terminal,
		firstMs,
		probe: () => process.kill(terminal.pid, 'SIGUSR2'),
		leave: async () => {
			const asked = performance.now();
			terminal.press('\u0003\u0003');
			await terminal.exited;
			const leaveMs = performance.now() - asked;
			return {leaveMs, loopMs: isProbed ? Number(readFileSync(probed, 'utf8')) : Number.NaN};
		},
	};
};

type WindowFigures = WatchFigures & {
	readonly firstMs: number;
	readonly latencies: readonly number[];
	readonly lost: number;
	readonly lostAtOnce: number;
	readonly loopMs: number;
	readonly resizeMs: number;
	readonly leaveMs: number;
};

const measureResize = async (terminal: PtyTerminal, {columns, rows}: Size): Promise<number> => {
	const [width, height] = [Math.floor(columns * 0.75), Math.ceil(rows * 0.83)];
	const began = performance.now();
	terminal.resize(width, height);
	await terminal.until(screen => {
		const lines = screen.split('\n');
		return (
			lines.length === height &&
			lines.some(line => line.length === width && /[│╮╯]$/.test(line)) &&
			(lines.at(-1) ?? '').includes('quit')
		);
	}, 5000);
	return performance.now() - began;
};

/** In their first seconds the model and the engine are busy with themselves, ms. */
const settlingMs = 5000;

const idleAgents = 30;

/** How often a window is opened to learn how long that takes. */
const openings = 9;

/** Opens and leaves windows; resolves with how long the first screen of each took, and leaving it. */
const measureOpening = async (
	engine: OpenEngine,
	runId: string,
	proof: Proof,
	renderer: Renderer,
	size: Size,
): Promise<readonly {readonly firstMs: number; readonly leaveMs: number}[]> => {
	const took = [];
	for (let i = 0; i < openings; i++) {
		// As a person opens it: what measures the event loop takes a while to load, too.
		const {firstMs, leave} = await openWindow(engine, runId, proof, renderer, size, false);
		const {leaveMs} = await leave();
		took.push({firstMs, leaveMs});
	}
	return took;
};

const measure = async (
	engine: OpenEngine,
	runId: string,
	{agents, size}: Load,
	renderer: Renderer,
): Promise<WindowFigures> => {
	// Where there is little room the sign stands for the word, and the sign turns.
	const proof = new RegExp(`(working |[▸\\u2800-\\u28ff])${agents} `);
	const opened = await measureOpening(engine, runId, proof, renderer, size);
	const {terminal, probe, leave} = await openWindow(engine, runId, proof, renderer, size);
	await sleep(2000);
	probe();
	const watched = await watchTerminal(terminal);
	const keys = await measureKeys(terminal, size.columns);
	await terminal.until(proof, 2000);
	const resizeMs = await measureResize(terminal, size);
	const {loopMs} = await leave();
	return {
		...keys,
		firstMs: median(opened.map(one => one.firstMs)),
		leaveMs: median(opened.map(one => one.leaveMs)),
		...watched,
		loopMs,
		resizeMs,
	};
};

const goalsOf = (figures: WindowFigures, {goals}: Load): readonly Goal[] => [
	{what: 'key to screen, p50', value: median(figures.latencies), most: goals.p50, unit: 'ms'},
	{what: 'key to screen, p99', value: quantile(figures.latencies, 0.99), most: goals.p99, unit: 'ms'},
	{what: `lost of ${keysTyped} keys`, value: figures.lost, most: 0, unit: 'keys'},
	{what: `lost of ${keysAtOnce} keys at once`, value: figures.lostAtOnce, most: 0, unit: 'keys'},
	{what: 'processor, of one core', value: figures.cpu, most: goals.cpu, unit: '%'},
	{what: 'event loop held up, p99', value: figures.loopMs, most: 10, unit: 'ms'},
	{what: 'written', value: figures.kbPerSecond, most: 130, unit: 'KB/s'},
	{what: 'screens cleared', value: figures.clears, most: 0, unit: 'times'},
	{what: 'memory', value: figures.rssMb, most: goals.rssMb, unit: 'MB'},
	{what: `first whole screen, median of ${openings}`, value: figures.firstMs, most: 400, unit: 'ms'},
	{what: 'whole screen after a resize', value: figures.resizeMs, most: 100, unit: 'ms'},
	{what: `Ctrl+C twice to the shell, median of ${openings}`, value: figures.leaveMs, most: 150, unit: 'ms'},
];

const besides = ({latencies, cpu, kbPerSecond, loopMs, rssMb, firstMs}: WindowFigures): string =>
	`painted by Ink: p50 ${median(latencies).toFixed(0)} ms, p99 ${quantile(latencies, 0.99).toFixed(0)} ms, ${cpu.toFixed(0)} % of a core, loop p99 ${loopMs.toFixed(0)} ms, ${kbPerSecond.toFixed(0)} KB/s, ${rssMb.toFixed(0)} MB, first screen ${firstMs.toFixed(0)} ms`;

/** The window on a run that has ended, when nothing streams. */
const benchIdleWindow = async (): Promise<boolean> => {
	// Each agent reports with its first turn, long enough after the others were created.
	const server = await startModel(1, 100, 20);
	const engine = openEngine(server.url);
	try {
		const runId = await fillEngine(engine, idleAgents, idleAgents);
		const connection = await engine.connect();
		await untilAtWork(connection, count => count === 0);
		connection.close();
		await engine.run('stop', runId, '--json');
		// What measures the event loop wakes it two hundred times a second.
		const ended = / (stopped|done|failed) /;
		const {terminal, firstMs, leave} = await openWindow(engine, runId, ended, 'canvas', large, false);
		await sleep(2000);
		const from = terminal.written().length;
		const before = readProcess(terminal.pid);
		await sleep(watchMs);
		const after = readProcess(terminal.pid);
		const written = Buffer.byteLength(terminal.written().slice(from));
		const {leaveMs} = await leave();
		return reportGoals(
			`the window at ${large.columns}×${large.rows} on a run of ${idleAgents} agents that have all ended, idle`,
			[
				{what: `written in ${watchMs / 1000} s`, value: written, most: 0, unit: 'bytes'},
				{what: 'processor, of one core', value: ((after.cpuMs - before.cpuMs) / watchMs) * 100, most: 1, unit: '%'},
				{what: 'Ctrl+C twice to the shell', value: leaveMs, most: 150, unit: 'ms'},
			],
			`the first whole screen ${firstMs.toFixed(0)} ms, ${after.rssMb.toFixed(0)} MB`,
		);
	} finally {
		engine.close();
		server.stop();
	}
};

const benchLoad = async (load: Load): Promise<boolean> => {
	const {agents, deltasPerSecond, size} = load;
	const server = await startModel(1000, deltasPerSecond * streamS, deltasPerSecond);
	const engine = openEngine(server.url);
	try {
		const runId = await fillEngine(engine, agents, agents);
		await sleep(settlingMs);
		const canvas = await measure(engine, runId, load, 'canvas');
		const ink = await measure(engine, runId, load, 'ink');
		return reportGoals(
			`the window at ${size.columns}×${size.rows} while ${agents} agents stream ${deltasPerSecond} pieces/s each`,
			goalsOf(canvas, load),
			besides(ink),
		);
	} finally {
		engine.close();
		server.stop();
	}
};

/** The window over an engine in the background, idle and while agents stream, beside the same painted by Ink. */
export const benchWindow = async (): Promise<boolean> => {
	let met = await benchIdleWindow();
	for (const load of loads) met = (await benchLoad(load)) && met;
	return met;
};
