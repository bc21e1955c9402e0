import {drawOfRun} from '../../source/domain/budget.ts';
import {addSpend, type LimitName, quantities, type Spend, warnAt} from '../../source/domain/limits.ts';
import {openRequests, type Run} from '../../source/domain/run.ts';

/** A limit of the run or the day, and how far it is used. */
export type LimitUse = LimitName & {
	readonly limit: number;
	readonly used: number;
	/** Set aside for turns under way. */
	readonly held: number;
	/** Four fifths and more are used up. */
	readonly isNear: boolean;
	/** All of it is. */
	readonly isReached: boolean;
	/** A person is asked for more of it: what is left is too little for the next turn. */
	readonly isAsked: boolean;
};

/** The limits of the run and of the day. `elsewhere` is what other runs have used up today. */
export const limitUses = (run: Run, elsewhere: Spend): readonly LimitUse[] => {
	const {used, held} = drawOfRun(run);
	const asked = openRequests(run).flatMap(({ask}) => (ask.kind === 'budget' ? [ask] : []));
	const usedIn = {run: used, day: addSpend(run.today, elsewhere)};
	return (['run', 'day'] as const).flatMap(scope =>
		quantities.flatMap((what): readonly LimitUse[] => {
			const limit = run.settings.limits[scope][what];
			if (limit === undefined) return [];
			const part = usedIn[scope][what];
			return [
				{
					scope,
					what,
					limit,
					used: part,
					held: held[what],
					isNear: part >= limit * warnAt,
					isReached: part >= limit,
					isAsked: asked.some(ask => ask.scope === scope && ask.what === what),
				},
			];
		}),
	);
};
