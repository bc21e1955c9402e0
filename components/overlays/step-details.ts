import type {CallOutcome} from '../../source/domain/call.ts';
import {hasBegun} from '../../source/domain/change-plan.ts';
import {quantities} from '../../source/domain/limits.ts';
import type {CheckResult} from '../../source/domain/packet.ts';
import {type Run, stepOf} from '../../source/domain/run.ts';
import type {Step} from '../../source/domain/step.ts';
import type {StepOverlay} from '../../store/ui.ts';
import {amount} from '../parts/amount.ts';
import {packetWord} from '../parts/packet-word.ts';
import {stepCostWords} from '../parts/step-costs.ts';
import {workWords} from '../parts/step-progress.ts';
import {stepState} from '../parts/step-state.ts';
import {stepsBehind} from '../parts/steps-behind.ts';
import {drawLine, type Line, span} from '../text/spans.ts';
import {textRows} from '../text/text-rows.ts';
import {glyphOf, type Mark, toneOf} from '../theme.ts';
import {inner, type OverlayPicture, type OverlayScene} from './overlay-picture.ts';

const section = (title: string, texts: readonly string[], width: number): readonly Line[] =>
	texts.length === 0 ? [] : [[], [span(title, 'strong')], ...texts.flatMap(text => textRows(text, width))];

const outcomes: Readonly<Record<CallOutcome, {readonly mark: Mark; readonly word: string}>> = {
	ok: {mark: 'done', word: 'passed'},
	error: {mark: 'failed', word: 'failed'},
	denied: {mark: 'stopped', word: 'not allowed'},
	cancelled: {mark: 'stopped', word: 'cancelled'},
	unknown: {mark: 'unknown', word: 'outcome unknown'},
};

/** So many lines of a check's output are shown: its end, where the verdict stands. */
const outputLinesMax = 12;

const checksOf = (checks: readonly CheckResult[], width: number): readonly Line[] =>
	checks.length === 0
		? []
		: [
				[],
				[span('Checks', 'strong')],
				...checks.flatMap(({name, command, outcome, output}): readonly Line[] => {
					const {mark, word} = outcomes[outcome];
					const end = output.trimEnd().split('\n').slice(-outputLinesMax).join('\n');
					return [
						[span(`${glyphOf(mark, undefined)} ${name} ${word}`, toneOf[mark]), span(`  ${command}`, 'muted')],
						...(end === '' ? [] : textRows(end, width - 2, 'muted').map((line): Line => [span('  '), ...line])),
					];
				}),
			];

/** What waits for the step, and what it may use. */
const bounds = (run: Run, step: Step): string => {
	const behind = run.plan === undefined ? 0 : stepsBehind(run.plan, step.id);
	const own = quantities.flatMap(what => {
		const limit = step.allowance[what];
		return limit === undefined ? [] : [amount(what, limit)];
	});
	return [
		`at most ${[`${step.toolBudget} tool calls`, ...own].join(', ')}`,
		...(behind === 0 ? [] : [`${behind} ${behind === 1 ? 'step waits' : 'steps wait'} for it`]),
	].join(' · ');
};

const endOf = (run: Run, step: Step, width: number): readonly Line[] => {
	const {status} = step;
	switch (status.kind) {
		case 'rejected':
			return section('Rejected', [status.reason], width);
		case 'skipped':
			return section('Skipped', [status.reason], width);
		case 'split':
			return section('Split into', [status.into.map(id => run.plan?.steps[id]?.key ?? id).join(', ')], width);
		case 'failed':
			return section('Failed', [status.failure.message], width);
		case 'done':
			return [
				...section(
					`Report: ${packetWord(status.packet)}${status.packet.reason === undefined ? '' : `, ${status.packet.reason}`}`,
					[status.packet.summary],
					width,
				),
				...checksOf(status.packet.checks ?? [], width),
				...section(
					'Found',
					status.packet.findings.map(text => `- ${text}`),
					width,
				),
				...section(
					'Written',
					status.packet.produced.map(text => `- ${text}`),
					width,
				),
				...section(
					'Risks',
					status.packet.risks.map(text => `- ${text}`),
					width,
				),
			];
		case 'proposed':
		case 'held':
		case 'approved':
		case 'working':
			return [];
		default:
			return status satisfies never;
	}
};

const linesOf = (scene: OverlayScene, run: Run, step: Step, width: number): readonly Line[] => {
	const {mark, word} = stepState(run, step);
	const needs = step.dependsOn.map(id => run.plan?.steps[id]?.key ?? id);
	return [
		...textRows(step.title, width, 'strong'),
		[span(`${glyphOf(mark, scene.frame)} ${word}`, toneOf[mark]), span(`  ${step.role} · ${step.tier}`, 'muted')],
		...textRows(bounds(run, step), width, 'muted'),
		...(hasBegun(run, step) ? textRows(workWords(run, step, scene.now), width, 'muted') : []),
		...(run.settings.provider === 'offline' ? [] : textRows(stepCostWords(run, step), width, 'muted')),
		...section('Objective', [step.objective], width),
		...section(
			'Done when',
			step.acceptance.map(text => `- ${text}`),
			width,
		),
		...section(
			'Files',
			step.files.map(text => `- ${text}`),
			width,
		),
		...section('Needs', needs.length === 0 ? [] : [needs.join(', ')], width),
		...endOf(run, step, width),
	];
};

/** All that is known of a step. */
export const drawStepDetails = (scene: OverlayScene, run: Run | undefined, overlay: StepOverlay): OverlayPicture => {
	const {width, height} = inner(scene.main);
	const step = run === undefined ? undefined : stepOf(run, overlay.stepId);
	const lines = run === undefined || step === undefined ? [] : linesOf(scene, run, step, width);
	const top = Math.max(0, Math.min(overlay.top, lines.length - height));
	return {
		frame: scene.main,
		title: `Step ${step?.key ?? overlay.stepId}`,
		lines: lines.slice(top, top + height).map(line => drawLine(scene.theme, line, width)),
		cursor: undefined,
		facts: {overlay: {rows: lines.length, height, top}},
	};
};
