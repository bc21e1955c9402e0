import {isLocked} from '../../db/lock.ts';
import {StorageProblem} from '../../db/storage-problem.ts';
import type {HomeAnswer, HomeDeeds} from '../../store/home/home-deeds.ts';
import type {RunId} from '../domain/id.ts';
import type {Run} from '../domain/run.ts';
import {carryVerb} from './carry-verb.ts';
import {deedsOf, pauseOrContinue} from './command-words.ts';
import type {Context} from './context.ts';
import type {Defects} from './defects.ts';
import {joinFleet} from './join-fleet.ts';
import {Problem} from './problem.ts';
import {readRun} from './read-run.ts';
import {withLog} from './with-log.ts';

type Verb = 'pause' | 'continue' | 'stop';

type OpenDeeds = HomeDeeds & {
	/** Resolves when all that was asked for is answered: until then the fleet is still joined. */
	readonly settled: () => Promise<unknown>;
};

/** What is done to runs from Home, as `pause`, `continue` and `stop` do it: the engine is joined for each, and let go. */
export const createHomeDeeds = (context: Context, defects: Defects): OpenDeeds => {
	let last: Promise<unknown> = Promise.resolve();

	const act = async (runId: RunId, verbFor: (run: Run) => Verb): Promise<HomeAnswer> => {
		const run = withLog(context, log => readRun(log, runId));
		const verb = verbFor(run);
		const deeds = deedsOf(run, {verb, words: [], flags: context.flags});
		// The screen is Home's, which says itself that the engine is asked.
		const fleet = await joinFleet(context, defects, () => {});
		try {
			const {rejections} = await carryVerb({context, fleet, run, verb}, deeds);
			const refused = rejections.find(rejection => rejection !== undefined);
			const words = refused?.message ?? deeds.map(deed => deed.words).join(' ');
			return {done: refused === undefined, words};
		} finally {
			await fleet.close();
		}
	};

	const ask = (runId: RunId, verbFor: (run: Run) => Verb): Promise<HomeAnswer> => {
		const answer = act(runId, verbFor).catch((error: unknown): HomeAnswer => {
			if (error instanceof Problem || error instanceof StorageProblem) return {done: false, words: error.message};
			defects.report(error);
			return {done: false, words: String(error)};
		});
		last = answer;
		return answer;
	};

	return {
		pause: runId => ask(runId, run => pauseOrContinue(run, isLocked(context.paths.state))),
		stop: runId => ask(runId, () => 'stop'),
		settled: () => last,
	};
};
