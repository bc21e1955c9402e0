import {agentIn, type Run, stepOf} from '../source/domain/run.ts';
import type {StepFields} from '../source/domain/step.ts';
import {editProblems} from '../source/domain/step-problems.ts';
import {gone, type Outcome} from './action.ts';
import {addProblems, sendAdd, stepIn} from './add-step.ts';
import {sendChange, sendCreate, sendFork} from './agent-forms.ts';
import {sendComment} from './file-actions.ts';
import type {FormOverlay} from './form.ts';
import type {Keymap} from './keymap.ts';
import {sendLimit} from './limit-form.ts';
import {takeLink} from './link-form.ts';
import {readPatch} from './step-fields.ts';
import {sendEdit, sendReject, sendSkip, sendSplit} from './step-forms.ts';

const ofStep = {reject: sendReject, skip: sendSkip, edit: sendEdit, split: sendSplit} as const;

/** The step that a form makes or changes, as it would be; undefined when it is about something else or cannot be read. */
export const draftIn = (run: Run, form: FormOverlay): StepFields | undefined => {
	const {subject} = form;
	if (subject.kind === 'add') return stepIn(run, form);
	const step = subject.kind === 'edit' ? stepOf(run, subject.stepId) : undefined;
	const read = step === undefined ? undefined : readPatch(run, step, form);
	return step === undefined || read === undefined || 'problem' in read ? undefined : {...step, ...read.patch};
};

/** What is wrong with a form as it stands, before it is sent; undefined while nothing is. */
export const formProblem = (run: Run, form: FormOverlay): string | undefined => {
	const {subject} = form;
	if (subject.kind === 'add') return addProblems(run, form)[0];
	const step = subject.kind === 'edit' ? stepOf(run, subject.stepId) : undefined;
	if (step === undefined) return undefined;
	const read = readPatch(run, step, form);
	return 'problem' in read ? read.problem : editProblems(run, step.id, read.patch)[0];
};

/** What becomes of a form that is sent. */
export const sendForm = (run: Run, keymap: Keymap, form: FormOverlay): Outcome => {
	const {subject} = form;
	switch (subject.kind) {
		case 'reject':
		case 'skip':
		case 'edit':
		case 'split': {
			const step = stepOf(run, subject.stepId);
			return step === undefined ? gone : ofStep[subject.kind](run, step, form, keymap);
		}
		case 'add':
			return sendAdd(run, form);
		case 'create':
			return sendCreate(run, form);
		case 'comment':
			return sendComment(run, form);
		case 'limit':
			return sendLimit({run, keymap}, form);
		case 'link':
			return takeLink(form);
		case 'change':
		case 'fork': {
			const agent = agentIn(run, subject.agentId);
			if (agent === undefined) return gone;
			return subject.kind === 'change' ? sendChange(run, agent, form) : sendFork(run, agent, subject.turnId, form);
		}
		case 'goal':
			// It has no place in the window on a run.
			return gone;
		default:
			return subject satisfies never;
	}
};
