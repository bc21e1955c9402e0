import {mkdtempSync, readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {setTimeout as pass} from 'node:timers/promises';
import Database from 'better-sqlite3';
import {execa} from 'execa';
import {systemClock} from '../source/engine/clock.ts';
import {type Connection, connect} from '../source/host/connect.ts';
import {makeProject} from './contest.ts';

export const launcher = resolve('bin/flotilla.cjs');

/** The built program with an engine in the background, in a home of its own. */
export type OpenEngine = {
	readonly home: string;
	readonly env: Readonly<Record<string, string>>;
	readonly run: (...args: readonly string[]) => Promise<string>;
	readonly connect: () => Promise<Connection>;
	readonly pid: () => number;
	readonly close: () => void;
};

export const openEngine = (url: string): OpenEngine => {
	const home = mkdtempSync(join(tmpdir(), 'flotilla-bench-'));
	const {PATH = ''} = process.env;
	const env = {PATH, HOME: home, FLOTILLA_HOME: home, ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: 'a-test-key'};
	const pid = (): number => Number(readFileSync(join(home, 'engine.pid'), 'utf8'));
	return {
		home,
		env,
		pid,
		run: async (...args) => {
			const {stdout} = await execa(process.execPath, [launcher, ...args], {
				env,
				extendEnv: false,
				reject: false,
				cwd: home,
			});
			return stdout;
		},
		connect: async () => {
			const token = readFileSync(join(home, 'engine.token'), 'utf8');
			const meeting = await connect(join(home, 'engine.sock'), token, '0', systemClock.after);
			if (meeting.kind !== 'welcome') throw new Error(`The engine says ${meeting.kind}.`);
			return meeting.connection;
		},
		close: () => {
			try {
				process.kill(pid(), 'SIGKILL');
			} catch {
				// It has ended by itself.
			}
		},
	};
};

/** How long agents may take to begin or to end, ms. */
const atWorkLimitMs = 120_000;
const lookEveryMs = 5;

/**
 * Resolves when as many turns and calls are under way as are wanted; throws when they never are: an agent may have failed.
 */
export const untilAtWork = async (
	connection: Connection,
	isWanted: (count: number) => boolean,
	limitMs = atWorkLimitMs,
): Promise<void> => {
	const end = performance.now() + limitMs;
	for (;;) {
		const {atWork} = await connection.status();
		if (isWanted(atWork)) return;
		if (performance.now() > end) throw new Error(`After ${limitMs / 1000} s there are ${atWork} at work.`);
		await pass(lookEveryMs);
	}
};

/** The most that the command line allows at once. */
const parallelMax = 40;

/** So many agents at once are more than the command line allows; the window is to stand them all the same. */
const raiseParallel = async (engine: OpenEngine, runId: string, active: number): Promise<void> => {
	await engine.run('engine', 'stop');
	const database = new Database(join(engine.home, 'flotilla.db'));
	database
		.prepare(
			`UPDATE events SET body = replace(body, '"maxParallel":${parallelMax}', '"maxParallel":${active}') WHERE type = 'run.created'`,
		)
		.run();
	database.close();
	await engine.run('resume', runId, '--json', '--non-interactive');
};

/** Starts a run whose plan waits, and gives it so many agents of which so many work. Resolves with its id. */
export const fillEngine = async (engine: OpenEngine, registered: number, active: number): Promise<`run_${string}`> => {
	await engine.run(
		'run',
		'a benchmark',
		'--dir',
		makeProject(),
		'--max-parallel',
		`${Math.min(active, parallelMax)}`,
		'--json',
		'--non-interactive',
	);
	const first = await engine.connect();
	const [summary] = await first.runs();
	first.close();
	if (summary === undefined) throw new Error('The run was not begun.');
	const {id: runId} = summary;
	if (active > parallelMax) await raiseParallel(engine, runId, active);
	const connection = await engine.connect();
	for (let i = 0; i < registered; i++) {
		const create = {type: 'agent.create', runId, role: 'scout', objective: `Part ${i}.`, tier: 'haiku'} as const;
		const rejection = await connection.send(create);
		if (rejection !== undefined) throw new Error(rejection.message);
	}
	await untilAtWork(connection, count => count >= active);
	connection.close();
	return runId;
};

const ticksPerSecond = 100;

/** What a process holds of memory, MB, and has used of processor time, ms, as Linux counts. */
export const readProcess = (pid: number): {readonly rssMb: number; readonly cpuMs: number} => {
	const rssKb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
		.replace(/^.*\) /, '')
		.split(' ');
	return {rssMb: rssKb / 1024, cpuMs: ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond};
};
