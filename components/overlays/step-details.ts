import {type Run, stepOf, stepWord} from '../../source/domain/run.ts';
import type {Step} from '../../source/domain/step.ts';
import type {StepOverlay} from '../../store/ui.ts';
import {stepMark} from '../parts/word-mark.ts';
import {sanitise} from '../text/sanitise.ts';
import {drawLine, type Line, span} from '../text/spans.ts';
import {wrapLine} from '../text/wrap.ts';
import {glyphOf, type Tone, toneOf} from '../theme.ts';
import {inner, type OverlayPicture, type OverlayScene} from './overlay-picture.ts';

const wrapped = (text: string, width: number, tone: Tone = 'plain'): readonly Line[] =>
	sanitise(text)
		.split('\n')
		.flatMap(line => wrapLine(line, width))
		.map(row => [span(row.text, tone)]);

const section = (title: string, texts: readonly string[], width: number): readonly Line[] =>
	texts.length === 0 ? [] : [[], [span(title, 'strong')], ...texts.flatMap(text => wrapped(text, width))];

const endOf = (step: Step, width: number): readonly Line[] => {
	const {status} = step;
	switch (status.kind) {
		case 'rejected':
			return section('Rejected', [status.reason], width);
		case 'failed':
			return section('Failed', [status.failure.message], width);
		case 'done':
			return [
				...section(`Report (${status.packet.status})`, [status.packet.summary], width),
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
	const word = stepWord(run, step);
	const mark = stepMark[word];
	const needs = step.dependsOn.map(id => run.plan?.steps[id]?.key ?? id);
	return [
		...wrapped(step.title, width, 'strong'),
		[
			span(`${glyphOf(mark, scene.frame)} ${word}`, toneOf[mark]),
			span(`  ${step.role} · ${step.tier} · at most ${step.toolBudget} tool calls`, 'muted'),
		],
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
		...endOf(step, width),
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
