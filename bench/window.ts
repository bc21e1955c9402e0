import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {build} from 'esbuild';
import {openPty} from '../test/support/pty-terminal.ts';
import {median, quantile} from './median.ts';

const root = join(import.meta.dirname, '..');
const columns = 200;
const rows = 50;
const keys = 120;

/** As the published program is: one bundle, production React. */
const bundle = async (): Promise<string> => {
	const outfile = join(mkdtempSync(join(root, 'node_modules', '.flotilla-bench-')), 'window.mjs');
	await build({
		entryPoints: [join(root, 'bench', 'window-program.ts')],
		outfile,
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
	return outfile;
};

type Figures = {readonly p50: number; readonly p99: number; readonly lost: number};

/** Type letters into a message, each once the one before is on the screen, and time each until it is seen. */
const measure = async (program: string, agents: number): Promise<Figures> => {
	const {PATH = ''} = process.env;
	const terminal = openPty({
		file: process.execPath,
		args: [program, String(agents)],
		cwd: tmpdir(),
		env: {PATH, HOME: tmpdir(), TERM: 'xterm-256color', LANG: 'C.UTF-8'},
		columns,
		rows,
	});
	await terminal.until('agents', 30_000);
	await sleep(1500);
	terminal.press('2');
	await sleep(300);
	terminal.press('m');
	await sleep(500);
	const letters = 'abcdefghijklmnopqrstuvwxyz';
	const latencies: number[] = [];
	let typed = '';
	let lost = 0;
	for (let i = 0; i < keys; i++) {
		const letter = letters[(i * 7) % letters.length] ?? 'a';
		typed += letter;
		const began = performance.now();
		terminal.press(letter);
		try {
			await terminal.until(screen => screen.includes(`❯ ${typed}`), 2000);
			latencies.push(performance.now() - began);
		} catch {
			lost++;
		}
		await sleep(20 + ((i * 13) % 60));
	}
	terminal.kill('SIGKILL');
	return {p50: median(latencies), p99: quantile(latencies, 0.99), lost};
};

/** From key to screen while agents stream, beside the same window with one agent as the floor. */
export const benchWindow = async (): Promise<void> => {
	const program = await bundle();
	const floor = await measure(program, 1);
	const many = await measure(program, 50);
	console.log(
		`window at ${columns}x${rows}, 50 agents with 50 deltas/s each: key to screen p50 ${many.p50.toFixed(0)} ms (goal 40), p99 ${many.p99.toFixed(0)} ms (goal 150), ${many.lost} of ${keys} keys lost (goal 0); floor, 1 agent: p50 ${floor.p50.toFixed(0)} ms, p99 ${floor.p99.toFixed(0)} ms`,
	);
};
