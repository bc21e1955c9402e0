import type {NanoUsd} from '../../source/domain/money.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import type {Run} from '../../source/domain/run.ts';
import type {Step} from '../../source/domain/step.ts';
import {dollars} from './money.ts';
import {type StepCosts, stepCosts} from './step-costs.ts';

/** What a run will have cost in the end, as far as that can be said. */
type Projection = {
	readonly likely: NanoUsd;
	/** From the best to the worst guess of the steps that are done; undefined while too few are. */
	readonly range: {readonly low: NanoUsd; readonly high: NanoUsd; readonly from: number} | undefined;
	/** Steps still to be done of which nobody has guessed anything. */
	readonly unknown: number;
	/** Turns whose price nobody knows: what they cost comes to all of it. */
	readonly unpriced: number;
	/** All prices and guesses are known, and come to nothing, as with a model that runs on this machine. */
	readonly isFree: boolean;
};

/** Of fewer steps nobody can say how far guesses are off. */
const stepsMin = 3;

const isOpen = ({status: {kind}}: Step): boolean =>
	kind === 'proposed' || kind === 'held' || kind === 'approved' || kind === 'working';

const spentOn = (costs: StepCosts, step: Step): NanoUsd => {
	const {settled = 0, estimated = 0} = costs.get(step.id) ?? {};
	return settled + estimated;
};

/** How many times its guess each step that is done has cost. */
const errorsOf = (steps: readonly Step[], costs: StepCosts): readonly number[] =>
	steps.flatMap(step =>
		step.status.kind === 'done' &&
		step.estimate !== undefined &&
		step.estimate > 0 &&
		costs.get(step.id)?.unpriced === false
			? [spentOn(costs, step) / step.estimate]
			: [],
	);

/** Undefined without a plan, and when the run is over: then nothing is to be said of what comes. */
const projectionOf = (run: Run): Projection | undefined => {
	if (run.plan === undefined || run.status.kind === 'ended') return undefined;
	const steps = stepsOf(run.plan);
	const costs = stepCosts(run);
	const open = steps.filter(isOpen);
	const errors = errorsOf(steps, costs);
	const spent = run.ledger.settled + run.ledger.estimated;
	// What a step at work has used up is spent already; one that is over its guess is nearly done, for all that is known.
	const sumWith = (factor: number): NanoUsd =>
		Math.round(
			open.reduce((sum, step) => sum + Math.max(0, (step.estimate ?? 0) * factor - spentOn(costs, step)), spent),
		);
	const likely = sumWith(1);
	const unknown = open.filter(({estimate}) => estimate === undefined).length;
	const unpriced = run.ledger.unpricedTurns;
	return {
		likely,
		range:
			errors.length < stepsMin
				? undefined
				: {low: sumWith(Math.min(1, ...errors)), high: sumWith(Math.max(1, ...errors)), from: errors.length},
		unknown,
		unpriced,
		isFree: steps.length > 0 && likely + unknown + unpriced === 0,
	};
};

/** `~$0.61, from $0.45 to $0.98 by how far 5 steps were off`; what cannot be said is a `?`. */
export const projectionWords = (run: Run): string => {
	if (run.status.kind === 'ended') return 'the run is over';
	const projection = projectionOf(run);
	if (projection === undefined) return '? without a plan';
	const {likely, range, unknown, unpriced, isFree} = projection;
	const sum = `${unknown + unpriced > 0 ? '≥' : '~'}${dollars(likely)}`;
	if (isFree) return sum;
	const sure =
		range === undefined
			? `± ? until ${stepsMin} steps are done`
			: `${dollars(range.low)} to ${dollars(range.high)}, as ${range.from} steps were off their guesses`;
	return `${sum}, ${sure}${unknown > 0 ? `, ${unknown} ${unknown === 1 ? 'step' : 'steps'} without a guess` : ''}`;
};
