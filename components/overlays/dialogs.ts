import {agentIn, stepOf} from '../../source/domain/run.ts';
import type {View} from '../../store/action.ts';
import type {FormField, FormOverlay} from '../../store/form.ts';
import type {Keymap} from '../../store/keymap.ts';
import {sayKey} from '../../store/say-key.ts';
import type {KillOverlay} from '../../store/ui.ts';
import type {Tone} from '../theme.ts';
import {type DialogPart, drawDialog} from './dialog.ts';
import type {OverlayPicture, OverlayScene} from './overlay-picture.ts';

const gap: DialogPart = {kind: 'gap'};

const answers = (keymap: Keymap, yes: string, no: string): DialogPart => ({
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
	{agentId}: KillOverlay,
): OverlayPicture => {
	const agent = agentIn(run, agentId);
	const step = run === undefined ? undefined : stepOf(run, agent?.stepId);
	return drawDialog(scene, 'Kill?', [
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
	]);
};

const fieldPart = (field: FormField, active: boolean): DialogPart => {
	const {label, rows} = field;
	return field.kind === 'text'
		? {kind: 'field', label, rows, active, buffer: field.buffer}
		: {kind: 'choice', label, rows, active, options: field.options, chosen: field.chosen};
};

const textPart = (text: string, tone: Tone): readonly DialogPart[] => (text === '' ? [] : [{kind: 'text', text, tone}]);

/** Any form: what is asked, its fields, what may be entered in the one that has the keys. */
export const drawForm = (scene: OverlayScene, form: FormOverlay): OverlayPicture => {
	const {title, question, consequence, fields, at, problem} = form;
	const words = [...textPart(question, 'strong'), ...textPart(consequence, 'muted')];
	const hint = fields[at]?.hint ?? '';
	const below = problem === undefined ? textPart(hint, 'muted') : textPart(problem, 'failed');
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
