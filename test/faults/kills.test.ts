import {describe, expect, it} from 'vitest';
import {wordsOf} from './kills-aim.ts';
import {runKills} from './kills-part.ts';
import {places} from './kills-places.ts';
import {type KilledRun, runTenSteps} from './kills-run.ts';
import {copyProgram} from './program-run.ts';

const wrongIn = ({kills, findings}: KilledRun): readonly string[] =>
	findings.map(({rule, words}) => `killed ${kills.join(', then ')}: ${rule}: ${words}`);

describe('a run of ten steps whose engine is killed', {timeout: 240_000}, () => {
	it('comes to the end of an uninterrupted run: nothing lost, nothing twice, nothing overspent', async () => {
		const runs = await runKills({kills: 4, seed: 11, presses: 0, onProgress: () => {}});
		expect(runs.flatMap(wrongIn)).toEqual([]);
		expect(runs.flatMap(({kills}) => kills).length).toBeGreaterThanOrEqual(4);
	});

	it('comes by every place in which the program can be made to kill itself', async () => {
		const {launcher, remove} = copyProgram();
		const aims = places.map(place => ({kind: 'inside', place, nth: 6}) as const);
		try {
			const runs = await Promise.all(
				aims.map(aim => runTenSteps({launcher, aims: [aim], allowed: ['--yes'], expected: undefined})),
			);
			expect(runs.flatMap(wrongIn)).toEqual([]);
			expect(runs.map(({kills}) => kills)).toEqual(aims.map(aim => [wordsOf(aim)]));
		} finally {
			remove();
		}
	});
});
