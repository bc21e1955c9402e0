import type {CheckResult} from '../../source/domain/packet.ts';
import {type Run, stepOf} from '../../source/domain/run.ts';
import type {Step} from '../../source/domain/step.ts';
import type {StepOverlay} from '../../store/overlay.ts';
import {stepState} from '../parts/step-state.ts';
import {drawLine, type Line, span} from '../text/spans.ts';
import {textRows} from '../text/text-rows.ts';
import {glyphOf, toneOf} from '../theme.ts';
import {inner, type OverlayPicture, type OverlayScene} from './overlay-picture.ts';
import {outcomes, type StepPart, stepFacts, stepParts, stepToCopy} from './step-parts.ts';

/** So many lines of a check's output are shown: its end, where the verdict stands. */
const outputLinesMax = 12;

const checkRows = ({name, command, outcome, output}: CheckResult, width: number): readonly Line[] => {
	const {mark, word} = outcomes[outcome];
	const end = output.trimEnd().split('\n').slice(-outputLinesMax).join('\n');
	return [
		[span(`${glyphOf(mark, undefined)} ${name} ${word}`, toneOf[mark]), span(`  ${command}`, 'muted')],
		...(end === '' ? [] : textRows(end, width - 2, 'muted').map((line): Line => [span('  '), ...line])),
	];
};

const rowsOf = (part: StepPart, width: number): readonly Line[] => [
	[],
	[span(part.title, 'strong')],
	...(part.kind === 'checks'
		? part.checks.flatMap(check => checkRows(check, width))
		: part.texts.flatMap(text => textRows(text, width))),
];

const linesOf = (scene: OverlayScene, run: Run, step: Step, width: number): readonly Line[] => {
	const {mark, word} = stepState(run, step);
	return [
		...textRows(step.title, width, 'strong'),
		[span(`${glyphOf(mark, scene.frame)} ${word}`, toneOf[mark]), span(`  ${step.role} · ${step.tier}`, 'muted')],
		...stepFacts(run, step, scene.now).flatMap(text => textRows(text, width, 'muted')),
		...stepParts(run, step).flatMap(part => rowsOf(part, width)),
	];
};

/** All that is known of a step. */
export const drawStepDetails = (scene: OverlayScene, run: Run | undefined, overlay: StepOverlay): OverlayPicture => {
	const {width, height} = inner(scene.main);
	const bare = {frame: scene.main, cursor: undefined};
	const step = run === undefined ? undefined : stepOf(run, overlay.stepId);
	if (run === undefined || step === undefined)
		return {...bare, title: `Step ${overlay.stepId}`, lines: [], facts: {overlay: {rows: 0, height, top: 0}}};
	const lines = linesOf(scene, run, step, width);
	const top = Math.max(0, Math.min(overlay.top, lines.length - height));
	return {
		...bare,
		title: `Step ${step.key}`,
		lines: lines.slice(top, top + height).map(line => drawLine(scene.theme, line, width)),
		facts: {
			overlay: {rows: lines.length, height, top},
			copy: {what: 'what is known of the step', text: () => stepToCopy(run, step, scene.now)},
		},
	};
};
