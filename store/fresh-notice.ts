import {isEnded} from '../source/domain/agent.ts';
import {agentIn} from '../source/domain/run.ts';
import type {View} from './action.ts';
import type {Notice} from './ui.ts';
import {unanswered} from './waiting-answer.ts';
import {onwardWords} from './waits-elsewhere.ts';

/** What a word to the person says by now; undefined when it is no longer true. `run` is that of the present. */
export const freshNotice = (
	notice: Notice,
	{run, ui, waitsElsewhere = [], keymap, now}: Pick<View, 'run' | 'ui' | 'waitsElsewhere' | 'keymap' | 'now'>,
): Notice | undefined => {
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
		default:
			return until satisfies never;
	}
};
