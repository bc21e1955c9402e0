import type {Stamped} from '../domain/event.ts';
import {openRequests, type Run, type RunWord, requestIn, runWord} from '../domain/run.ts';
import type {Moment} from './hook.ts';

/** What an event means to a person. `run` is the run after all that was stored together with the event. */
const momentsOfEvent = ({event}: Stamped, run: Run): readonly Moment[] => {
	switch (event.type) {
		case 'request.opened':
			// A standing permission may have answered it at once; then nobody was needed.
			if (requestIn(run, event.requestId)?.status.kind !== 'open') return [];
			return event.ask.kind === 'budget' ? ['needs_you', 'budget'] : ['needs_you'];
		case 'budget.warned':
			return ['budget'];
		case 'run.ended':
			// Who stopped it knows.
			return event.outcome === 'stopped' ? [] : [event.outcome];
		default:
			return [];
	}
};

/**
 * Whether a run has come to stand still without asking anything, such as by a step that is held. What a command has
 * brought about its sender knows.
 */
const standsStill = (before: RunWord | undefined, {cause}: Stamped, run: Run): boolean =>
	before !== undefined &&
	before !== 'waiting' &&
	runWord(run) === 'waiting' &&
	openRequests(run).length === 0 &&
	!cause.startsWith('command ');

/**
 * What the events of one run that were stored together mean to a person, in order: one entry for each event.
 * `before` is the run's word before them, undefined when it is not known; `run` is the run after them.
 */
export const momentsOf = (
	before: RunWord | undefined,
	events: readonly Stamped[],
	run: Run,
): readonly {readonly stamped: Stamped; readonly moments: readonly Moment[]}[] =>
	events.map(stamped => {
		const moments = momentsOfEvent(stamped, run);
		const isNews = stamped === events.at(-1) && !moments.includes('needs_you') && standsStill(before, stamped, run);
		return {stamped, moments: isNews ? [...moments, 'needs_you'] : moments};
	});
