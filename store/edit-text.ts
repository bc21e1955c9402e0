import type {StepId} from '../source/domain/id.ts';
import {type Run, stepOf} from '../source/domain/run.ts';
import type {Step} from '../source/domain/step.ts';
import {editProblems} from '../source/domain/step-problems.ts';
import {nothing, type Outcome, ui, type View} from './action.ts';
import {sendPatch} from './step-forms.ts';
import {readStepText, stepText, withProblem} from './step-text.ts';
import type {Patch} from './undo.ts';

const info = (text: string): Outcome => ui({type: 'notice', notice: {tone: 'info', text}});

const judged = (run: Run, step: Step, text: string): {readonly patch: Patch} | {readonly problem: string} => {
	const {kind} = step.status;
	if (kind === 'working' || kind === 'done')
		return {problem: `"${step.title}" has begun meanwhile (${kind}): it cannot be changed any more.`};
	const read = readStepText(run, step, text);
	if ('problem' in read) return read;
	const problems = editProblems(run, step.id, read.patch);
	return problems.length > 0 ? {problem: problems.join('\n')} : read;
};

/**
 * The text goes to the editor, and comes back to it with what is wrong with it until it can be sent, or is left as it
 * was given: nothing that was written is lost.
 */
const editing = (stepId: StepId, key: string, given: string, first: boolean): Outcome => ({
	kind: 'edit',
	name: 'step.yaml',
	text: given,
	next: ({run}: View, text: string) => {
		if (text.trim() === '' || (first && text === given)) return info(`Nothing was changed of ${key}.`);
		const step = run === undefined ? undefined : stepOf(run, stepId);
		if (run === undefined || step === undefined)
			return {kind: 'problem', text: `${key} is no longer in the plan: nothing was changed.`};
		const read = judged(run, step, text);
		if ('problem' in read)
			return text === given
				? {kind: 'problem', text: `Nothing was changed of ${key}: ${read.problem.split('\n')[0]}`}
				: editing(stepId, key, withProblem(text, read.problem), false);
		return Object.keys(read.patch).length === 0
			? info(`Nothing was changed of ${key}.`)
			: sendPatch(run, step, read.patch, nothing);
	},
});

/** A whole step as a text in the person's editor. */
export const editAsText = (run: Run, step: Step): Outcome => editing(step.id, step.key, stepText(run, step), true);
