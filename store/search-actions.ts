import {always, type Outcome, type Rule, ui, type View} from './action.ts';
import type {MatchPlace} from './overlay.ts';
import {sayKey} from './say-key.ts';
import type {Seek} from './seek-event.ts';
import {emptyText} from './text-buffer.ts';
import {changeTranscript, transcriptIn} from './transcript-actions.ts';

type Loaded = NonNullable<View['facts']['transcript']>['loaded'];

/** Behind every event. */
const theEnd = Number.MAX_SAFE_INTEGER;

const goTo = (view: View, match: MatchPlace): Outcome =>
	changeTranscript(view, {typing: false, match, anchor: {kind: 'match'}, cursor: undefined});

/** To a match that must be loaded first: until then the screen stays as it is. */
const goBeyond = (view: View, match: MatchPlace): Outcome => {
	const seen = view.facts.transcript;
	if (seen === undefined) return goTo(view, match);
	const {cursor} = seen;
	return changeTranscript(view, {
		typing: false,
		match,
		anchor: {kind: 'match', until: seen.here()},
		cursor: cursor === undefined ? undefined : {seq: cursor.seq, part: cursor.part},
	});
};

const missingWords = (view: View): string => `"${transcriptIn(view)?.query.text ?? ''}" is not in this transcript.`;

/** Whether there is nothing to search beyond what is loaded: what is read of the past is not all, and cannot be sought in. */
const hasAll = ({ui: {past}, facts: {transcript}}: View): boolean =>
	transcript?.loaded.whole === true || past !== undefined;

/** Beyond what is loaded, one way after the other; `nthIn` says which match is meant of those in the event that is found. */
const seek = (view: View, waysFrom: (loaded: Loaded) => Seek['ways'], nthIn: (seq: number) => 0 | -1): Outcome => {
	const {run, facts} = view;
	const overlay = transcriptIn(view);
	const seen = facts.transcript;
	if (run === undefined || overlay === undefined || seen === undefined) return ui();
	return {
		kind: 'seek',
		seek: {
			runId: run.id,
			agentId: overlay.agentId,
			text: overlay.query.text,
			ways: waysFrom(seen.loaded),
			fits: seen.fits,
		},
		found: (later, seq) => goBeyond(later, {seq, part: 0, nth: nthIn(seq)}),
		missing: missingWords(view),
	};
};

/** To another match, round and round. */
const toMatch = (view: View, step: 1 | -1): Outcome => {
	const seen = view.facts.transcript;
	const beside = seen?.matchBeside(step);
	if (beside !== undefined) return goTo(view, beside);
	if (!hasAll(view))
		return seek(
			view,
			({first, last}) => [
				{from: step === 1 ? last : first, step},
				{from: step === 1 ? 0 : theEnd, step},
			],
			() => (step === 1 ? 0 : -1),
		);
	const around = seen?.matchFrom(step);
	return around === undefined ? {kind: 'problem', text: missingWords(view)} : goTo(view, around);
};

/** To the first match from the place where the person is on, or else to the last one before it. */
const toNearest = (view: View): Outcome => {
	const seen = view.facts.transcript;
	if (seen === undefined) return ui();
	const {after, before} = seen.matchesAround();
	const {last, toEnd} = seen.loaded;
	const isAll = hasAll(view);
	const near = after ?? (isAll || toEnd ? before : undefined);
	if (near !== undefined) return goTo(view, near);
	if (isAll) return {kind: 'problem', text: missingWords(view)};
	return seek(
		view,
		() => [
			{from: last, step: 1},
			{from: last + 1, step: -1},
		],
		seq => (seq > last ? 0 : -1),
	);
};

const search = (step: 1 | -1): Rule => ({
	disabled: view =>
		(transcriptIn(view)?.query.text ?? '') === ''
			? `Nothing is searched for: press ${sayKey(view.keymap, 'search.open')} first.`
			: undefined,
	act: view => toMatch(view, step),
});

/** No match is marked any more; the person stays where the search has led. */
export const endSearch = (view: View): Outcome => {
	const seen = view.facts.transcript;
	const isAtMatch = transcriptIn(view)?.anchor.kind === 'match';
	return changeTranscript(view, {
		typing: false,
		query: emptyText,
		match: undefined,
		...(isAtMatch ? {anchor: seen?.here() ?? {kind: 'tail'}, cursor: seen?.cursor} : {}),
	});
};

/** Searching in a transcript. */
export const searchActions = {
	'search.open': {
		disabled: always,
		act: view => {
			// What is typed is looked for from here on.
			const here = view.facts.transcript?.here();
			const anchor = transcriptIn(view)?.anchor;
			return changeTranscript(view, {
				typing: true,
				match: undefined,
				...(anchor?.kind === 'match' && here !== undefined ? {anchor: here} : {}),
			});
		},
	},
	'search.start': {
		disabled: always,
		// When there is nothing, what was typed can be mended.
		act: view =>
			(transcriptIn(view)?.query.text ?? '') === '' ? changeTranscript(view, {typing: false}) : toNearest(view),
	},
	'search.next': search(1),
	'search.previous': search(-1),
} as const satisfies Readonly<Record<string, Rule>>;
