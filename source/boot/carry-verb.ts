import type {Run} from '../domain/run.ts';
import {type Carried, carryDeeds} from './carry-deeds.ts';
import type {Deed} from './command-words.ts';
import type {Context} from './context.ts';
import type {JoinedFleet} from './join-fleet.ts';
import {Problem} from './problem.ts';
import type {ActingVerb} from './verb-table.ts';

/** Verbs after which less goes on than before. */
const stopping: ReadonlySet<ActingVerb> = new Set(['kill', 'stop', 'pause', 'interrupt']);

/**
 * What the run stands on, when it has to be taken up. A run that is stopped does no more work, so that it needs no key.
 * Loaded only then: the configuration and what checks it take longer than all the rest.
 */
const groundsFor = async (context: Context, run: Run, verb: ActingVerb): Promise<unknown> => {
	const {groundsOf, groundsWith} = await import('./grounds.ts');
	try {
		return groundsOf(context, run, false);
	} catch (error) {
		if (verb === 'stop' && error instanceof Problem) return groundsWith(context, [], false);
		throw error;
	}
};

/** Tell a run what a verb has come to. Throws a Problem when nothing could come of it, or a key of the run is missing. */
export const carryVerb = (
	{
		context,
		fleet,
		run,
		verb,
	}: {
		readonly context: Context;
		readonly fleet: Pick<JoinedFleet, 'port' | 'outlives'>;
		readonly run: Run;
		readonly verb: ActingVerb;
	},
	deeds: readonly Deed[],
): Promise<Carried> => {
	if (!fleet.outlives && verb === 'continue')
		throw new Problem(
			`Nothing would go on once this ends: \`flotilla resume ${run.id}\` carries it on in its process.`,
		);
	return carryDeeds(
		{
			port: fleet.port,
			run,
			grounds: () => groundsFor(context, run, verb),
			quiet: stopping.has(verb) || !fleet.outlives,
		},
		deeds,
	);
};
