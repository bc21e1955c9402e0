import type {RequestId, RunId} from './id.ts';
import type {Ask} from './request.ts';

/** A request that waits for a person, as it is told outside of its run. */
export type Waiting = {
	readonly runId: RunId;
	readonly goal: string;
	readonly requestId: RequestId;
	/** ms since 1970. */
	readonly openedAt: number;
	/** The name of the agent that asks; undefined when nobody in particular does. */
	readonly asker: string | undefined;
	readonly ask: Ask;
};
