import {quantities} from '../source/domain/limits.ts';
import type {Run} from '../source/domain/run.ts';
import type {Step} from '../source/domain/step.ts';
import {editProblems} from '../source/domain/step-problems.ts';
import {type After, closing, type Outcome, problem, ui} from './action.ts';
import {leapWords} from './amount.ts';
import {type FormOverlay, type FormProblem, fieldValue, formOf, refusedForm, textField} from './form.ts';
import type {Keymap} from './keymap.ts';
import {sayKey} from './say-key.ts';
import {fieldOf, readPatch, type StepFieldName} from './step-fields.ts';
import {decisionOn, fieldsBefore, type Patch, type Undo} from './undo.ts';

/** One field of a step, to be changed. */
export const editForm = (run: Run, step: Step, name: StepFieldName): FormOverlay =>
	formOf({
		subject: {kind: 'edit', stepId: step.id},
		title: `Edit ${step.key}`,
		fields: [fieldOf(run, step, name)],
	});

/** A change of a step, judged before it is sent. */
export const sendPatch = (run: Run, step: Step, patch: Patch, after: After): Outcome => {
	const wrong = editProblems(run, step.id, patch);
	if (wrong.length > 0) return problem(wrong.join(' '));
	const undo: Undo = {kind: 'edit', stepId: step.id, key: step.key, was: fieldsBefore(step, patch), became: patch};
	return {
		kind: 'send',
		command: {type: 'step.edit', runId: run.id, stepId: step.id, patch},
		after: view => [...after(view), {type: 'undo.keep', undo}],
	};
};

/** What is asked before a step has far more of something than it had; undefined when nothing is. */
const leapOf = (step: Step, {allowance}: Patch, form: FormOverlay, keymap: Keymap): string | undefined => {
	const key = sayKey(keymap, 'form.send', 'form');
	for (const what of quantities) {
		const leap = leapWords({what, before: step.allowance[what], amount: allowance?.[what], key, said: form.problem});
		if (leap !== undefined) return leap;
	}
	return undefined;
};

export const sendEdit = (run: Run, step: Step, form: FormOverlay, keymap: Keymap): Outcome => {
	const read = readPatch(run, step, form);
	if ('problem' in read) return problem(read.problem);
	if (Object.keys(read.patch).length === 0) return ui({type: 'overlay.close'});
	const sent = sendPatch(run, step, read.patch, closing);
	const leap = sent.kind === 'send' ? leapOf(step, read.patch, form, keymap) : undefined;
	return leap === undefined ? sent : problem(leap);
};

/** The dialog goes, and what was decided can be taken back. */
const decided =
	(run: Run, step: Step, became: 'rejected' | 'skipped'): After =>
	view => [
		...closing(view),
		{
			type: 'undo.keep',
			undo: decisionOn(
				run,
				[step],
				became,
				`${step.key} had begun before it was ${became}. What its agent did is kept; edit and approve it to try it anew.`,
			),
		},
	];

/** What is not lost by it. */
const keeps = ({status}: Step): string =>
	status.kind === 'failed'
		? 'What its agent did and wrote is kept.'
		: 'The step stays in the plan, and this can be taken back until something begins with it.';

export const rejectForm = (step: Step): FormOverlay =>
	formOf({
		subject: {kind: 'reject', stepId: step.id},
		title: 'Reject a step',
		question: `Reject "${step.title}"?`,
		consequence: `Steps that need it go on without it and are told why. ${keeps(step)}`,
		fields: [textField('reason', 'Reason')],
	});

export const sendReject = (run: Run, step: Step, form: FormOverlay): Outcome => {
	const reason = fieldValue(form, 'reason').trim();
	if (reason === '') return problem('Say why: the steps that need this one are told the reason.');
	return {
		kind: 'send',
		command: {type: 'step.reject', runId: run.id, stepId: step.id, reason},
		after: decided(run, step, 'rejected'),
	};
};

export const skipForm = (step: Step): FormOverlay =>
	formOf({
		subject: {kind: 'skip', stepId: step.id},
		title: 'Skip a step',
		question: `Skip "${step.title}"?`,
		consequence: `It does not run. Steps that need it go on without it and are told why. ${keeps(step)}`,
		fields: [textField('reason', 'Reason', '', 'May be left empty.')],
	});

export const sendSkip = (run: Run, step: Step, form: FormOverlay): Outcome => ({
	kind: 'send',
	command: {type: 'step.skip', runId: run.id, stepId: step.id, reason: fieldValue(form, 'reason').trim()},
	after: decided(run, step, 'skipped'),
});

const part = (n: number) => [textField(`title${n}`, `${n}. title`), textField(`objective${n}`, '   task', '', '', 2)];

/** The most parts one form can hold. */
const partsMax = 6;

export const splitForm = (step: Step): FormOverlay =>
	formOf({
		subject: {kind: 'split', stepId: step.id},
		title: `Split ${step.key}`,
		question: `Which steps do the work of "${step.title}", one after the other?`,
		consequence: 'Whoever needs this step then needs the last of them.',
		fields: [...part(1), ...part(2)],
	});

/** Why a split has no room for one more part; undefined when it has. */
export const noPart = ({subject, fields}: FormOverlay): string | undefined => {
	if (subject.kind !== 'split') return 'Only a step that is split can have more parts.';
	return fields.length / 2 < partsMax
		? undefined
		: `There is room for ${partsMax} parts: split one of them afterwards.`;
};

/** The same form with room for one more part. */
export const withPart = (form: FormOverlay): FormOverlay => {
	const parts = form.fields.length / 2;
	return {...form, fields: [...form.fields, ...part(parts + 1)], at: form.fields.length};
};

/** The first field that a split cannot do without. What is wholly empty is no part, but two there must be. */
const missing = (parts: readonly {readonly title: string; readonly objective: string}[]): FormProblem | undefined => {
	for (const [i, {title, objective}] of parts.entries()) {
		const isOne = i < 2 || title !== '' || objective !== '';
		if (isOne && title === '')
			return {problem: `A step is split into two or more: part ${i + 1} has no title.`, field: `title${i + 1}`};
		if (isOne && objective === '')
			return {problem: `Part ${i + 1} has no task: say what is to be done in it.`, field: `objective${i + 1}`};
	}
	return undefined;
};

export const sendSplit = (run: Run, step: Step, form: FormOverlay): Outcome => {
	const into = Array.from({length: form.fields.length / 2}, (_, i) => ({
		title: fieldValue(form, `title${i + 1}`).trim(),
		objective: fieldValue(form, `objective${i + 1}`).trim(),
	}));
	const lack = missing(into);
	if (lack !== undefined) return ui({type: 'overlay.replace', overlay: refusedForm(form, lack)});
	return {
		kind: 'send',
		command: {
			type: 'step.split',
			runId: run.id,
			stepId: step.id,
			into: into.filter(({title}) => title !== ''),
		},
		after: view => [...closing(view), {type: 'undo.keep', undo: {kind: 'split', stepId: step.id, key: step.key}}],
	};
};
