/** How many hooks run at once, and how many more may wait for their turn. */
const atOnceMax = 4;
export const waitingMax = 100;

/** Work that ends soon after `abort` and never rejects. */
export type Job = (abort: AbortSignal) => Promise<void>;

export type HookQueue = {
	/** False when too many wait already: those keep their place, and this one is left out. */
	readonly add: (job: Job) => boolean;
	/** Resolves when nothing runs and nothing waits. */
	readonly settled: () => Promise<void>;
	/** Cut off what runs, and let go of what waits. Answers how many that were. */
	readonly abandon: () => number;
};

/** Runs a few jobs at a time, in the order in which they came, never within the call that brings them. */
export const createHookQueue = (soon: (call: () => void) => void): HookQueue => {
	let waiting: Job[] = [];
	const running = new Set<AbortController>();
	let idle: (() => void)[] = [];

	const start = (): void => {
		while (running.size < atOnceMax) {
			const job = waiting.shift();
			if (job === undefined) break;
			const controller = new AbortController();
			running.add(controller);
			void job(controller.signal).finally(() => {
				running.delete(controller);
				start();
			});
		}
		if (running.size > 0) return;
		for (const call of idle) call();
		idle = [];
	};

	return {
		add: job => {
			if (waiting.length >= waitingMax) return false;
			waiting.push(job);
			soon(start);
			return true;
		},
		settled: () =>
			new Promise(resolve => {
				idle.push(resolve);
				soon(start);
			}),
		abandon: () => {
			const left = waiting.length + running.size;
			waiting = [];
			for (const controller of running) controller.abort();
			return left;
		},
	};
};
