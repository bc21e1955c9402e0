import {stepsOf} from '../../source/domain/plan.ts';
import {agentIn, type Run, stepOf} from '../../source/domain/run.ts';
import type {View} from '../../store/action.ts';
import type {FormField, FormOverlay} from '../../store/form.ts';
import type {Keymap} from '../../store/keymap.ts';
import type {KillOverlay, RemoveOverlay} from '../../store/overlay.ts';
import {sayKey} from '../../store/say-key.ts';
import {draftIn, formProblem} from '../../store/send-form.ts';
import {outlookOf} from '../../store/step-outlook.ts';
import {outlookWords} from '../parts/outlook-words.ts';
import type {Tone} from '../theme.ts';
import {type DialogPart, drawDialog} from './dialog.ts';
import type {OverlayPicture, OverlayScene} from './overlay-picture.ts';

export const gap: DialogPart = {kind: 'gap'};

/** The keys of a dialog that asks for a yes or a no. */
export const answers = (keymap: Keymap, yes: string, no: string): DialogPart => ({
	kind: 'text',
	text: `${sayKey(keymap, 'confirm.yes')} ${yes}   ${sayKey(keymap, 'back')} ${no}`,
	tone: 'strong',
});

export const drawQuit = (
	scene: OverlayScene,
	{run, keymap}: Pick<View, 'run' | 'keymap'>,
	atWork: number,
): OverlayPicture =>
	drawDialog(scene, 'Leave?', [
		{
			kind: 'text',
			text: `${atWork} ${atWork === 1 ? 'agent has' : 'agents have'} not ended. Leaving stops the run.`,
			tone: 'strong',
		},
		{
			kind: 'text',
			text: `All that was done is kept. Take the run up again with:\nflotilla resume ${run?.id ?? ''}`,
		},
		gap,
		answers(keymap, 'leave', 'stay'),
	]);

export const drawKill = (
	scene: OverlayScene,
	{run, keymap}: Pick<View, 'run' | 'keymap'>,
	{agentId, problem}: KillOverlay,
): OverlayPicture => {
	const agent = agentIn(run, agentId);
	const step = run === undefined ? undefined : stepOf(run, agent?.stepId);
	return drawDialog(
		scene,
		'Kill?',
		[
			{kind: 'text', text: `Kill ${agent?.name ?? agentId}?`, tone: 'strong'},
			{kind: 'text', text: agent?.assignment.title ?? '', tone: 'muted'},
			{
				kind: 'text',
				text: `Its turn and its calls are cut off, and it does not come back. What it wrote is kept.${
					step === undefined
						? ''
						: ` Its step "${step.title}" fails; you can retry it with ${sayKey(keymap, 'step.retry')}.`
				}`,
			},
			gap,
			answers(keymap, 'kill', 'let it live'),
		],
		textPart(problem ?? '', 'failed'),
	);
};

export const drawRemove = (
	scene: OverlayScene,
	{run, keymap}: Pick<View, 'run' | 'keymap'>,
	{stepId, problem}: RemoveOverlay,
): OverlayPicture => {
	const step = run === undefined ? undefined : stepOf(run, stepId);
	const behind = stepsOf(run?.plan).filter(({dependsOn}) => dependsOn.includes(stepId));
	const needs = step?.dependsOn.flatMap(id => run?.plan?.steps[id]?.key ?? []) ?? [];
	const follow =
		behind.length === 0
			? 'No step needs it.'
			: `${behind.map(({key}) => key).join(', ')} then ${behind.length === 1 ? 'needs' : 'need'} ${
					needs.length === 0 ? 'nothing in its stead' : `${needs.join(', ')} in its stead`
				}.`;
	return drawDialog(
		scene,
		'Remove?',
		[
			{kind: 'text', text: `Take "${step?.title ?? stepId}" out of the plan?`, tone: 'strong'},
			{
				kind: 'text',
				text: `${follow} No agent has worked on it, so nothing is lost; the log keeps it, and ${sayKey(keymap, 'answer.takeBack')} takes it back.`,
			},
			gap,
			answers(keymap, 'remove', 'keep'),
		],
		textPart(problem ?? '', 'failed'),
	);
};

const fieldPart = (field: FormField, active: boolean): DialogPart => {
	const {label, rows} = field;
	switch (field.kind) {
		case 'text':
			return {kind: 'field', label, rows, active, buffer: field.buffer};
		case 'choice':
			return {kind: 'choice', label, rows, active, options: field.options, on: field.chosen, marked: undefined};
		case 'many':
			return {kind: 'choice', label, rows, active, options: field.options, on: field.on, marked: field.chosen};
		default:
			return field satisfies never;
	}
};

const textPart = (text: string, tone: Tone): readonly DialogPart[] => (text === '' ? [] : [{kind: 'text', text, tone}]);

/** What the step would cost and could do as the form has it. */
const outlookOfForm = (run: Run, form: FormOverlay): string => {
	const draft = draftIn(run, form);
	return draft === undefined ? '' : outlookWords(outlookOf(run, [draft]));
};

/** Any form: what is asked, its fields, what may be entered in the one that has the keys. */
export const drawForm = (scene: OverlayScene, run: Run | undefined, form: FormOverlay): OverlayPicture => {
	const {title, question, consequence, fields, at} = form;
	// What cannot be so is told while it is written, not only when it is sent.
	const problem = (run === undefined ? undefined : formProblem(run, form)) ?? form.problem;
	const words = [...textPart(question, 'strong'), ...textPart(consequence, 'muted')];
	const hint = fields[at]?.hint ?? '';
	const below = [
		...(problem === undefined ? textPart(hint, 'muted') : textPart(`✕ ${problem}`, 'failed')),
		...textPart(run === undefined ? '' : outlookOfForm(run, form), 'muted'),
	];
	return drawDialog(
		scene,
		title,
		[
			...words,
			...(words.length > 0 ? [gap] : []),
			...fields.map((field, i) => fieldPart(field, i === at)),
			...(below.length > 0 ? [gap] : []),
		],
		below,
	);
};
