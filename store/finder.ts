import type {RunId} from '../source/domain/id.ts';
import type {SearchPage, SearchQuery} from '../source/engine/port.ts';
import {type FindOverlay, type Found, findQuery} from './find.ts';
import {foundHits} from './found-hits.ts';

type FinderParts = {
	readonly search: (query: SearchQuery) => Promise<SearchPage>;
	/** Calls once after so many ms; returns the way to call it off. */
	readonly after: (ms: number, call: () => void) => () => void;
	readonly onFound: (found: Found) => void;
};

/** Who types is waited for so long, ms. */
const pauseMs = 120;

/** Searches for what stands in the overlay, as it is told of each change; only what is still wanted is handed on. */
export type Finder = {
	readonly follow: (overlay: FindOverlay | undefined, runId: RunId | undefined) => void;
	/** Nothing is searched for any more. */
	readonly close: () => void;
};

export const createFinder = ({search, after, onFound}: FinderParts): Finder => {
	let wanted: FindOverlay | undefined;
	let callOff = (): void => {};

	const begin = (overlay: FindOverlay, runId: RunId | undefined): void => {
		const {
			query: {text},
			scope,
		} = overlay;
		const hand = (page: SearchPage): void => {
			if (wanted?.query.text === text && wanted.scope === scope)
				onFound({text, scope, page: {...page, hits: foundHits(page.hits)}});
		};
		search(findQuery(overlay, runId)).then(hand, (error: unknown) =>
			hand({hits: [], isWhole: true, problem: error instanceof Error ? error.message : String(error)}),
		);
	};

	const follow: Finder['follow'] = (overlay, runId) => {
		const isSame = wanted?.query.text === overlay?.query.text && wanted?.scope === overlay?.scope;
		wanted = overlay;
		if (isSame) return;
		callOff();
		if (overlay !== undefined && overlay.query.text.trim() !== '')
			callOff = after(pauseMs, () => begin(overlay, runId));
	};

	return {follow, close: () => follow(undefined, undefined)};
};
