import {setTimeout as pass} from 'node:timers/promises';
import {openPty} from '../test/support/pty-terminal.ts';
import {startModel} from './contest.ts';
import {reportGoals} from './goal.ts';
import {median} from './median.ts';
import {fillEngine, launcher, openEngine, readProcess, untilAtWork} from './open-engine.ts';

const watchMs = 10_000;

/** What an engine in the background and its window hold and use while models think and nothing happens. */
export const benchBackground = async (): Promise<boolean> => {
	// The first word takes an hour.
	const server = await startModel(10, 1, 1 / 3600);
	const engine = openEngine(server.url);
	try {
		const runId = await fillEngine(engine, 100, 30);
		const window = openPty({
			file: process.execPath,
			args: [launcher, 'attach', runId],
			cwd: engine.home,
			env: {...engine.env, TERM: 'xterm-256color', LANG: 'C.UTF-8'},
			columns: 120,
			rows: 40,
		});
		await window.until('scout', 30_000);
		await pass(3000);
		const before = [readProcess(engine.pid()), readProcess(window.pid)] as const;
		await pass(watchMs);
		const after = [readProcess(engine.pid()), readProcess(window.pid)] as const;
		const share = (i: 0 | 1): number => ((after[i].cpuMs - before[i].cpuMs) / watchMs) * 100;
		window.kill('SIGKILL');
		return reportGoals(
			'an engine in the background with 100 agents, 30 of them waiting for their models, and a window, when nothing happens',
			[
				{what: 'memory of the engine', value: after[0].rssMb, most: 250, unit: 'MB'},
				{what: 'processor for the engine, of one core', value: share(0), most: 1, unit: '%'},
				{what: 'memory of the window', value: after[1].rssMb, most: 250, unit: 'MB'},
			],
			`the window takes ${share(1).toFixed(1)} % of a core, for its spinners and clocks`,
		);
	} finally {
		engine.close();
		server.stop();
	}
};

const agents = 20;
const rounds = 5;

/** How soon an engine that was killed while twenty agents worked has them all at work again. */
export const benchRecovery = async (): Promise<boolean> => {
	const server = await startModel(1000, 4000, 20);
	const times: number[] = [];
	const answers: number[] = [];
	try {
		for (let i = 0; i < rounds; i++) {
			const engine = openEngine(server.url);
			try {
				await fillEngine(engine, agents, agents);
				for (let n = 0; n < 3; n++) {
					const asked = performance.now();
					await engine.run('send', `scout-${n + 1}`, 'Go on.');
					answers.push(performance.now() - asked);
				}
				process.kill(engine.pid(), 'SIGKILL');
				const began = performance.now();
				await engine.run('engine', 'start');
				const connection = await engine.connect();
				await untilAtWork(connection, count => count >= agents);
				times.push(performance.now() - began);
				connection.close();
			} finally {
				engine.close();
			}
		}
	} finally {
		server.stop();
	}
	return reportGoals(
		`an engine that was killed with ${agents} agents at work is started by the next command`,
		[
			{what: 'until all are at work again', value: median(times), most: 1000, unit: 'ms'},
			{what: 'a verb to a running engine', value: median(answers), most: 100, unit: 'ms'},
		],
		`slowest ${Math.max(...times).toFixed(0)} ms of ${rounds}; verbs ${answers.map(ms => ms.toFixed(0)).join(', ')} ms`,
	);
};
