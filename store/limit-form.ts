import {type Quantity, quantities} from '../source/domain/limits.ts';
import type {Run} from '../source/domain/run.ts';
import {closing, type Outcome} from './action.ts';
import {amountText, readAmount, unitOf} from './amount.ts';
import {type FormOverlay, fieldValue, formOf, textField, withValue} from './form.ts';

type Named = {readonly scope: 'run' | 'day'; readonly what: Quantity};

const all: readonly Named[] = (['run', 'day'] as const).flatMap(scope => quantities.map(what => ({scope, what})));

const labelOf = ({scope, what}: Named): string => `${scope}: ${unitOf[what]}`;

const namedIn = (form: FormOverlay): Named | undefined => all.find(one => labelOf(one) === fieldValue(form, 'limit'));

const textOf = (run: Run, {scope, what}: Named): string => {
	const limit = run.settings.limits[scope][what];
	return limit === undefined ? '' : amountText(what, limit);
};

const first: Named = {scope: 'run', what: 'money'};

export const limitForm = (run: Run): FormOverlay =>
	formOf({
		subject: {kind: 'limit'},
		title: 'Limits of the run and the day',
		consequence: 'At a limit the run pauses and asks. A day is counted in UTC, over all runs.',
		fields: [
			{
				kind: 'choice',
				name: 'limit',
				label: 'Limit',
				hint: '',
				rows: 10,
				options: all.map(labelOf),
				chosen: labelOf(first),
			},
			textField('amount', 'At most', textOf(run, first), 'Empty for no limit.'),
		],
		at: 1,
	});

/** After another limit was chosen: the amount it has now. */
export const withPresentLimit = (run: Run, form: FormOverlay): FormOverlay => {
	const named = namedIn(form);
	return named === undefined ? form : withValue(form, 'amount', textOf(run, named));
};

export const sendLimit = (run: Run, form: FormOverlay): Outcome => {
	const {scope, what} = namedIn(form) ?? first;
	const text = fieldValue(form, 'amount').trim();
	const read = text === '' ? {amount: undefined} : readAmount(what, text);
	if ('problem' in read) return {kind: 'problem', text: read.problem};
	return {
		kind: 'send',
		command: {type: 'budget.set', runId: run.id, scope, what, limit: read.amount},
		after: closing,
	};
};
