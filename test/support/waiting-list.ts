import type {RunId} from '../../source/domain/id.ts';
import type {Ask} from '../../source/domain/request.ts';
import type {Waiting} from '../../source/domain/waiting.ts';
import type {WaitingSource} from '../../store/waiting-source.ts';

/** A request of another run, the `n`-th of all: the lower, the older. */
export const waitingOf = (runId: RunId, n: number, ask: Ask = {kind: 'plan'}): Waiting => ({
	runId,
	goal: `Mend the ${runId.slice('run_'.length)}`,
	requestId: `request_${runId.slice('run_'.length)}_${n}`,
	openedAt: n,
	asker: ask.kind === 'plan' ? undefined : `miller-${n}`,
	ask,
});

/** What waits in all runs, as a test says. */
export const createWaitingList = (
	first: readonly Waiting[] = [],
): WaitingSource & {readonly become: (waiting: readonly Waiting[]) => void} => {
	let list = first;
	const listeners = new Set<() => void>();
	return {
		read: () => list,
		watch: onChange => {
			listeners.add(onChange);
			return () => void listeners.delete(onChange);
		},
		become: waiting => {
			list = waiting;
			for (const listener of listeners) listener();
		},
	};
};
