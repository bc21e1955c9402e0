import type {StepId} from '../../source/domain/id.ts';
import {type Run, stepOf} from '../../source/domain/run.ts';
import {hasSucceeded} from '../../source/domain/step.ts';
import {isFree} from '../parts/is-free.ts';
import {dollars} from '../parts/money.ts';
import {progressWords} from '../parts/step-progress.ts';
import {type Line, span} from '../text/spans.ts';
import type {PlanChart} from './plan-chart.ts';
import type {PlanRow} from './plan-tree.ts';

type FootView = {
	readonly run: Run;
	readonly rows: readonly PlanRow[];
	readonly selected: StepId | undefined;
	/** ms since 1970. */
	readonly now: number;
	/** The plan is shown as this chart. */
	readonly chart: PlanChart | undefined;
};

/** What will not run is named beside the others: with it among them, a plan would never look finished. */
const asideWords = (rows: FootView['rows']): string =>
	(['rejected', 'skipped'] as const)
		.map(kind => ({kind, count: rows.filter(({step: {status}}) => status.kind === kind).length}))
		.flatMap(({kind, count}) => (count === 0 ? [] : [`, ${count} ${kind}`]))
		.join('');

const summaryOf = ({run, rows}: FootView): string => {
	const done = rows.filter(({step}) => hasSucceeded(step)).length;
	// The parts of a step that was split do its work; what will not run costs nothing.
	const live = rows.filter(({step: {status}}) => !['split', 'skipped', 'rejected'].includes(status.kind));
	const estimates = live.map(({step}) => step.estimate);
	const guess = estimates.includes(undefined)
		? 'unpriced'
		: `~${dollars(estimates.reduce<number>((sum, estimate) => sum + (estimate ?? 0), 0))}`;
	const {role} = run.settings;
	const template = role === undefined ? ' · from a template' : ` · for one ${role}`;
	const source = run.plan?.source === 'template' ? template : '';
	return `${done} of ${live.length} done${asideWords(rows)}${isFree(run) ? '' : ` · guess ${guess}`}${source}`;
};

/** How far the selected step is, once it has begun. */
const progressOf = ({run, selected, now}: FootView): readonly string[] => {
	const step = stepOf(run, selected);
	const has = step?.status.kind === 'working' || step?.status.kind === 'done' || step?.status.kind === 'failed';
	return step === undefined || !has ? [] : [`${step.key}: ${progressWords(run, step, now)}`];
};

/** From here on a chart of many steps has a row to spare for what its signs mean. */
const legendFrom = 20;

/** What is said below the steps, the sum of them last; the more room, the more. */
export const planFoot = (view: FootView, height: number): readonly Line[] => {
	const {chart, rows} = view;
	const told: readonly Line[] = [
		...(height < 9 ? [] : progressOf(view).map((words): Line => [span(words)])),
		...(chart === undefined || height < 8 || chart.critical === '' ? [] : [[span(chart.critical, 'strong')]]),
	];
	// Steps come before what the signs mean; the axis and the sum take a row each.
	const spare = height - rows.length - told.length - 2;
	const legend = chart?.legend.slice(0, Math.max(spare, height < legendFrom ? 0 : 1)) ?? [];
	return [...told, ...legend.map((words): Line => [span(words, 'muted')]), [span(summaryOf(view), 'muted')]];
};
