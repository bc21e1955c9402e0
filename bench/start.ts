import {execa} from 'execa';
import {startModel} from './contest.ts';
import {reportGoals} from './goal.ts';
import {median} from './median.ts';
import {fillEngine, launcher, openEngine} from './open-engine.ts';

const rounds = 15;
/** Agents that speak all the while, as on a working day. */
const agents = 20;
const deltasPerSecond = 50;
const streamS = 300;

/** How long a verb may take beyond a bare start of Node, ms. */
const most = 100;

/** How long verbs take from the shell and back while the engine has a fleet at work, beside a bare start of Node. */
export const benchStart = async (): Promise<boolean> => {
	const server = await startModel(1000, deltasPerSecond * streamS, deltasPerSecond);
	const engine = openEngine(server.url);
	const time = async (args: readonly string[]): Promise<number> => {
		const began = performance.now();
		await execa(process.execPath, [...args], {env: engine.env, extendEnv: false, cwd: engine.home});
		return performance.now() - began;
	};
	try {
		const runId = await fillEngine(engine, agents, agents);
		const verbs: readonly (readonly string[])[] = [
			['ls', '--json'],
			['status', runId, '--json'],
			['agents', runId, '--json'],
			['inbox', '--json'],
			['cost', '--json'],
			['send', 'scout-1', 'How far are you?', '--run', runId, '--json'],
			['engine', 'status', '--json'],
		];
		const bare: number[] = [];
		const took = verbs.map(verb => ({verb, times: [] as number[]}));
		for (let i = 0; i < rounds; i++) {
			bare.push(await time(['-e', '0']));
			for (const {verb, times} of took) times.push(await time([launcher, ...verb]));
		}
		const floor = median(bare);
		return reportGoals(
			`verbs while ${agents} agents stream ${deltasPerSecond} pieces/s each, the time beyond a bare start of Node`,
			took.map(({verb, times}) => ({
				what: `flotilla ${verb.slice(0, verb[0] === 'engine' ? 2 : 1).join(' ')}`,
				value: median(times) - floor,
				most,
				unit: 'ms',
			})),
			`node -e 0 takes ${floor.toFixed(0)} ms`,
		);
	} finally {
		engine.close();
		server.stop();
	}
};
