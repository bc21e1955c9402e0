import {tiers} from '../source/domain/model.ts';
import {stepsOf} from '../source/domain/plan.ts';
import type {Run} from '../source/domain/run.ts';
import {hasFailed, type Step, type StepFields} from '../source/domain/step.ts';
import {type Outcome, type Rule, selectedStep, ui, type View} from './action.ts';
import {emptyText, textBuffer} from './text-buffer.ts';
import type {EditField} from './ui.ts';

const withStep = (view: View, act: (run: Run, step: Step) => Outcome): Outcome => {
	const step = selectedStep(view);
	return view.run === undefined || step === undefined ? ui() : act(view.run, step);
};

/** The reason why a step cannot be acted on, the same that the engine would give. */
const unless =
	(may: readonly Step['status']['kind'][], what: string, alsoEnded = false) =>
	(view: View): string | undefined => {
		if (view.run === undefined) return 'There is no run yet.';
		if (view.run.plan === undefined) return 'There is no plan yet.';
		if (view.run.status.kind === 'ended' && !alsoEnded) return 'The run has ended.';
		const step = selectedStep(view);
		if (step === undefined) return 'No step is selected.';
		return may.includes(step.status.kind) ? undefined : `"${step.title}" cannot be ${what}: it is ${step.status.kind}.`;
	};

const sendOn =
	(command: 'step.approve' | 'step.hold' | 'step.retry') =>
	(view: View): Outcome =>
		withStep(view, (run, {id}) => ({
			kind: 'send',
			command: {type: command, runId: run.id, stepId: id},
			after: [],
		}));

/** The fields of a step as a person types them: steps it depends on by key. */
const editTexts = (run: Run, step: Step): Readonly<Record<EditField, string>> => ({
	title: step.title,
	role: step.role,
	objective: step.objective,
	dependsOn: step.dependsOn.flatMap(id => run.plan?.steps[id]?.key ?? []).join(', '),
	tier: step.tier,
	toolBudget: String(step.toolBudget),
});

type MutablePatch = {-readonly [K in keyof StepFields]?: StepFields[K]};

/**
 * What was changed in the form, as the engine wants it, or what cannot be read. Whether it may be so is the engine's to
 * say; an unchanged field is left out.
 */
export const readPatch = (
	run: Run,
	step: Step,
	typed: Readonly<Record<EditField, string>>,
): {readonly patch: Partial<StepFields>} | {readonly problem: string} => {
	const was = editTexts(run, step);
	const changed = (field: EditField): boolean => typed[field].trim() !== was[field].trim();
	const patch: MutablePatch = {};
	if (changed('title')) patch.title = typed.title.trim();
	if (changed('role')) patch.role = typed.role.trim();
	if (changed('objective')) patch.objective = typed.objective.trim();
	if (changed('dependsOn')) {
		const steps = stepsOf(run.plan);
		const keys = typed.dependsOn.split(/[\s,]+/).filter(key => key !== '');
		const unknown = keys.find(key => !steps.some(other => other.key === key));
		if (unknown !== undefined)
			return {problem: `There is no step "${unknown}". Known: ${steps.map(other => other.key).join(', ')}.`};
		patch.dependsOn = keys.flatMap(key => steps.find(other => other.key === key)?.id ?? []);
	}
	if (changed('tier')) {
		const tier = tiers.find(name => name === typed.tier.trim());
		if (tier === undefined) return {problem: `There is no tier "${typed.tier.trim()}". Known: ${tiers.join(', ')}.`};
		patch.tier = tier;
	}
	if (changed('toolBudget')) {
		const count = typed.toolBudget.trim();
		if (!/^\d+$/.test(count)) return {problem: 'The tool budget is a whole number of calls, 0 or more.'};
		patch.toolBudget = Number(count);
	}
	return {patch};
};

const openEdit = (run: Run, step: Step): Outcome => {
	const texts = editTexts(run, step);
	return ui({
		type: 'overlay.open',
		overlay: {
			kind: 'edit',
			stepId: step.id,
			field: 'title',
			fields: {
				title: textBuffer(texts.title),
				role: textBuffer(texts.role),
				objective: textBuffer(texts.objective),
				dependsOn: textBuffer(texts.dependsOn),
				tier: textBuffer(texts.tier),
				toolBudget: textBuffer(texts.toolBudget),
			},
			sending: false,
			problem: undefined,
		},
	});
};

/** What can be done to the plan and its steps. */
export const planActions = {
	'plan.approve': {
		disabled: ({run}) => {
			if (run?.plan === undefined) return 'There is no plan yet.';
			if (run.status.kind === 'ended') return 'The run has ended.';
			return stepsOf(run.plan).some(step => step.status.kind === 'proposed')
				? undefined
				: 'No step waits for approval.';
		},
		act: ({run}) =>
			run === undefined ? ui() : {kind: 'send', command: {type: 'plan.approve', runId: run.id}, after: []},
	},
	'step.approve': {disabled: unless(['proposed', 'held', 'rejected'], 'approved'), act: sendOn('step.approve')},
	'step.hold': {disabled: unless(['proposed', 'approved'], 'held'), act: sendOn('step.hold')},
	'step.retry': {
		disabled: view => {
			const step = selectedStep(view);
			// A step that reported that it failed is done, and may be retried all the same.
			return step !== undefined && hasFailed(step) ? undefined : unless(['failed'], 'retried', true)(view);
		},
		act: sendOn('step.retry'),
	},
	'step.reject': {
		disabled: unless(['proposed', 'held', 'approved', 'failed'], 'rejected'),
		act: view =>
			withStep(view, (_, step) =>
				ui({
					type: 'overlay.open',
					overlay: {kind: 'reject', stepId: step.id, reason: emptyText, sending: false, problem: undefined},
				}),
			),
	},
	'step.edit': {
		disabled: unless(['proposed', 'held', 'approved', 'rejected', 'failed'], 'edited'),
		act: view => withStep(view, openEdit),
	},
} as const satisfies Readonly<Record<string, Rule>>;
