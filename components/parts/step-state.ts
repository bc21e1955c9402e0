import {type Run, type StepWord, stepWord} from '../../source/domain/run.ts';
import type {Step} from '../../source/domain/step.ts';
import {standsStill} from '../../store/stands-still.ts';
import type {Mark} from '../theme.ts';
import {stepMark} from './word-mark.ts';

/** How a step looks now and what a person calls that. */
type StepState = {readonly mark: Mark; readonly word: StepWord | 'paused'};

export const stepState = (run: Run, step: Step): StepState => {
	const word = stepWord(run, step);
	return word === 'working' && standsStill(run, step) ? {mark: 'paused', word: 'paused'} : {mark: stepMark[word], word};
};
