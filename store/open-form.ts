import type {Run} from '../source/domain/run.ts';
import {type Outcome, open, ui, type View} from './action.ts';
import {type FormOverlay, fieldValue, withValue} from './form.ts';
import {keptOf, outdatedIn, takenUp} from './kept-forms.ts';
import {isBackNotice} from './kept-words.ts';
import {withPresentLimit} from './limit-form.ts';

/** The form as it is now for what was chosen when it was left: of limits, each has an amount of its own. */
const asChosen = (run: Run | undefined, form: FormOverlay, kept: FormOverlay): FormOverlay =>
	run === undefined || form.subject.kind !== 'limit'
		? form
		: withPresentLimit(run, withValue(form, 'limit', fieldValue(kept, 'limit')));

/** Only these replace what somebody else may have changed; a new step or agent begins otherwise wherever it is asked for. */
const replaces = ({subject: {kind}}: FormOverlay): boolean => kind === 'edit' || kind === 'change' || kind === 'limit';

/** A form on top of the others, with what was typed in it and never sent. */
export const openForm = ({run, ui: {forms}}: Pick<View, 'run' | 'ui'>, form: FormOverlay): Outcome => {
	const kept = keptOf(forms, form);
	if (kept === undefined) return open(form);
	const now = asChosen(run, form, kept);
	const outdated = replaces(form) ? outdatedIn(now, kept) : [];
	const problem =
		outdated.length === 0
			? undefined
			: `Changed since you entered this: ${outdated.join(', ')}. Sending it puts yours in its place.`;
	return ui({type: 'overlay.open', overlay: {...takenUp(now, kept), problem}}, {type: 'notice', notice: isBackNotice});
};
