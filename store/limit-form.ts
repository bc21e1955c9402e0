import {type Quantity, quantities} from '../source/domain/limits.ts';
import type {Run} from '../source/domain/run.ts';
import {closing, type Outcome, problem} from './action.ts';
import {amountText, leapWords, limitHint, readLimit, unitOf} from './amount.ts';
import {amountField, type FormOverlay, fieldValue, formOf, valuesOf} from './form.ts';
import type {Keymap} from './keymap.ts';
import {sayKey} from './say-key.ts';

type Named = {readonly scope: 'run' | 'day'; readonly what: Quantity};

const all: readonly Named[] = (['run', 'day'] as const).flatMap(scope => quantities.map(what => ({scope, what})));

const labelOf = ({scope, what}: Named): string => `${scope}: ${unitOf[what]}`;

const namedIn = (form: FormOverlay): Named | undefined => all.find(one => labelOf(one) === fieldValue(form, 'limit'));

const textOf = (run: Run, {scope, what}: Named): string => {
	const limit = run.settings.limits[scope][what];
	return limit === undefined ? '' : amountText(what, limit);
};

const fieldOf = (run: Run, named: Named): FormOverlay['fields'][number] => {
	const text = textOf(run, named);
	return amountField('amount', 'At most', text, limitHint(text));
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
			fieldOf(run, first),
		],
		at: 1,
	});

/** After another limit was chosen: the amount it has now. */
export const withPresentLimit = (run: Run, form: FormOverlay): FormOverlay => {
	const named = namedIn(form);
	if (named === undefined) return form;
	const fields = form.fields.map(field => (field.name === 'amount' ? fieldOf(run, named) : field));
	return {...form, fields, blank: valuesOf(fields)};
};

export const sendLimit = ({run, keymap}: {readonly run: Run; readonly keymap: Keymap}, form: FormOverlay): Outcome => {
	const {scope, what} = namedIn(form) ?? first;
	const read = readLimit(what, fieldValue(form, 'amount'));
	if ('problem' in read) return problem(read.problem);
	const {amount} = read;
	const before = run.settings.limits[scope][what];
	const leap = leapWords({what, before, amount, key: sayKey(keymap, 'form.send', 'form'), said: form.problem});
	if (leap !== undefined) return problem(leap);
	return {
		kind: 'send',
		command: {type: 'budget.set', runId: run.id, scope, what, limit: amount},
		after: closing,
	};
};
