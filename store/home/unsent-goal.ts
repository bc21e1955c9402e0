import {withValue} from '../form.ts';
import {writtenText} from '../kept-forms.ts';
import {unsentIn} from '../text-history.ts';
import type {HomeUi} from './home-ui.ts';

/** What was entered for a new run that was not begun: a goal, or what else was said in its form as well. */
export const unsentGoal = ({goal, draft, history, overlay}: HomeUi): string => {
	if (overlay?.kind === 'form') return writtenText(overlay);
	const text = unsentIn(history, goal);
	return draft === undefined ? text : writtenText(withValue(draft, 'goal', text));
};
