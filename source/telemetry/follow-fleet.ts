import type {Stamped} from '../domain/event.ts';
import type {RunId} from '../domain/id.ts';
import type {FleetPort} from '../engine/port.ts';
import type {Fact} from './fact.ts';
import {followRun, type RunFollower} from './follow-run.ts';

/** How many stored events are read at once. */
const slice = 1000;

/** What is stored of a run before an event, folded. */
const rebuild = async (port: FleetPort, {runId, seq}: Stamped): Promise<RunFollower | undefined> => {
	let follower: RunFollower | undefined;
	for (let after = 0; ; ) {
		const page = await port.history({runId, after, before: seq, limit: slice});
		for (const stamped of page) {
			if (stamped.event.type === 'run.created') follower = followRun(runId, stamped.at);
			follower?.take(stamped);
			after = stamped.seq;
		}
		if (page.length < slice) return follower;
	}
};

/**
 * Tells what ends in the fleet after the event of this number, each once. What of it began before is read from the history of its run,
 * when the first new event of that run comes. `onDefect` is told why nothing more is told.
 */
export const followFleet = (
	port: FleetPort,
	after: number,
	onFact: (fact: Fact) => void,
	onDefect: (error: unknown) => void,
): {readonly close: () => Promise<void>} => {
	const followers = new Map<RunId, RunFollower>();
	/** What has come of runs whose history is still being read. */
	const waiting = new Map<RunId, Stamped[]>();
	const reading = new Set<Promise<void>>();
	let leave = (): void => {};
	let isBroken = false;

	const stop = (error: unknown): void => {
		if (isBroken) return;
		isBroken = true;
		leave();
		onDefect(error);
	};

	const tell = (follower: RunFollower, stamped: Stamped): void => {
		for (const fact of follower.take(stamped)) onFact(fact);
		if (follower.isOver()) followers.delete(stamped.runId);
		else followers.set(stamped.runId, follower);
	};

	const catchUp = async (first: Stamped, queue: readonly Stamped[]): Promise<void> => {
		try {
			const follower = await rebuild(port, first);
			waiting.delete(first.runId);
			if (follower !== undefined) for (const stamped of queue) tell(follower, stamped);
		} catch (error) {
			stop(error);
		}
	};

	const take = (stamped: Stamped): void => {
		const {runId, event, at} = stamped;
		const queue = waiting.get(runId);
		const follower = event.type === 'run.created' ? followRun(runId, at) : followers.get(runId);
		if (queue !== undefined) queue.push(stamped);
		else if (follower !== undefined) tell(follower, stamped);
		else {
			const opened = [stamped];
			waiting.set(runId, opened);
			const read = catchUp(stamped, opened).finally(() => reading.delete(read));
			reading.add(read);
		}
	};

	leave = port.subscribe(
		{after},
		{
			onEvents: batch => {
				if (isBroken) return;
				try {
					for (const stamped of batch) take(stamped);
				} catch (error) {
					stop(error);
				}
			},
			onSignal: () => {},
		},
	);

	return {
		close: async () => {
			leave();
			await Promise.all(reading);
		},
	};
};
