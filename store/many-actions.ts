import type {RequestId} from '../source/domain/id.ts';
import type {Answer} from '../source/domain/request.ts';
import {type Outcome, type Rule, ui, type View} from './action.ts';
import {isPlain, type RequestSet, setsOf} from './request-sets.ts';
import {sayKey} from './say-key.ts';
import {readFirst, readingLeft, unlessShown, withShown} from './shown-request.ts';
import {topOverlay} from './ui.ts';
import {unanswered} from './waiting-answer.ts';

/** The set to look at, before one key answers it. */
export const openSet = ({now}: View, {words, requests}: RequestSet): Outcome =>
	ui({type: 'answer.input', input: {kind: 'many', words, requests, since: now}});

/** Why one key may not answer them all just now. */
const manyTooSoon = (view: View): string | undefined => {
	const overlay = topOverlay(view.ui);
	if (overlay?.kind !== 'requests' || overlay.input?.kind !== 'many') return undefined;
	if (overlay.sending) return 'It is being sent.';
	return readingLeft(view.ui, view.now) === undefined ? undefined : `This is a list: ${readFirst}`;
};

const stillOpen = ({run, ui: state}: View): readonly RequestId[] => {
	const overlay = topOverlay(state);
	if (run === undefined || overlay?.kind !== 'requests' || overlay.input?.kind !== 'many') return [];
	const open = new Set(unanswered(run, state).map(({id}) => id));
	return overlay.input.requests.filter(id => open.has(id));
};

/** Why nothing is answered yet: how far a yes reaches, or what is answered, is still being chosen. */
const chooseFirst = ({ui: state, keymap}: View): string | undefined => {
	const overlay = topOverlay(state);
	const kind = overlay?.kind === 'requests' ? overlay.input?.kind : undefined;
	const keys = `press its number, or ${sayKey(keymap, 'form.send')}.`;
	if (kind === 'sets') return `Choose first what to answer together: ${keys}`;
	return kind === 'reach' ? `Choose first how far the yes reaches: ${keys}` : undefined;
};

const answerMany = (answer: Answer): Rule => ({
	disabled: view =>
		chooseFirst(view) ?? (stillOpen(view).length === 0 ? 'All of them were answered meanwhile.' : undefined),
	notYet: manyTooSoon,
	act: view => ({kind: 'answer', answers: stillOpen(view).map(requestId => ({requestId, answer}))}),
});

/** Answering several requests at once: marking them, choosing which, and one key for all. */
export const manyActions = {
	'request.mark': {
		disabled: unlessShown(({request, run}, {ui: state}) => {
			if (!isPlain(request)) return 'This must be answered by itself.';
			return unanswered(run, state).length > 1 ? undefined : 'Nothing else waits for you.';
		}),
		act: view =>
			withShown(view, ({overlay, request: {id}}) => {
				const {marked} = overlay;
				return ui({
					type: 'overlay.replace',
					overlay: {...overlay, marked: marked.includes(id) ? marked.filter(other => other !== id) : [...marked, id]},
				});
			}),
	},
	'request.many': {
		disabled: view => {
			const overlay = topOverlay(view.ui);
			const mark = sayKey(view.keymap, 'request.mark');
			return view.run !== undefined && overlay?.kind === 'requests' && setsOf(view.run, view.ui, overlay).length > 0
				? undefined
				: `Nothing here is like another: mark requests with ${mark} to answer them together.`;
		},
		act: () => ui({type: 'answer.input', input: {kind: 'sets', at: 0}}),
	},
	'many.allow': answerMany({kind: 'approve'}),
	'many.deny': answerMany({kind: 'deny', reason: ''}),
} as const satisfies Readonly<Record<string, Rule>>;
