import {isLocked} from '../../db/lock.ts';
import type {RunWord} from '../domain/run.ts';
import type {Context} from './context.ts';

/** What a listing calls the state of a run. */
export type ShownStatus = RunWord | 'interrupted';

/**
 * The last thing a run said of itself is no longer true when its process has died: then it is neither planning nor
 * running, but waits to be taken up again.
 */
export const shownStatus = ({paths}: Context): ((word: RunWord) => ShownStatus) => {
	const isCarried = isLocked(paths.state);
	return word => (!isCarried && (word === 'planning' || word === 'running') ? 'interrupted' : word);
};
