import type {HomeUi} from '../../store/home/home-ui.ts';
import {unsentGoal} from '../../store/home/unsent-goal.ts';
import {oneLine} from '../domain/one-line.ts';
import {complain, type Terminal} from './terminal.ts';

/** What was entered at Home for a run that was not begun is gone with the program. Here it stands once more, in a line. */
export const tellUnsentGoal = (terminal: Terminal, home: HomeUi): void => {
	const goal = unsentGoal(home).trim();
	if (goal !== '') complain(terminal, `Not begun: ${oneLine(goal)}`);
};
