import {agentIn, type Run, stepOf} from '../source/domain/run.ts';
import type {Outcome} from './action.ts';
import {sendChange, sendCreate, sendFork} from './agent-forms.ts';
import type {FormOverlay} from './form.ts';
import {sendLimit} from './limit-form.ts';
import {sendEdit, sendReject, sendSkip, sendSplit} from './step-forms.ts';

const gone: Outcome = {kind: 'problem', text: 'This is no longer part of the run.'};

const ofStep = {reject: sendReject, skip: sendSkip, edit: sendEdit, split: sendSplit} as const;

/** What becomes of a form that is sent. */
export const sendForm = (run: Run, form: FormOverlay): Outcome => {
	const {subject} = form;
	switch (subject.kind) {
		case 'reject':
		case 'skip':
		case 'edit':
		case 'split': {
			const step = stepOf(run, subject.stepId);
			return step === undefined ? gone : ofStep[subject.kind](run, step, form);
		}
		case 'create':
			return sendCreate(run, form);
		case 'limit':
			return sendLimit(run, form);
		case 'change':
		case 'fork': {
			const agent = agentIn(run, subject.agentId);
			if (agent === undefined) return gone;
			return subject.kind === 'change' ? sendChange(run, agent, form) : sendFork(run, agent, subject.turnId, form);
		}
		default:
			return subject satisfies never;
	}
};
