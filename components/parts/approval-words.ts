import type {Run} from '../../source/domain/run.ts';
import type {Step} from '../../source/domain/step.ts';
import {selectedStep, type View} from '../../store/action.ts';
import {outlookOf} from '../../store/step-outlook.ts';
import {planApproval} from '../../store/to-approve.ts';
import {widthOf} from '../text/width.ts';
import {keyHere} from './key-here.ts';
import {outlookWords, worstWords} from './outlook-words.ts';

const gap = '   ';

/** The same thing said in ever fewer letters. */
type Ways = readonly string[];

const toOne = (view: View, run: Run, step: Step): Ways => {
	const key = keyHere(view, 'step.approve');
	if (key === undefined) return [];
	const outlook = outlookOf(run, [step]);
	// Where there is no room for its name, the bar shows which step is meant.
	return [
		`${key} ${step.key}: ${outlookWords(outlook)}`,
		`${key}: ${outlookWords(outlook)}`,
		`${key}: ${outlookWords(outlook, worstWords)}`,
	];
};

const toAll = (view: View, run: Run): Ways => {
	const key = keyHere(view, 'plan.approve');
	if (key === undefined) return [];
	const {steps, areSome} = planApproval(view);
	const [only] = steps;
	const name = steps.length === 1 ? (only?.key ?? '') : areSome ? `the ${steps.length} shown` : `all ${steps.length}`;
	const outlook = outlookOf(run, steps);
	return [`${key} ${name}: ${outlookWords(outlook)}`, `${key} ${name}: ${outlookWords(outlook, worstWords)}`];
};

/**
 * What the keys that approve here would come to, in one line: how many steps, what they may cost, what their agents
 * can do. Undefined when no key approves anything. Where there is room for one of them only, it is the yes to all.
 */
export const approvalWords = (view: View, width: number): string | undefined => {
	const {run} = view;
	const step = selectedStep(view);
	if (run === undefined) return undefined;
	const one = step === undefined ? [] : toOne(view, run, step);
	const all = toAll(view, run);
	const both = all.flatMap(second => one.map(first => `${first}${gap}${second}`));
	const ways = [...both, ...(all.length > 0 ? all : one)];
	return ways.find(words => widthOf(words) <= width) ?? ways.at(-1);
};
