import type {SearchHit} from '../source/engine/port.ts';

/** A place where words were found, and in how many events of its agent the same words stand: this one is the newest. */
export type FoundHit = SearchHit & {readonly times: number};

/** Whether an excerpt was cut, and where its lines break, depends on what else an event tells. */
const wordsOf = ({excerpt}: SearchHit): string =>
	excerpt
		.map(({text}) => text)
		.join('')
		.replaceAll(/[\s…]+/g, ' ')
		.trim();

/**
 * What was found, the newest first, without what the same agent told again in the same words: a report stands in a call,
 * in what came of it and in the step.
 */
export const foundHits = (hits: readonly SearchHit[]): readonly FoundHit[] => {
	const same = Map.groupBy(hits, hit => JSON.stringify([hit.runId, hit.agentId, wordsOf(hit)]));
	return [...same.values()].flatMap(([newest, ...others]) =>
		newest === undefined ? [] : [{...newest, times: 1 + others.length}],
	);
};
