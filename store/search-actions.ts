import {always, type Outcome, type Rule, ui, type View} from './action.ts';
import type {MatchPlace} from './overlay.ts';
import {sayKey} from './say-key.ts';
import {emptyText} from './text-buffer.ts';
import {changeTranscript, transcriptIn} from './transcript-actions.ts';

/** Behind every event. */
const theEnd = Number.MAX_SAFE_INTEGER;

const goTo = (view: View, match: MatchPlace): Outcome =>
	changeTranscript(view, {typing: false, match, anchor: {kind: 'match'}, cursor: undefined});

/** Beyond what is loaded, and then from the other end; the present only, for what is read of the past is not all. */
const seek = (view: View, step: 1 | -1, missing: string): Outcome => {
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
			ways: [
				{from: step === 1 ? seen.loaded.last : seen.loaded.first, step},
				{from: step === 1 ? 0 : theEnd, step},
			],
			fits: seen.fits,
		},
		found: (later, seq) => goTo(later, {seq, part: 0, nth: step === 1 ? 0 : -1}),
		missing,
	};
};

/** To another match, or to the nearest one, round and round. */
const toMatch = (view: View, step: 1 | -1): Outcome => {
	const seen = view.facts.transcript;
	const query = transcriptIn(view)?.query.text ?? '';
	const missing = `"${query}" is not in this transcript.`;
	const beside = seen?.matchBeside(step);
	if (beside !== undefined) return goTo(view, beside);
	const isAll = seen?.loaded.whole === true || view.ui.past !== undefined;
	if (!isAll) return seek(view, step, missing);
	const around = seen?.matchFrom(step);
	return around === undefined ? {kind: 'problem', text: missing} : goTo(view, around);
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
			(transcriptIn(view)?.query.text ?? '') === '' ? changeTranscript(view, {typing: false}) : toMatch(view, -1),
	},
	'search.next': search(1),
	'search.previous': search(-1),
} as const satisfies Readonly<Record<string, Rule>>;
