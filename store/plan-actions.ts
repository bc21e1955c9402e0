import {hasBegun} from '../source/domain/change-plan.ts';
import {placeBeside} from '../source/domain/move-step.ts';
import type {Way} from '../source/domain/plan-tree.ts';
import type {Run} from '../source/domain/run.ts';
import {hasFailed, type Step} from '../source/domain/step.ts';
import {
	type After,
	always,
	noLivePlan,
	noPlan,
	noRun,
	type Outcome,
	open,
	type Rule,
	selectedStep,
	ui,
	type View,
} from './action.ts';
import {addForm} from './add-step.ts';
import {approveActions} from './approve-some.ts';
import {editAsText} from './edit-text.ts';
import type {FormOverlay} from './form.ts';
import {openForm} from './open-form.ts';
import {sayKey} from './say-key.ts';
import {editForm, rejectForm, skipForm, splitForm} from './step-forms.ts';
import {planApproval} from './to-approve.ts';
import {topOverlay} from './ui.ts';
import {approvalOf, decisionOn, type Undo} from './undo.ts';

const withStep = (view: View, act: (run: Run, step: Step) => Outcome): Outcome => {
	const step = selectedStep(view);
	return view.run === undefined || step === undefined ? ui() : act(view.run, step);
};

/** Why nothing can be done to a step, or what `why` says of the selected one. `none`: what the plan lacks for it. */
const ofStep =
	(why: (step: Step, view: View) => string | undefined, none = noLivePlan) =>
	(view: View): string | undefined => {
		const missing = noRun(view) ?? none(view);
		if (missing !== undefined) return missing;
		const step = selectedStep(view);
		return step === undefined ? 'No step is selected.' : why(step, view);
	};

const cannotBe = (what: string, {title, status}: Step): string => `"${title}" cannot be ${what}: it is ${status.kind}.`;

/** The reason why a step cannot be acted on, the same that the engine would give. */
const unless = (may: readonly Step['status']['kind'][], what: string) =>
	ofStep(step => (may.includes(step.status.kind) ? undefined : cannotBe(what, step)));

/** What was decided can be taken back. */
const decided =
	(run: Run, step: Step, became: 'approved' | 'held'): After =>
	() => [
		{
			type: 'undo.keep',
			undo: decisionOn(run, [step], became, `What was ${became} had begun: it cannot be taken back.`),
		},
	];

const retryOf = (key: string): Undo => ({
	kind: 'final',
	words: `A retry cannot be taken back: ${key} had failed, and that is kept. It can be held or skipped until it begins.`,
});

const decide =
	(command: 'step.approve' | 'step.hold', became: 'approved' | 'held') =>
	(view: View): Outcome =>
		withStep(view, (run, step) => ({
			kind: 'send',
			command: {type: command, runId: run.id, stepId: step.id},
			after: decided(run, step, became),
		}));

const asking =
	(form: (step: Step) => FormOverlay) =>
	(view: View): Outcome =>
		withStep(view, (_, step) => openForm(view, form(step)));

/** What has not begun may be changed, and what failed may be changed before it is tried again. */
const editable = ['proposed', 'held', 'approved', 'rejected', 'failed'] as const;

const removable: readonly Step['status']['kind'][] = ['proposed', 'held', 'approved', 'rejected', 'skipped'];

/** Whatever its state, for what stands under it goes with it. */
const move = (way: Way): Rule => ({
	disabled: ofStep((step, {run}) => {
		const place = placeBeside(run?.plan, step, way);
		return 'problem' in place ? place.problem : undefined;
	}),
	act: view =>
		withStep(view, (run, {id, key}) => ({
			kind: 'send',
			command: {type: 'step.move', runId: run.id, stepId: id, way},
			// The bar goes with it, also when it was on the first row only because that was the first.
			after: () => [
				{type: 'step.select', stepId: id},
				{type: 'undo.keep', undo: {kind: 'move', stepId: id, key, way}},
			],
		})),
});

/** What can be done to the plan and its steps. */
export const planActions = {
	'plan.approve': {
		disabled: view => {
			const none = noLivePlan(view);
			const {steps, areSome} = planApproval(view);
			if (none !== undefined || steps.length > 0) return none;
			return areSome
				? `The filter of the plan hides what waits: ${sayKey(view.keymap, 'rows.all')} shows it there.`
				: 'No step waits for approval.';
		},
		word: view => {
			const {steps, areSome} = planApproval(view);
			return areSome ? `approve the ${steps.length} shown` : undefined;
		},
		act: view => {
			const {run} = view;
			if (run === undefined) return ui();
			const {steps, areSome} = planApproval(view);
			return {
				kind: 'send',
				command: {type: 'plan.approve', runId: run.id, ...(areSome ? {steps: steps.map(({id}) => id)} : {})},
				after: () => [{type: 'undo.keep', undo: approvalOf(run, steps)}],
			};
		},
	},
	'step.approve': {
		disabled: unless(['proposed', 'held', 'rejected'], 'approved'),
		act: decide('step.approve', 'approved'),
	},
	'step.hold': {
		disabled: ofStep((step, {keymap}) => {
			const {kind} = step.status;
			if (kind === 'held') return `"${step.title}" is held already: ${sayKey(keymap, 'step.approve')} lets it go.`;
			return kind === 'proposed' || kind === 'approved' ? undefined : cannotBe('held', step);
		}),
		act: decide('step.hold', 'held'),
	},
	'step.retry': {
		// A step that reported that it failed is done, and may be retried all the same; also when the run has ended.
		disabled: ofStep(step => (hasFailed(step) ? undefined : cannotBe('retried', step)), noPlan),
		act: view =>
			withStep(view, (run, {id, key}) => ({
				kind: 'send',
				command: {type: 'step.retry', runId: run.id, stepId: id},
				after: () => [{type: 'undo.keep', undo: retryOf(key)}],
			})),
	},
	'step.reject': {
		disabled: unless(['proposed', 'held', 'approved', 'failed'], 'rejected'),
		act: asking(rejectForm),
	},
	'step.skip': {
		disabled: unless(['proposed', 'held', 'approved', 'failed'], 'skipped'),
		act: asking(skipForm),
	},
	'step.split': {
		disabled: unless(['proposed', 'held', 'approved', 'failed'], 'split'),
		act: asking(splitForm),
	},
	'step.edit': {
		disabled: unless(editable, 'edited'),
		act: view => withStep(view, (_, {id}) => open({kind: 'fields', stepId: id, field: 'title'})),
	},
	'field.edit': {
		disabled: unless(editable, 'edited'),
		act: view =>
			withStep(view, (run, step) => {
				const overlay = topOverlay(view.ui);
				return overlay?.kind === 'fields' ? openForm(view, editForm(run, step, overlay.field)) : ui();
			}),
	},
	'step.editText': {
		disabled: unless(editable, 'edited'),
		act: view => withStep(view, editAsText),
	},
	'step.add': {
		disabled: noLivePlan,
		act: view => (view.run === undefined ? ui() : openForm(view, addForm(view.run, selectedStep(view)))),
	},
	'step.remove': {
		disabled: ofStep((step, {run}) => {
			if (!removable.includes(step.status.kind)) return cannotBe('removed', step);
			return run !== undefined && hasBegun(run, step)
				? `"${step.title}" cannot be removed: an agent has worked on it, and that is kept. Skip or reject it instead.`
				: undefined;
		}),
		act: view => withStep(view, (_, {id}) => open({kind: 'remove', stepId: id, sending: false, problem: undefined})),
	},
	'step.moveUp': move('up'),
	'step.moveDown': move('down'),
	'plan.chart': {disabled: always, act: () => ui({type: 'plan.chart'})},
	...approveActions,
} as const satisfies Readonly<Record<string, Rule>>;
