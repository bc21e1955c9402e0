import {type Run, stepOf} from '../../source/domain/run.ts';
import type {FieldsOverlay} from '../../store/overlay.ts';
import {stepFields} from '../../store/step-fields.ts';
import {outlookOf} from '../../store/step-outlook.ts';
import {outlookWords} from '../parts/outlook-words.ts';
import {stepState} from '../parts/step-state.ts';
import {windowAround} from '../parts/window.ts';
import {fitTo} from '../text/fit.ts';
import {drawLine, type Line, span} from '../text/spans.ts';
import {glyphOf, toneOf} from '../theme.ts';
import {inner, type OverlayPicture, type OverlayScene} from './overlay-picture.ts';

const labelColumns = 12;

/** The fields of a step, one on each line; the one that the keys are on is a bar. */
export const drawStepFields = (scene: OverlayScene, run: Run | undefined, overlay: FieldsOverlay): OverlayPicture => {
	const {theme} = scene;
	const {width, height} = inner(scene.main);
	const step = run === undefined ? undefined : stepOf(run, overlay.stepId);
	const draw = (line: Line, selected = false): string => drawLine(theme, line, width, selected);
	if (run === undefined || step === undefined)
		return {
			frame: scene.main,
			title: 'Edit',
			lines: [draw([span('This step is no longer in the plan.', 'failed')])],
			cursor: undefined,
			facts: {},
		};
	const {mark, word} = stepState(run, step);
	const head = [
		draw([span(step.title, 'strong')]),
		draw([
			span(`${glyphOf(mark, scene.frame)} ${word}`, toneOf[mark]),
			span(`  ${outlookWords(outlookOf(run, [step]))}`, 'muted'),
		]),
		...(height >= 12 ? [draw([])] : []),
	];
	const fields = stepFields(run, step);
	const room = Math.max(1, height - head.length);
	const at = fields.findIndex(({name}) => name === overlay.field);
	const {top, end} = windowAround(fields.length, room, at);
	const rows = fields.slice(top, end).map(({name, label, shown}) => {
		const on = name === overlay.field;
		return draw(
			[span(on ? '❯ ' : '  ', 'accent'), span(fitTo(label, labelColumns), on ? 'strong' : 'muted'), span(shown)],
			on,
		);
	});
	return {
		frame: scene.main,
		title: `Edit ${step.key}`,
		lines: [...head, ...rows],
		cursor: undefined,
		facts: {overlay: {rows: fields.length, height: room, top}},
	};
};
