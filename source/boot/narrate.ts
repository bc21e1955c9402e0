import {logLine} from '../../components/panes/log-line.ts';
import {agentPath} from '../../components/parts/agent-path.ts';
import {clockTime} from '../../components/parts/clock-time.ts';
import {sanitiseLine} from '../../components/text/sanitise.ts';
import {agentOf, type Stamped} from '../domain/event.ts';
import {agentIn, type Run} from '../domain/run.ts';

/**
 * An event as a line for a person who reads along without a window; undefined for what is too small to tell. `run` is
 * the run after it, `before` the one before.
 */
export const narrate = (run: Run, {at, event}: Stamped, before: Run | undefined): string | undefined => {
	const {level, text, agentName} = logLine(event, at, run, before);
	if (level === 'detail') return undefined;
	const agentId = agentOf(event);
	const agent = agentIn(run, agentId);
	const who = agentName === undefined ? '' : `${agent === undefined ? agentName : agentPath(run, agent)}  `;
	const until = event.type === 'lane.paused' ? ` It goes on at ${clockTime(event.until)}.` : '';
	return sanitiseLine(`${clockTime(at)}  ${who}${text}${until}`);
};
