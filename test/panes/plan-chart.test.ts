import {stripVTControlCharacters} from 'node:util';
import {describe, expect, test} from 'vitest';
import {planChart} from '../../components/panes/plan-chart.ts';
import {planFoot} from '../../components/panes/plan-foot.ts';
import {planRows} from '../../components/panes/plan-tree.ts';
import {axisWords, timeAxis} from '../../components/panes/time-axis.ts';
import {forecast} from '../../components/parts/step-forecast.ts';
import {createTheme} from '../../components/theme.ts';
import {evolve} from '../../source/domain/evolve.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import type {Run} from '../../source/domain/run.ts';
import {createPhases} from '../../store/step-phases.ts';
import {type MakeRunOptions, makeEvents} from '../support/make-run.ts';

const made = (options: MakeRunOptions = {}) => {
	const phases = createPhases();
	let run: Run | undefined;
	for (const stamped of makeEvents(options)) {
		run = evolve(run, stamped);
		phases.add(stamped, run);
	}
	if (run === undefined) throw new Error('The made run has events.');
	return {run, phases};
};

const drawn = (options: MakeRunOptions, width: number, later = 1000, change = (run: Run): Run => run) => {
	const {run: made1, phases} = made(options);
	const run = change(made1);
	const now = run.lastEventAt + later;
	const rows = planRows(run.plan);
	const view = {
		theme: createTheme({color: false}),
		now,
		frame: undefined,
		focused: true,
		run,
		rows,
		selected: undefined,
		phases: phases.of,
	};
	const chart = planChart(view, width);
	return {run, now, chart, lines: new Map(rows.map(row => [row.step.key, stripVTControlCharacters(chart.row(row))]))};
};

describe('the chart of a plan', () => {
	test('tells waiting, work, a question and what may still come apart by their shapes', () => {
		const {lines} = drawn({}, 100);
		expect(lines.get('scout')).toMatch(/● scout +◆ █+ +│ +2s$/);
		expect(lines.get('api')).toMatch(/▸ api +·+█+ /);
		expect(lines.get('store')).toMatch(/◐ store +·+█+◐+ /);
		expect(lines.get('tests')).toMatch(/○ tests +·+~░+ +~2s$/);
	});

	test('names the critical path by sign and by word, and when it may end', () => {
		const {chart, lines} = drawn({}, 100);
		expect(chart.critical).toMatch(/^◆ critical path: scout › build › errors › report › review · ends in ~\d+s$/);
		expect(lines.get('review')).toContain('◆');
		expect(lines.get('docs')).not.toContain('◆');
	});

	test('says that the last step is over its estimate, not that it ends in no time', () => {
		const withoutReview = (run: Run): Run => {
			const last = stepsOf(run.plan).at(-1);
			if (run.plan === undefined || last === undefined) throw new Error('The made run has steps.');
			const skipped = {...last, status: {kind: 'skipped', reason: ''} as const};
			return {...run, plan: {...run.plan, steps: {...run.plan.steps, [last.id]: skipped}}};
		};
		expect(drawn({steps: 3}, 100, 3_600_000, withoutReview).chart.critical).toMatch(/ · over its estimate$/);
	});

	test('gives the room of its legend to the steps', () => {
		const {run, now, chart} = drawn({}, 32);
		const rows = planRows(run.plan);
		const legendIn = (height: number, shown = rows): number => {
			const foot = planFoot({run, rows: shown, selected: undefined, now, chart}, height);
			return foot.map(line => line.map(({text}) => text).join('')).filter(text => chart.legend.includes(text)).length;
		};
		expect(chart.legend).toHaveLength(2);
		// The axis, nine steps, the critical path and the sum.
		expect([11, 12, 13, 14].map(height => legendIn(height))).toEqual([0, 0, 1, 2]);
		// Where most of many steps are out of sight anyway, a row of it is.
		expect(legendIn(20, Array.from({length: 4}, () => rows).flat())).toBe(1);
	});

	test('guesses nothing before anything is done: it says so', () => {
		const {chart, lines} = drawn({stage: 'proposed'}, 100);
		expect(chart.critical).toMatch(/^◆ longest chain: .* · ends \?$/);
		for (const line of lines.values()) {
			expect(line).not.toContain('░');
			expect(line).toMatch(/ \?$/);
		}
	});

	test('ends with the run, and expects nothing more then', () => {
		const {chart, lines} = drawn({stage: 'done'}, 100, 3_600_000);
		expect(chart.axis).not.toContain('now');
		expect(chart.critical).not.toContain('ends');
		for (const line of lines.values()) expect(line).not.toMatch(/[│░~]/);
		expect(lines.get('review')).toMatch(/█ +\d+s$/);
	});

	test('does not begin where a plan only waited for its yes', () => {
		const {run, now, lines} = drawn({}, 100);
		const bar = (lines.get('scout') ?? '').split('◆')[1] ?? '';
		expect(bar.trimStart().startsWith('█')).toBe(true);
		expect(now - run.createdAt).toBeGreaterThan(0);
	});

	test('knows the present by its sign on the axis', () => {
		const {chart} = drawn({}, 100);
		expect(chart.axis).toMatch(/0s .*now/);
	});
});

describe('a forecast', () => {
	test('takes what steps of the same role took, and what is needed first', () => {
		const {run} = made();
		const now = run.lastEventAt;
		const {outstanding, end, critical} = forecast(run, now);
		const byKey = new Map(stepsOf(run.plan).map(step => [step.key, step]));
		const report = byKey.get('report');
		const review = byKey.get('review');
		if (report === undefined || review === undefined) throw new Error('The made run has a report.');
		expect(outstanding.get(review.id)?.from).toBe(outstanding.get(report.id)?.to);
		expect(end).toBe(outstanding.get(review.id)?.to);
		expect(critical.at(-1)?.key).toBe('review');
		for (const [i, step] of critical.entries()) {
			const before = critical[i - 1];
			if (before !== undefined) expect(step.dependsOn).toContain(before.id);
		}
	});

	test('of a step that takes longer than such steps took ends now, not before', () => {
		const {run} = made();
		const now = run.lastEventAt + 3_600_000;
		for (const {from, to} of forecast(run, now).outstanding.values()) {
			expect(to).toBeGreaterThanOrEqual(from);
			expect(to).toBeGreaterThanOrEqual(now);
		}
	});

	test('leaves out what will not run', () => {
		const {run} = made({stage: 'proposed'});
		if (run.plan === undefined) throw new Error('The made run has a plan.');
		const steps = Object.fromEntries(
			stepsOf(run.plan).map(step => [
				step.id,
				step.key === 'build' ? {...step, status: {kind: 'skipped', reason: 'no'} as const} : step,
			]),
		);
		const {critical} = forecast({...run, plan: {...run.plan, steps}}, run.lastEventAt);
		expect(critical.map(({key}) => key)).not.toContain('build');
	});
});

describe('an axis of time', () => {
	test.each([
		[5_000, 60, '0s'],
		[90_000, 60, '1m'],
		[5_400_000, 60, '1h'],
		[400_000_000, 60, '4d'],
	])('of %i ms has marks a person can read', (ms, columns, mark) => {
		const words = axisWords(timeAxis(0, ms, columns), -1);
		expect(words).toHaveLength(columns);
		expect(words).toContain(mark);
		expect(words.trim().split(/ +/).length).toBeLessThanOrEqual(columns / 6);
	});

	test('has no two marks of the same name', () => {
		for (const seconds of [50, 100, 700, 5_000, 20_000, 90_000])
			for (const columns of [30, 60, 150]) {
				const marks = axisWords(timeAxis(0, seconds * 1000, columns), -1)
					.trim()
					.split(/ +/);
				expect(new Set(marks).size).toBe(marks.length);
			}
	});

	test('is of its width also where there is hardly any', () => {
		for (let columns = 1; columns < 12; columns++)
			expect(axisWords(timeAxis(0, 60_000, columns), 30_000)).toHaveLength(columns);
	});
});
