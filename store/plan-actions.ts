import {stepsOf} from '../source/domain/plan.ts';
import type {Run} from '../source/domain/run.ts';
import {hasFailed, type Step} from '../source/domain/step.ts';
import {nothing, type Outcome, open, type Rule, selectedStep, ui, type View} from './action.ts';
import type {FormOverlay} from './form.ts';
import {editForm, rejectForm, skipForm, splitForm} from './step-forms.ts';

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
			after: nothing,
		}));

const openForm =
	(form: (run: Run, step: Step) => FormOverlay) =>
	(view: View): Outcome =>
		withStep(view, (run, step) => open(form(run, step)));

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
			run === undefined ? ui() : {kind: 'send', command: {type: 'plan.approve', runId: run.id}, after: nothing},
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
		act: openForm((_, step) => rejectForm(step)),
	},
	'step.skip': {
		disabled: unless(['proposed', 'held', 'approved', 'failed'], 'skipped'),
		act: openForm((_, step) => skipForm(step)),
	},
	'step.split': {
		disabled: unless(['proposed', 'held', 'approved', 'failed'], 'split'),
		act: openForm((_, step) => splitForm(step)),
	},
	'step.edit': {
		disabled: unless(['proposed', 'held', 'approved', 'rejected', 'failed'], 'edited'),
		act: openForm(editForm),
	},
} as const satisfies Readonly<Record<string, Rule>>;
