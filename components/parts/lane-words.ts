import type {Lane} from '../../source/domain/lane.ts';
import type {Run} from '../../source/domain/run.ts';
import type {Mark} from '../theme.ts';
import {age} from './age.ts';

/** A way to a provider that does not let everybody through. */
type LaneNote = {readonly mark: Mark; readonly text: string; readonly reason: string};

const noteOf = ({name, state, width, failures}: Lane, now: number): LaneNote | undefined => {
	const atOnce = width === undefined ? '' : `, ${width} at once`;
	switch (state.kind) {
		case 'paused': {
			const left = state.until > now ? `paused ${age(state.until - now + 999)}` : 'opens now';
			const again = failures > 1 ? `, ${failures}. time` : '';
			return {mark: 'paused', text: `${name} ${left}`, reason: `${state.failure.message}${again}${atOnce}`};
		}
		case 'closed':
			return {mark: 'needsYou', text: `${name} closed`, reason: `${state.failure.message} It waits for your answer.`};
		case 'open':
			return width === undefined
				? undefined
				: {mark: 'working', text: `${name} open${atOnce}`, reason: 'It was crowded; more at once as it keeps up.'};
		default:
			return state satisfies never;
	}
};

/** The lanes that are paused or closed, or narrower than they could be. */
export const laneNotes = (run: Run, now: number): readonly LaneNote[] =>
	run.status.kind === 'ended' ? [] : Object.values(run.lanes).flatMap(lane => noteOf(lane, now) ?? []);

/** Those through which nobody comes at present. */
export const shutLanes = (run: Run, now: number): readonly LaneNote[] =>
	laneNotes(run, now).filter(({mark}) => mark !== 'working');
