import {always, type Outcome, type Rule, ui, type View} from './action.ts';
import {sayKey} from './say-key.ts';
import {type TranscriptOverlay, topOverlay} from './ui.ts';

const withTranscript = (view: View, change: (overlay: TranscriptOverlay) => TranscriptOverlay): Outcome => {
	const overlay = topOverlay(view.ui);
	return overlay?.kind === 'transcript' ? ui({type: 'overlay.replace', overlay: change(overlay)}) : ui();
};

/** To another match, round and round. The first time it is the one nearest to the end. */
const toMatch = (view: View, step: 1 | -1 | 0): Outcome => {
	const seen = view.facts.transcript;
	return withTranscript(view, overlay => {
		const count = seen?.matches ?? 0;
		if (seen === undefined || count === 0) return {...overlay, typing: false, match: undefined};
		const match =
			step === 0 || overlay.match === undefined
				? count - 1
				: (Math.min(overlay.match, count - 1) + step + count) % count;
		return {...overlay, typing: false, match, anchor: seen.toMatch(match)};
	});
};

const search = (step: 1 | -1): Rule => ({
	disabled: ({ui: state, facts, keymap}) => {
		const overlay = topOverlay(state);
		if (overlay?.kind !== 'transcript' || overlay.query.text === '')
			return `Nothing is searched for: press ${sayKey(keymap, 'search.open')} first.`;
		return (facts.transcript?.matches ?? 0) === 0 ? `"${overlay.query.text}" is not in this transcript.` : undefined;
	},
	act: view => toMatch(view, step),
});

/** Following, filtering and searching what was said and done. */
export const logActions = {
	'log.follow': {
		disabled: always,
		act: ({ui: {log}, facts}) => {
			const top = facts.log[Math.max(0, facts.log.length - facts.pageRows.log)];
			const newest = facts.log.at(-1);
			const stay = log.anchor === undefined && top !== undefined && newest !== undefined;
			return ui({type: 'log.anchor', anchor: stay ? {top, newest} : undefined});
		},
	},
	'log.details': {disabled: always, act: () => ui({type: 'log.details'})},
	'log.filter': {disabled: always, act: () => ui({type: 'log.typing', typing: true})},
	'filter.keep': {disabled: always, act: () => ui({type: 'log.typing', typing: false})},
	'search.open': {
		disabled: always,
		act: view => withTranscript(view, overlay => ({...overlay, typing: true})),
	},
	'search.start': {disabled: always, act: view => toMatch(view, 0)},
	'search.next': search(1),
	'search.previous': search(-1),
} as const satisfies Readonly<Record<string, Rule>>;
