import type {StepId} from '../source/domain/id.ts';
import {stepsOf} from '../source/domain/plan.ts';
import {openRequests, type Run, stepOf} from '../source/domain/run.ts';

/** The step that needs the person: the one something was asked for first, or else the first that waits for approval. */
export const neededStep = (run: Run): StepId | undefined =>
	openRequests(run).find(({stepId}) => stepOf(run, stepId) !== undefined)?.stepId ??
	stepsOf(run.plan).find(({status}) => status.kind === 'proposed')?.id;
