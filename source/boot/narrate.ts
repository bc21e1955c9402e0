import {logLine} from '../../components/panes/log-line.ts';
import {sanitiseLine} from '../../components/text/sanitise.ts';
import type {Stamped} from '../domain/event.ts';
import type {Run} from '../domain/run.ts';

const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 19);

/** An event as a line for a person who reads along without a window; undefined for what is too small to tell. */
export const narrate = (run: Run, {at, event}: Stamped): string | undefined => {
	const {level, text, agentName} = logLine(event, at, run);
	if (level === 'detail') return undefined;
	return sanitiseLine(`${clock(at)}  ${agentName === undefined ? '' : `${agentName}  `}${text}`);
};
