import {always, type Outcome, type Rule, ui, type View} from './action.ts';
import {countUpTo} from './count-up-to.ts';
import type {ItemPlace, TranscriptFolds, TranscriptOverlay} from './overlay.ts';
import type {TranscriptIndex} from './transcript-index.ts';
import {topOverlay} from './ui.ts';

export const transcriptIn = ({ui: state}: View): TranscriptOverlay | undefined => {
	const overlay = topOverlay(state);
	return overlay?.kind === 'transcript' ? overlay : undefined;
};

type Change = Partial<Omit<TranscriptOverlay, 'kind' | 'agentId'>>;

/**
 * The transcript, changed. What there was to read is remembered when following ends, so that it can be told what came
 * since.
 */
export const changeTranscript = (view: View, change: Change): Outcome => {
	const overlay = transcriptIn(view);
	if (overlay === undefined) return ui();
	const next = {...overlay, ...change};
	const seen = next.anchor.kind === 'tail' ? undefined : (overlay.seen ?? view.facts.transcript?.index?.items);
	return ui({type: 'overlay.replace', overlay: {...next, seen}});
};

/** To an item: the screen stays while it is on it. */
const goTo = (view: View, place: ItemPlace): Outcome => {
	const anchor = view.facts.transcript?.show(place);
	return anchor === undefined ? ui() : changeTranscript(view, {anchor, cursor: place});
};

/** Something there may be many of in the history, and its name for a person. */
type Landmark = {readonly name: string; readonly seqs: (index: TranscriptIndex) => readonly number[]};

const turns: Landmark = {name: 'turn', seqs: index => index.turns};
const calls: Landmark = {name: 'tool call', seqs: index => index.calls};
const failures: Landmark = {name: 'error', seqs: index => index.failures};

const nextOf = (view: View, {seqs}: Landmark, step: 1 | -1): number | undefined => {
	const seen = view.facts.transcript;
	if (seen?.index === undefined) return undefined;
	const at = seen.cursor?.seq ?? Number.POSITIVE_INFINITY;
	const all = seqs(seen.index);
	return step === 1 ? all[countUpTo(all, at)] : all[countUpTo(all, at - 1) - 1];
};

const jump = (landmark: Landmark, step: 1 | -1): Rule => ({
	disabled: view =>
		nextOf(view, landmark, step) === undefined
			? `There is no ${step === 1 ? 'later' : 'earlier'} ${landmark.name} in this transcript.`
			: undefined,
	act: view => {
		const seq = nextOf(view, landmark, step);
		return seq === undefined ? ui() : goTo(view, {seq, part: 0});
	},
});

/** The next failure, and after the last one the first again. */
const nextFailure = (view: View): number | undefined => {
	const index = view.facts.transcript?.index;
	return nextOf(view, failures, 1) ?? (index === undefined ? undefined : failures.seqs(index)[0]);
};

const withFolds = (view: View, change: (folds: TranscriptFolds) => TranscriptFolds): Outcome => {
	const overlay = transcriptIn(view);
	return overlay === undefined ? ui() : changeTranscript(view, {folds: change(overlay.folds)});
};

const turnedAround = (turned: readonly ItemPlace[], {seq, part}: ItemPlace): readonly ItemPlace[] => {
	const others = turned.filter(place => place.seq !== seq || place.part !== part);
	return others.length < turned.length ? others : [...turned, {seq, part}];
};

/** Reading a transcript. */
export const transcriptActions = {
	'transcript.follow': {
		disabled: always,
		word: view => (transcriptIn(view)?.anchor.kind === 'tail' ? 'stay' : undefined),
		act: view => {
			const here = view.facts.transcript?.here();
			const follows = transcriptIn(view)?.anchor.kind === 'tail';
			return changeTranscript(view, {
				anchor: follows && here !== undefined ? here : {kind: 'tail'},
				cursor: undefined,
			});
		},
	},
	'transcript.nextTurn': jump(turns, 1),
	'transcript.previousTurn': jump(turns, -1),
	'transcript.nextCall': jump(calls, 1),
	'transcript.previousCall': jump(calls, -1),
	'transcript.nextFailure': {
		disabled: view => (nextFailure(view) === undefined ? 'Nothing went wrong in this transcript.' : undefined),
		act: view => {
			const seq = nextFailure(view);
			return seq === undefined ? ui() : goTo(view, {seq, part: 0});
		},
	},
	'transcript.fold': {
		disabled: ({facts: {transcript}}) => {
			if (transcript?.cursor === undefined) return 'There is nothing to unfold yet.';
			if (transcript.folding === 'held') return 'It stays unfolded as long as what you search for stands in it.';
			return transcript.folding === undefined ? 'All of it is shown: only calls, thoughts and plans fold.' : undefined;
		},
		word: ({facts: {transcript}}) => (transcript?.folding === 'unfolded' ? 'fold' : undefined),
		act: view => {
			const place = view.facts.transcript?.cursor;
			return place === undefined
				? ui()
				: withFolds(view, folds => ({...folds, turned: turnedAround(folds.turned, place)}));
		},
	},
	'transcript.foldAll': {
		disabled: always,
		act: view => withFolds(view, folds => ({...folds, calls: !folds.calls, turned: []})),
	},
	'transcript.thinking': {
		disabled: always,
		act: view => withFolds(view, folds => ({...folds, thinking: !folds.thinking, turned: []})),
	},
} as const satisfies Readonly<Record<string, Rule>>;
