import {withLimit} from '../source/domain/limits.ts';
import {tiers} from '../source/domain/model.ts';
import {stepsOf} from '../source/domain/plan.ts';
import type {Run} from '../source/domain/run.ts';
import type {Step, StepFields} from '../source/domain/step.ts';
import {closing, type Outcome, ui} from './action.ts';
import {creatableRoles} from './agent-forms.ts';
import {amountText, readAmount} from './amount.ts';
import {type FormOverlay, fieldValue, formOf, textField} from './form.ts';

const problem = (text: string): Outcome => ({kind: 'problem', text});

/** The fields of a step as a person types them: steps it depends on by key. */
const textsOf = (run: Run, step: Step) => ({
	title: step.title,
	role: step.role,
	objective: step.objective,
	dependsOn: step.dependsOn.flatMap(id => run.plan?.steps[id]?.key ?? []).join(', '),
	tier: step.tier,
	toolBudget: String(step.toolBudget),
	money: step.allowance.money === undefined ? '' : amountText('money', step.allowance.money),
});

export const editForm = (run: Run, step: Step): FormOverlay => {
	const texts = textsOf(run, step);
	const others = stepsOf(run.plan).filter(({id}) => id !== step.id);
	return formOf({
		subject: {kind: 'edit', stepId: step.id},
		title: `Edit ${step.key}`,
		fields: [
			textField('title', 'Title', texts.title),
			textField('role', 'Role', texts.role, `Roles: ${creatableRoles(run).join(', ')}`),
			textField('objective', 'Objective', texts.objective, '', 4),
			textField('dependsOn', 'Needs', texts.dependsOn, `Steps: ${others.map(({key}) => key).join(', ')}`),
			textField('tier', 'Tier', texts.tier, `Tiers, cheapest first: ${tiers.join(', ')}`),
			textField('toolBudget', 'Tool calls', texts.toolBudget, 'The most tool calls the step may make.'),
			textField(
				'money',
				'At most $',
				texts.money,
				'The most the step may cost, in US dollars; empty for no limit of its own.',
			),
		],
	});
};

type MutablePatch = {-readonly [K in keyof StepFields]?: StepFields[K]};

/**
 * What was changed in the form, as the engine wants it, or what cannot be read. Whether it may be so is the engine's to
 * say; an unchanged field is left out.
 */
const readPatch = (
	run: Run,
	step: Step,
	form: FormOverlay,
): {readonly patch: Partial<StepFields>} | {readonly problem: string} => {
	const was = textsOf(run, step);
	const typed = (name: keyof typeof was): string => fieldValue(form, name).trim();
	const changed = (name: keyof typeof was): boolean => typed(name) !== was[name].trim();
	const patch: MutablePatch = {};
	if (changed('title')) patch.title = typed('title');
	if (changed('role')) patch.role = typed('role');
	if (changed('objective')) patch.objective = typed('objective');
	if (changed('dependsOn')) {
		const steps = stepsOf(run.plan);
		const keys = typed('dependsOn')
			.split(/[\s,]+/)
			.filter(key => key !== '');
		const unknown = keys.find(key => !steps.some(other => other.key === key));
		if (unknown !== undefined)
			return {problem: `There is no step "${unknown}". Known: ${steps.map(({key}) => key).join(', ')}.`};
		patch.dependsOn = keys.flatMap(key => steps.find(other => other.key === key)?.id ?? []);
	}
	if (changed('tier')) {
		const tier = tiers.find(name => name === typed('tier'));
		if (tier === undefined) return {problem: `There is no tier "${typed('tier')}". Known: ${tiers.join(', ')}.`};
		patch.tier = tier;
	}
	if (changed('toolBudget')) {
		const count = typed('toolBudget');
		if (!/^\d+$/.test(count)) return {problem: 'The tool budget is a whole number of calls, 0 or more.'};
		patch.toolBudget = Number(count);
	}
	if (changed('money')) {
		const read = typed('money') === '' ? {amount: undefined} : readAmount('money', typed('money'));
		if ('problem' in read) return read;
		patch.allowance = withLimit(step.allowance, 'money', read.amount);
	}
	return {patch};
};

export const sendEdit = (run: Run, step: Step, form: FormOverlay): Outcome => {
	const read = readPatch(run, step, form);
	if ('problem' in read) return problem(read.problem);
	if (Object.keys(read.patch).length === 0) return ui({type: 'overlay.close'});
	return {
		kind: 'send',
		command: {type: 'step.edit', runId: run.id, stepId: step.id, patch: read.patch},
		after: closing,
	};
};

export const rejectForm = (step: Step): FormOverlay =>
	formOf({
		subject: {kind: 'reject', stepId: step.id},
		title: 'Reject a step',
		question: `Reject "${step.title}"?`,
		consequence: 'Steps that need it go on without it and are told why.',
		fields: [textField('reason', 'Reason')],
	});

export const sendReject = (run: Run, step: Step, form: FormOverlay): Outcome => {
	const reason = fieldValue(form, 'reason').trim();
	if (reason === '') return problem('Say why: the steps that need this one are told the reason.');
	return {
		kind: 'send',
		command: {type: 'step.reject', runId: run.id, stepId: step.id, reason},
		after: closing,
	};
};

export const skipForm = (step: Step): FormOverlay =>
	formOf({
		subject: {kind: 'skip', stepId: step.id},
		title: 'Skip a step',
		question: `Skip "${step.title}"?`,
		consequence: 'It does not run. Steps that need it go on without it and are told why.',
		fields: [textField('reason', 'Reason', '', 'May be left empty.')],
	});

export const sendSkip = (run: Run, step: Step, form: FormOverlay): Outcome => ({
	kind: 'send',
	command: {type: 'step.skip', runId: run.id, stepId: step.id, reason: fieldValue(form, 'reason').trim()},
	after: closing,
});

const part = (n: number) => [textField(`title${n}`, `${n}. title`), textField(`objective${n}`, '   task', '', '', 2)];

/** The most parts one form can hold. */
const partsMax = 6;

export const splitForm = (step: Step): FormOverlay =>
	formOf({
		subject: {kind: 'split', stepId: step.id},
		title: `Split ${step.key}`,
		question: `Which steps do the work of "${step.title}", one after the other?`,
		consequence: 'Ctrl+N adds one more. Whoever needs this step then needs the last of them.',
		fields: [...part(1), ...part(2)],
	});

/** The same form with room for one more part. */
export const withPart = (form: FormOverlay): FormOverlay => {
	const parts = form.fields.length / 2;
	if (parts >= partsMax) return form;
	return {...form, fields: [...form.fields, ...part(parts + 1)], at: form.fields.length};
};

export const sendSplit = (run: Run, step: Step, form: FormOverlay): Outcome => {
	const into = Array.from({length: form.fields.length / 2}, (_, i) => ({
		title: fieldValue(form, `title${i + 1}`).trim(),
		objective: fieldValue(form, `objective${i + 1}`).trim(),
	})).filter(({title, objective}) => title !== '' || objective !== '');
	if (into.length < 2) return problem('A step is split into two or more: write a title and an objective for each.');
	return {kind: 'send', command: {type: 'step.split', runId: run.id, stepId: step.id, into}, after: closing};
};
