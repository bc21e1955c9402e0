import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {cpSync, globSync, mkdtempSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {build} from 'esbuild';
import {type Goal, reportGoals} from './goal.ts';
import {columns, type KeyFigures, keysAtOnce, keysTyped, measureKeys, rows} from './key-latency.ts';
import {median, quantile} from './median.ts';

const root = join(import.meta.dirname, '..');
const agents = 50;
const deltasPerSecond = 50;

/** As the published program is: bundles, production React, and the words that the model reads beside them. */
const bundle = async (): Promise<string> => {
	const outdir = mkdtempSync(join(root, 'node_modules', '.flotilla-bench-'));
	await build({
		entryPoints: ['window-program.ts', 'fleet-window-program.ts', 'streaming-server.ts'].map(file =>
			join(root, 'bench', file),
		),
		outdir,
		outExtension: {'.js': '.mjs'},
		bundle: true,
		format: 'esm',
		platform: 'node',
		target: 'node22',
		define: {'process.env.NODE_ENV': '"production"'},
		external: ['better-sqlite3'],
		alias: {'react-devtools-core': join(root, 'scripts', 'no-devtools.ts')},
		banner: {
			js: "import {createRequire as requireFrom} from 'node:module';const require=requireFrom(import.meta.url);",
		},
		logLevel: 'error',
	});
	const source = join(root, 'source');
	for (const file of globSync('**/*.md', {cwd: source})) cpSync(join(source, file), join(outdir, file));
	return outdir;
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
	const folder = await bundle();
	const window = join(folder, 'window-program.mjs');
	const windowFloor = await measureKeys(window, ['1', String(deltasPerSecond)], '2 agents');
	const windowMet = reportGoals(
		`window at ${columns}x${rows} over a feed, ${agents} agents with ${deltasPerSecond} deltas/s each`,
		goalsOf(await measureKeys(window, [String(agents), String(deltasPerSecond)], `2 agents (${agents}`)),
		floorWords(windowFloor),
	);
	const server = spawn(process.execPath, [join(folder, 'streaming-server.mjs'), String(deltasPerSecond)], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	try {
		const url = await addressOf(server);
		const fleet = join(folder, 'fleet-window-program.mjs');
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
