import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {execa} from 'execa';
import {type Bundles, makeProject, nextLine, startModel} from './contest.ts';
import {reportGoals} from './goal.ts';
import {median} from './median.ts';

const agents = 100;
const rounds = 5;

/** How soon a run of a hundred agents speaks again when its engine was killed in the middle of all their turns. */
export const benchResume = async (bundles: Bundles): Promise<boolean> => {
	const server = await startModel(1000, 4000, 20);
	const firsts: number[] = [];
	try {
		for (let i = 0; i < rounds; i++) {
			const [dir, home] = [makeProject(), mkdtempSync(join(tmpdir(), 'flotilla-bench-'))];
			const order = [await bundles.of('fleet-hold-program'), server.url, dir, home, `${agents}`, `${agents}`];
			const held = execa('node', order, {reject: false, stderr: 'inherit'});
			try {
				await nextLine(held);
			} finally {
				held.kill('SIGKILL');
				await held;
			}
			const {stdout} = await execa('node', [await bundles.of('fleet-resume-program'), server.url, dir, home]);
			const {firstMs}: {readonly firstMs: number} = JSON.parse(stdout);
			firsts.push(firstMs);
		}
	} finally {
		server.stop();
	}
	return reportGoals(
		`a run of ${agents} agents is taken up after kill -9`,
		[{what: 'first word of a model after the start of the process', value: median(firsts), most: 1000, unit: 'ms'}],
		`slowest ${Math.max(...firsts).toFixed(0)} ms of ${rounds}`,
	);
};
