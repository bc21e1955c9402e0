import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {bundle} from '../scripts/bundle.ts';
import {type Goal, reportGoals} from './goal.ts';
import {columns, type KeyFigures, keysAtOnce, keysTyped, measureKeys, rows} from './key-latency.ts';
import {median, quantile} from './median.ts';

const root = join(import.meta.dirname, '..');
const agents = 50;
const deltasPerSecond = 50;

/** Programs of `bench/`, as the published program is. */
const bundlePrograms = async (): Promise<string> => {
	const dir = mkdtempSync(join(root, 'bench', '.out-'));
	const names = ['window-program', 'fleet-window-program', 'streaming-server'];
	await bundle({programs: Object.fromEntries(names.map(name => [name, `bench/${name}.ts`])), dir});
	return dir;
};

const goalsOf = ({latencies, lost, lostAtOnce}: KeyFigures): readonly Goal[] => [
	{what: 'key to screen, p50', value: median(latencies), most: 40, unit: 'ms'},
	{what: 'key to screen, p99', value: quantile(latencies, 0.99), most: 150, unit: 'ms'},
	{what: `lost of ${keysTyped} keys`, value: lost, most: 0, unit: 'keys'},
	{what: `lost of ${keysAtOnce} keys at once`, value: lostAtOnce, most: 0, unit: 'keys'},
];

const floorWords = ({latencies}: KeyFigures): string =>
	`1 agent, p50 ${median(latencies).toFixed(0)} ms, p99 ${quantile(latencies, 0.99).toFixed(0)} ms`;

const addressOf = async (server: ChildProcess): Promise<string> => {
	if (server.stdout === null) throw new Error('The server of the benchmark has no output.');
	const [line]: unknown[] = await once(createInterface(server.stdout), 'line');
	return String(line);
};

/** From key to screen while agents stream, beside the same window with one agent as the floor. */
export const benchWindow = async (): Promise<boolean> => {
	const folder = await bundlePrograms();
	const window = join(folder, 'window-program.js');
	const windowFloor = await measureKeys(window, ['1', String(deltasPerSecond)], '2 agents');
	const windowMet = reportGoals(
		`window at ${columns}x${rows} over a feed, ${agents} agents with ${deltasPerSecond} deltas/s each`,
		goalsOf(await measureKeys(window, [String(agents), String(deltasPerSecond)], `2 agents (${agents}`)),
		floorWords(windowFloor),
	);
	const server = spawn(process.execPath, [join(folder, 'streaming-server.js'), String(deltasPerSecond)], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	try {
		const url = await addressOf(server);
		const fleet = join(folder, 'fleet-window-program.js');
		const fleetFloor = await measureKeys(fleet, [url, '1'], 'working 1');
		const fleetMet = reportGoals(
			`window at ${columns}x${rows} over engine, database and SDK, ${agents} agents with ${deltasPerSecond} deltas/s each`,
			goalsOf(await measureKeys(fleet, [url, String(agents)], `working ${agents}`)),
			floorWords(fleetFloor),
		);
		return windowMet && fleetMet;
	} finally {
		server.kill();
		rmSync(folder, {recursive: true});
	}
};
