import {onceOnlyWords} from '../source/domain/once-only.ts';
import type {Answer, Ask, Request} from '../source/domain/request.ts';
import {openRequests} from '../source/domain/run.ts';
import {type Outcome, open, type Rule, ui, type View} from './action.ts';
import {amountText, raiseTo} from './amount.ts';
import {noWords, yesWords} from './answer-key-words.ts';
import type {Keymap} from './keymap.ts';
import {openSet} from './many-actions.ts';
import {openAnswer} from './open-answer.ts';
import {transcriptOf} from './overlay.ts';
import {choicesOf, reachesOf} from './request-choices.ts';
import {markedSet, type RequestSet, setsOf} from './request-sets.ts';
import {sayKey} from './say-key.ts';
import {closedWords, shownRequest, tooSoon, unlessShown, withShown} from './shown-request.ts';
import {topOverlay} from './ui.ts';
import {latestWaiting} from './waiting-answer.ts';

export const giveAnswer = (view: View, answer: Answer): Outcome =>
	withShown(view, ({request}) => ({kind: 'answer', answers: [{requestId: request.id, answer}]}));

const byRequests = (step: 1 | -1): Rule => ({
	disabled: view => {
		const [first, second] = view.run === undefined ? [] : openRequests(view.run);
		if (first === undefined) return 'Nothing waits for you.';
		return second === undefined && first.id === shownRequest(view)?.request.id
			? 'Nothing else waits for you.'
			: undefined;
	},
	act: view =>
		withShown(view, ({run, overlay}) => {
			const waiting = openRequests(run);
			const at = waiting.findIndex(request => request.id === overlay.requestId);
			// From a request that is answered by now, both ways lead to the oldest.
			const next = at === -1 ? waiting[0] : waiting[(at + step + waiting.length) % waiting.length];
			if (next === undefined || next.id === overlay.requestId) return ui();
			return ui({
				type: 'overlay.replace',
				overlay: {...overlay, requestId: next.id, appearedAt: undefined, top: 0, problem: undefined},
			});
		}),
});

/** What else than a plain yes a request wants; undefined when it may have one. */
const noYes = ({ask}: Request, keymap: Keymap): string | undefined => {
	switch (ask.kind) {
		case 'question':
		case 'blocker':
			return `This is answered in words: press ${sayKey(keymap, 'request.reply')}.`;
		case 'unknown':
			return `Say what came of it: press 1 or 2, or ${sayKey(keymap, 'request.reply')} for your own words.`;
		case 'budget':
			return `Press ${sayKey(keymap, 'request.raise')} to raise the limit, ${sayKey(keymap, 'request.finish')} to finish what runs, or ${sayKey(keymap, 'request.deny')} to stop.`;
		case 'plan':
		case 'call':
		case 'network':
		case 'lane':
			return undefined;
		default:
			return ask satisfies never;
	}
};

/** What each digit comes to, in the order in which the choices stand on screen. */
const numbered = (view: View): readonly Outcome[] => {
	const shown = shownRequest(view);
	if (shown === undefined) return [];
	const {run, request, overlay} = shown;
	if (overlay.input?.kind === 'sets') return setsOf(run, view.ui, overlay).map(set => openSet(view, set));
	const choices = overlay.input?.kind === 'reach' ? reachesOf(run, request) : choicesOf(request);
	return choices.map(({answer}) => giveAnswer(view, answer));
};

/** Whether what is on screen is to be answered in words. */
const wantsWords = (view: View): boolean => {
	const shown = shownRequest(view);
	if (shown === undefined || closedWords(view, shown) !== undefined) return false;
	const {kind} = shown.request.ask;
	return kind === 'question' || kind === 'blocker' || kind === 'unknown';
};

/** What a key does to the request on screen. */
const wordsFor = (view: View, words: (ask: Ask) => string | undefined): string | undefined => {
	const ask = shownRequest(view)?.request.ask;
	return ask === undefined ? undefined : words(ask);
};

/** What a yes or a no is about as long as something is marked, rather than the request on screen. */
const markedOf = ({run, ui: state}: View): RequestSet | undefined => {
	const overlay = topOverlay(state);
	return run === undefined || overlay?.kind !== 'requests' ? undefined : markedSet(run, state, overlay);
};

/** While something is marked, the key leads to the list of it, where the same key answers all. */
const unlessMarked = (verb: 'allow' | 'deny', rule: Rule): Rule => ({
	disabled: view => (markedOf(view) === undefined ? rule.disabled(view) : undefined),
	notYet: view => (markedOf(view) === undefined ? rule.notYet?.(view) : undefined),
	word: view => {
		const marked = markedOf(view);
		return marked === undefined ? rule.word?.(view) : `${verb} the ${marked.requests.length} marked`;
	},
	act: (view, key) => {
		const marked = markedOf(view);
		return marked === undefined ? rule.act(view, key) : openSet(view, marked);
	},
});

/** Answering what waits for a person. */
export const requestActions = {
	'request.allow': unlessMarked('allow', {
		disabled: unlessShown((shown, view) => noYes(shown.request, view.keymap)),
		notYet: tooSoon,
		word: view => wordsFor(view, yesWords),
		act: view => giveAnswer(view, {kind: 'approve'}),
	}),
	'request.allowMore': {
		disabled: unlessShown(({run, request}) => {
			if (request.ask.kind !== 'call' && request.ask.kind !== 'network')
				return 'Only calls and hosts can be allowed for longer.';
			return reachesOf(run, request).length === 0
				? onceOnlyWords(request.ask.kind === 'call' ? request.ask.rule : '')
				: undefined;
		}),
		act: () => ui({type: 'answer.input', input: {kind: 'reach', at: 0}}),
	},
	'request.deny': unlessMarked('deny', {
		disabled: unlessShown(({request}, {keymap}) =>
			request.ask.kind === 'plan'
				? `A plan is approved as a whole, or its steps are rejected one by one: press ${sayKey(keymap, 'back')}, then ${sayKey(keymap, 'step.reject')} on a step.`
				: undefined,
		),
		word: view => wordsFor(view, noWords),
		act: view => openAnswer(view, 'deny'),
	}),
	'request.reply': {
		disabled: view =>
			!wantsWords(view) && latestWaiting(view.ui) === undefined ? 'This is not answered in words.' : undefined,
		word: view => (wantsWords(view) ? undefined : 'send now'),
		act: view => (wantsWords(view) ? openAnswer(view, 'text') : {kind: 'sendAnswers'}),
	},
	'request.choose': {
		disabled: unlessShown((_, view) =>
			numbered(view).length === 0 ? 'Nothing here is answered by a number.' : undefined,
		),
		// Who chooses how far a yes reaches has read what it is about.
		notYet: view => (shownRequest(view)?.overlay.input === undefined ? tooSoon(view) : undefined),
		act: (view, key) => {
			const choice = numbered(view)[Number(key) - 1];
			return choice ?? {kind: 'problem', text: `There is no answer ${key} here.`};
		},
	},
	'request.raise': {
		disabled: unlessShown(({request}) => (request.ask.kind === 'budget' ? undefined : 'This is not about a limit.')),
		act: view =>
			withShown(view, ({request: {ask}}) =>
				ask.kind === 'budget' ? openAnswer(view, 'raise', amountText(ask.what, raiseTo(ask))) : ui(),
			),
	},
	'request.finish': {
		disabled: unlessShown(({request}) => (request.ask.kind === 'budget' ? undefined : 'This is not about a limit.')),
		notYet: tooSoon,
		act: view => giveAnswer(view, {kind: 'finish'}),
	},
	'request.next': byRequests(1),
	'request.previous': byRequests(-1),
	'request.asker': {
		disabled: view =>
			shownRequest(view)?.request.agentId === undefined ? 'No agent stands behind this request.' : undefined,
		act: view =>
			withShown(view, ({request: {agentId}}) => (agentId === undefined ? ui() : open(transcriptOf(agentId)))),
	},
} as const satisfies Readonly<Record<string, Rule>>;
