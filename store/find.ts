import type {AgentId, RunId} from '../source/domain/id.ts';
import type {Excerpt, SearchHit, SearchPage, SearchQuery} from '../source/engine/port.ts';
import type {FoundHit} from './found-hits.ts';
import {emptyText, type TextBuffer} from './text-buffer.ts';

/** What was found for a text, in all runs or in one. */
export type Found = {
	readonly text: string;
	readonly scope: FindScope;
	readonly page: Omit<SearchPage, 'hits'> & {readonly hits: readonly FoundHit[]};
};

type FindScope = 'all' | 'run';

/** Words are looked for in all that was said and done, while they are typed. */
export type FindOverlay = {
	readonly kind: 'find';
	readonly query: TextBuffer;
	readonly scope: FindScope;
	/** By its event; undefined: the first. */
	readonly chosen: number | undefined;
	/** What was found last, perhaps for less than what stands there by now. */
	readonly found: Found | undefined;
};

/** An event of any run, and the words found there: in the transcript of its agent, or without one in the log. */
export type Place = {
	readonly runId: RunId;
	readonly agentId: AgentId | undefined;
	readonly seq: number;
	readonly words: string;
};

export const firstFind: FindOverlay = {
	kind: 'find',
	query: emptyText,
	scope: 'all',
	chosen: undefined,
	found: undefined,
};

/** So many places are listed. */
const hitsMax = 100;

/** Of what is typed the last word may go on, once it has so many letters that not everything begins so. */
const openWord = /[\p{L}\p{N}]{3}$/u;

export const findQuery = ({query, scope}: FindOverlay, runId: RunId | undefined): SearchQuery => {
	const text = query.text.trimStart();
	const isQuoted = text.split('"').length % 2 === 0;
	return {
		text: openWord.test(text) && !isQuoted ? `${text}*` : text,
		limit: hitsMax,
		...(scope === 'run' && runId !== undefined ? {runId} : {}),
	};
};

/** While words are typed, what was found for those before stands there; without any, nothing. */
export const hitsIn = ({query, found}: FindOverlay): readonly FoundHit[] =>
	query.text.trim() === '' ? [] : (found?.page.hits ?? []);

/** Whether what stands there was found for less than what is asked by now. */
export const isSearching = ({query, scope, found}: FindOverlay): boolean =>
	query.text.trim() !== '' && (found?.text !== query.text || found.scope !== scope);

/** Why nothing of what stands there can be opened; undefined when something can. */
export const noHit = (overlay: FindOverlay): string | undefined => {
	if (isSearching(overlay)) return 'It is being searched for: a moment.';
	return chosenHit(overlay) === undefined ? 'Nothing is found that could be opened.' : undefined;
};

/** The place Enter opens: the chosen one, or the first that is listed. */
export const chosenHit = (overlay: FindOverlay): FoundHit | undefined =>
	hitsIn(overlay).find(({seq}) => seq === overlay.chosen) ?? hitsIn(overlay)[0];

/** The overlay with another place chosen. `landing` says where a movement from a place among so many leads. */
export const movedHit = (overlay: FindOverlay, landing: (at: number, count: number) => number): FindOverlay => {
	const hits = hitsIn(overlay);
	const chosen = chosenHit(overlay);
	const next = hits[landing(chosen === undefined ? 0 : hits.indexOf(chosen), hits.length)];
	return {...overlay, chosen: next?.seq};
};

/** The first words that were found, as they stand there, with those that follow upon them. */
const wordsIn = (excerpt: Excerpt): string => {
	const first = excerpt.findIndex(({isMatch}) => isMatch);
	if (first === -1) return '';
	const rest = excerpt.slice(first);
	const end = rest.findIndex(({text, isMatch}) => !isMatch && text !== ' ');
	const found = rest.slice(0, end === -1 ? rest.length : end);
	return found
		.map(({text}) => text)
		.join('')
		.trimEnd();
};

export const placeOf = ({runId, agentId, seq, excerpt}: SearchHit): Place => ({
	runId,
	agentId,
	seq,
	words: wordsIn(excerpt),
});
