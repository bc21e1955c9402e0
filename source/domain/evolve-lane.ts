import type {Happening} from './event.ts';
import {type Lane, openLane} from './lane.ts';
import {agentIn, type Run} from './run.ts';

const setLane = (run: Run, name: string, change: (lane: Lane) => Lane): Run => ({
	...run,
	lanes: {...run.lanes, [name]: change(run.lanes[name] ?? openLane(name))},
});

/** The lanes of a run after an event; a good reply shows that the provider keeps up. */
export const evolveLanes = (run: Run, {event, at}: Happening): Run => {
	switch (event.type) {
		case 'lane.paused': {
			const {until, failure, failures, width} = event;
			return setLane(run, event.lane, lane => ({
				...lane,
				state: {kind: 'paused', since: lane.state.kind === 'paused' ? lane.state.since : at, until, failure},
				failures,
				width,
				streak: 0,
			}));
		}
		case 'lane.opened':
			return setLane(run, event.lane, lane => ({...lane, state: {kind: 'open'}}));
		case 'lane.closed':
			return setLane(run, event.lane, lane => ({
				...lane,
				state: {kind: 'closed', since: at, failure: event.failure},
				width: 1,
				streak: 0,
			}));
		case 'lane.widened':
			return setLane(run, event.lane, lane => ({...lane, width: event.width, streak: 0}));
		case 'turn.finished': {
			// The reply of a turn that was out when the lane paused does not say that the way is free.
			const name = agentIn(run, event.agentId)?.turn?.model.provider;
			const lane = name === undefined ? undefined : run.lanes[name];
			return lane?.state.kind !== 'open'
				? run
				: setLane(run, lane.name, known => ({...known, failures: 0, streak: known.streak + 1}));
		}
		default:
			return run;
	}
};
