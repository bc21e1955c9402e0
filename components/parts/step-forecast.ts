import type {StepId} from '../../source/domain/id.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import type {Run} from '../../source/domain/run.ts';
import type {Step} from '../../source/domain/step.ts';

/** How long a step took, ms; undefined while it is not over, or never began. */
export const tookMs = ({status}: Step): number | undefined =>
	status.kind === 'done' || status.kind === 'failed' ? status.endedAt - status.startedAt : undefined;

const mean = (values: readonly number[]): number | undefined =>
	values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * How long a step may take: as the steps of its role in this run that are done, or as all that are done; undefined
 * while there are none. Made once for a picture.
 */
export const expectDurations = (run: Run): ((step: Pick<Step, 'role'>) => number | undefined) => {
	const done = stepsOf(run.plan).flatMap(step =>
		step.status.kind === 'done' ? [{role: step.role, ms: step.status.endedAt - step.status.startedAt}] : [],
	);
	const all = mean(done.map(({ms}) => ms));
	const byRole = new Map(
		[...Map.groupBy(done, ({role}) => role)].map(([role, steps]) => [role, mean(steps.map(({ms}) => ms))]),
	);
	return ({role}) => byRole.get(role) ?? all;
};

/** What is still to come of a step, ms since 1970. */
export type Outstanding = {readonly from: number; readonly to: number};

export type Forecast = {
	/** Of steps that are not over and whose duration can be guessed. */
	readonly outstanding: ReadonlyMap<StepId, Outstanding>;
	/** When the last of them may end; undefined when one of them cannot be guessed. */
	readonly end: number | undefined;
	/** The chain of steps that decides when the run ends, first step first. */
	readonly critical: readonly Step[];
	/** Not every duration is known or guessed: the chain is then the one with the most steps left. */
	readonly isGuessed: boolean;
};

/** Stands in for what nobody can guess, so that chains can be compared at all. */
const unknownMs = 60_000;

const isOff = ({status: {kind}}: Step): boolean => kind === 'rejected' || kind === 'skipped' || kind === 'split';

/** When each step may end, and which chain of them decides when all are. */
export const forecast = (run: Run, now: number): Forecast => {
	const expected = expectDurations(run);
	const steps = stepsOf(run.plan).filter(step => !isOff(step));
	const byId = new Map(steps.map(step => [step.id, step]));
	const ends = new Map<StepId, number>();
	const outstanding = new Map<StepId, Outstanding>();
	let isGuessed = false;
	const needsOf = (step: Step): readonly Step[] => step.dependsOn.flatMap(id => byId.get(id) ?? []);
	const endOf = (step: Step): number => {
		const known = ends.get(step.id);
		if (known !== undefined) return known;
		// A plan has no cycles; an older history that had one would end here.
		ends.set(step.id, now);
		const {status} = step;
		const length = expected(step);
		let end: number;
		if (status.kind === 'done' || status.kind === 'failed') end = status.endedAt;
		else {
			const before = Math.max(now, ...needsOf(step).map(endOf));
			const spent = status.kind === 'working' ? now - status.startedAt : 0;
			const from = status.kind === 'working' ? now : before;
			end = from + Math.max(0, (length ?? unknownMs) - spent);
			if (length === undefined) isGuessed = true;
			else outstanding.set(step.id, {from, to: end});
		}
		ends.set(step.id, end);
		return end;
	};
	const last = (some: readonly Step[]): Step | undefined =>
		some.reduce<Step | undefined>(
			(best, step) => (best === undefined || endOf(step) >= endOf(best) ? step : best),
			undefined,
		);
	const critical: Step[] = [];
	for (let step = last(steps); step !== undefined && !critical.includes(step); step = last(needsOf(step)))
		critical.unshift(step);
	const left = critical.at(-1);
	return {
		outstanding,
		end: isGuessed || left === undefined ? undefined : ends.get(left.id),
		critical,
		isGuessed,
	};
};
