import {execa} from 'execa';
import {engineNodeArgs} from '../source/boot/engine-process.ts';
import {type Bundles, makeProject, startModel} from './contest.ts';
import {reportGoals} from './goal.ts';
import type {Load} from './load.ts';
import {median} from './median.ts';

export type TurnCost = {
	readonly agents: number;
	readonly turns: number;
	readonly deltas: number;
	readonly deltasPerSecond: number;
	readonly rounds: number;
	/** The most processor time a turn may take, as a multiple of the bare loop's; undefined: only told. */
	readonly mostCpu?: number;
	/** The most the whole may take, as a multiple of what it takes when nothing costs any time. */
	readonly mostWall: number;
};

/**
 * What a turn costs beside a bare loop over the same SDK, in the same round, taken in turn. Ours runs on Node as the
 * engine in the background does.
 */
export const benchTurnCost = async (
	{agents, turns, deltas, deltasPerSecond, rounds, mostCpu, mostWall}: TurnCost,
	bundles: Bundles,
): Promise<boolean> => {
	const idealMs = (turns * deltas * 1000) / deltasPerSecond;
	const compete = async (program: string, nodeArgs: readonly string[] = []): Promise<Load> => {
		const server = await startModel(turns, deltas, deltasPerSecond);
		try {
			const order = [...nodeArgs, await bundles.of(program), server.url, makeProject(), `${agents}`];
			const {stdout} = await execa('node', order, {stderr: 'inherit'});
			const load: Load = JSON.parse(stdout);
			return load;
		} finally {
			server.stop();
		}
	};
	const bare: Load[] = [];
	const ours: Load[] = [];
	for (let i = 0; i < rounds; i++) {
		bare.push(await compete('bare-loop-program'));
		ours.push(await compete('fleet-loop-program', engineNodeArgs));
	}
	const of = (loads: readonly Load[], what: keyof Load): number => median(loads.map(load => load[what]));
	const ratio = (what: keyof Load): number => of(ours, what) / of(bare, what);
	const perTurn = (loads: readonly Load[]): string => (of(loads, 'cpuMs') / (agents * turns)).toFixed(2);
	return reportGoals(
		`${agents} agents, ${turns} turns of ${deltas} deltas (${deltasPerSecond} a second) and one call each, everything stored, against a bare loop on the SDK`,
		[
			...(mostCpu === undefined
				? []
				: [{what: 'processor time a turn', value: ratio('cpuMs'), most: mostCpu, unit: '×'}]),
			{what: 'memory', value: ratio('rssMb'), most: 1, unit: '×'},
			{what: 'time against the ideal', value: of(ours, 'wallMs') / idealMs, most: mostWall, unit: '×'},
		],
		[
			`${perTurn(ours)} ms a turn, the bare loop ${perTurn(bare)} ms (${ratio('cpuMs').toFixed(2)} ×)`,
			`${of(ours, 'rssMb').toFixed(0)} MB, the bare loop ${of(bare, 'rssMb').toFixed(0)} MB`,
			`the bare loop takes ${(of(bare, 'wallMs') / idealMs).toFixed(2)} × the ideal`,
		].join('; '),
	);
};
