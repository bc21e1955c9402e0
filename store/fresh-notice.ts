import {isEnded} from '../source/domain/agent.ts';
import {agentIn} from '../source/domain/run.ts';
import type {View} from './action.ts';
import type {ActionId} from './keymap.ts';
import type {Notice} from './ui.ts';
import {unanswered} from './waiting-answer.ts';
import {onwardWords} from './waits-elsewhere.ts';

/** What a word to the person says by now; undefined when it is no longer true. `run` is that of the present. */
export const freshNotice = (
	notice: Notice,
	view: Pick<View, 'run' | 'ui' | 'waitsElsewhere' | 'keymap' | 'now'>,
	/** Whether an action could be done now. */
	isPossible: (id: ActionId) => boolean,
): Notice | undefined => {
	const {run, ui, waitsElsewhere = [], keymap, now} = view;
	const {until} = notice;
	switch (until?.kind) {
		case undefined:
		case 'answered':
			return notice;
		case 'time':
			return now < until.at ? notice : undefined;
		case 'delivered': {
			const agent = agentIn(run, until.to);
			return agent !== undefined && !isEnded(agent) && agent.mailbox.length > 0 ? notice : undefined;
		}
		case 'onward': {
			const text =
				run === undefined || unanswered(run, ui).length > 0 ? undefined : onwardWords(waitsElsewhere, keymap);
			if (text === undefined) return undefined;
			return text === notice.text ? notice : {...notice, text};
		}
		case 'possible':
			return isPossible(until.id) ? undefined : notice;
		default:
			return until satisfies never;
	}
};
