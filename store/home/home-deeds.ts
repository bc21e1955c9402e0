import type {RunId} from '../../source/domain/id.ts';

/** What came of it, in words. */
export type HomeAnswer = {readonly done: boolean; readonly words: string};

/** What can be done to a run without a window on it. Whatever goes wrong is said in the answer. */
export type HomeDeeds = {
	/** Pauses a run; one that is paused, or that nobody carries, goes on. */
	readonly pause: (runId: RunId) => Promise<HomeAnswer>;
	readonly stop: (runId: RunId) => Promise<HomeAnswer>;
};
