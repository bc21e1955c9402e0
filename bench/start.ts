import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {execa} from 'execa';
import {reportGoals} from './goal.ts';
import {median} from './median.ts';

const rounds = 15;

const time = async (args: readonly string[], env: Readonly<Record<string, string>>): Promise<number> => {
	const began = performance.now();
	await execa('node', [...args], {env});
	return performance.now() - began;
};

/** How long a verb takes that only reads, beside a bare start of Node. */
export const benchStart = async (): Promise<boolean> => {
	const env = {FLOTILLA_HOME: mkdtempSync(join(tmpdir(), 'flotilla-bench-'))};
	const bare: number[] = [];
	const listing: number[] = [];
	for (let i = 0; i < rounds; i++) {
		bare.push(await time(['-e', '0'], env));
		listing.push(await time(['bin/flotilla.cjs', 'ls', '--json'], env));
	}
	const most = 1.5 * median(bare) + 60;
	return reportGoals(
		'flotilla ls --json',
		[{what: 'whole time', value: median(listing), most: Math.round(most), unit: 'ms'}],
		`node -e 0 takes ${median(bare).toFixed(0)} ms; the goal is 1.5 × that and 60 ms`,
	);
};
