import {isEnded} from '../domain/agent.ts';
import type {Run} from '../domain/run.ts';
import type {KnownSecret} from '../policy/redact-known.ts';
import {lanesOfRun} from './choices.ts';
import type {LaneChoice} from './choose-provider.ts';
import type {Context} from './context.ts';

/**
 * What a run stands on and is never stored: the ways to its models with their keys, what its commands may see of the
 * environment of whoever started it, and what of that is secret.
 */
export type Grounds = {
	readonly lanes: readonly LaneChoice[];
	readonly childEnvironment: Readonly<Record<string, string>>;
	readonly secrets: readonly KnownSecret[];
	/** A person reads along, so the offline model speaks at the pace of a reader. */
	readonly watched: boolean;
};

export const groundsWith = (
	{childEnvironment, secrets}: Context,
	lanes: readonly LaneChoice[],
	watched: boolean,
): Grounds => ({lanes, childEnvironment, secrets, watched});

/** What a stored run stands on, as far as it is known here. Throws a Problem when a key of it is missing. */
export const groundsOf = (context: Context, run: Run, watched: boolean): Grounds => {
	// The run keeps its models and prices; only who answers for them is looked up again, for the keys are never stored.
	const models = [
		...Object.values(run.settings.models),
		...run.agents.filter(agent => !isEnded(agent)).map(({model}) => model),
	];
	return groundsWith(context, lanesOfRun(context, run.id, models).lanes, watched);
};
