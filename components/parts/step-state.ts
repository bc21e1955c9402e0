import {isActive, isEnded} from '../../source/domain/agent.ts';
import {agentIn, type Run, type StepWord, stepWord} from '../../source/domain/run.ts';
import type {Step} from '../../source/domain/step.ts';
import type {Mark} from '../theme.ts';
import {stepMark} from './word-mark.ts';

/** How a step looks now and what a person calls that. */
type StepState = {readonly mark: Mark; readonly word: StepWord | 'paused'};

/** Whether nobody works on a step that has begun, until a person lets it go on. */
const standsStill = (run: Run, {id, status}: Step): boolean => {
	if (status.kind !== 'working') return false;
	const owner = agentIn(run, status.agentId);
	if (owner === undefined || isActive(owner)) return false;
	const halted = run.suspended || run.status.kind === 'paused';
	if (!halted && !owner.paused && owner.status.kind !== 'interrupted') return false;
	return !run.agents.some(agent => agent.stepId === id && !isEnded(agent) && isActive(agent));
};

export const stepState = (run: Run, step: Step): StepState => {
	const word = stepWord(run, step);
	return word === 'working' && standsStill(run, step) ? {mark: 'paused', word: 'paused'} : {mark: stepMark[word], word};
};
