import type {Command} from '../source/domain/command.ts';
import type {Answer, Request} from '../source/domain/request.ts';
import {openRequests, type Run, requestIn} from '../source/domain/run.ts';
import {type Outcome, open, type Rule, ui, type View} from './action.ts';
import {amountText, raiseTo} from './amount.ts';
import {answerInput} from './reduce-ui.ts';
import {type Choice, choicesOf, reachesOf} from './request-choices.ts';
import {type RequestsOverlay, topOverlay, transcriptOf} from './ui.ts';

/**
 * How long a request must have been on screen before one key may answer it, ms. A key pressed twice must not answer
 * what nobody has read.
 */
const readingMs = 400;

type Shown = {readonly run: Run; readonly overlay: RequestsOverlay; readonly request: Request};

/** The request on screen, if it can still be answered. */
const shownRequest = ({run, ui: state}: Pick<View, 'run' | 'ui'>): Shown | undefined => {
	const overlay = topOverlay(state);
	if (run === undefined || overlay?.kind !== 'requests' || overlay.requestId === undefined) return undefined;
	const request = requestIn(run, overlay.requestId);
	return request === undefined ? undefined : {run, overlay, request};
};

const withShown = (view: View, act: (shown: Shown) => Outcome): Outcome => {
	const shown = shownRequest(view);
	return shown === undefined ? ui() : act(shown);
};

const unless =
	(problem: (shown: Shown, view: View) => string | undefined) =>
	(view: View): string | undefined => {
		const shown = shownRequest(view);
		if (shown === undefined) return 'Nothing waits for you.';
		if (shown.request.status.kind !== 'open')
			return `This request was ${shown.request.status.kind} already; press ↓ for the next.`;
		return problem(shown, view);
	};

/** Why one key may not answer just now. */
const tooSoon = ({overlay}: Shown, {now}: View): string | undefined => {
	if (overlay.sending) return 'It is being sent.';
	return overlay.appearedAt !== undefined && now - overlay.appearedAt < readingMs
		? 'This is the next request: read it, then press the key again.'
		: undefined;
};

/** On to the oldest of the other requests, or out when there is none. */
const goOn =
	(answered: Request) =>
	({run, ui: state, now}: View) => {
		const overlay = topOverlay(state);
		const next = run === undefined ? undefined : openRequests(run).find(({id}) => id !== answered.id);
		if (overlay?.kind !== 'requests' || next === undefined) return [{type: 'overlay.close'} as const];
		const blank = {input: undefined, top: 0, sending: false, problem: undefined};
		return [{type: 'overlay.replace', overlay: {...overlay, ...blank, requestId: next.id, appearedAt: now}} as const];
	};

export const sendAnswer = (view: View, answer: Answer): Outcome =>
	withShown(view, ({run, request}) => {
		const command: Command = {type: 'request.answer', runId: run.id, requestId: request.id, answer};
		return {kind: 'send', command, after: goOn(request)};
	});

const byRequests = (step: 1 | -1): Rule => ({
	disabled: ({run}) => (run === undefined || openRequests(run).length === 0 ? 'Nothing waits for you.' : undefined),
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
const noYes = ({ask}: Request): string | undefined => {
	switch (ask.kind) {
		case 'question':
		case 'blocker':
			return 'This is answered in words: press Enter.';
		case 'unknown':
			return 'Say what came of it: press 1 or 2, or Enter for your own words.';
		case 'budget':
			return 'Press r to raise the limit, f to finish what runs, or d to stop.';
		case 'plan':
		case 'call':
		case 'network':
		case 'lane':
			return undefined;
		default:
			return ask satisfies never;
	}
};

/** Which ready answer a digit names, in the order in which they stand in the card. */
const numbered = (view: View): readonly Choice[] => {
	const shown = shownRequest(view);
	if (shown === undefined) return [];
	return shown.overlay.input?.kind === 'reach' ? reachesOf(shown.run, shown.request) : choicesOf(shown.request);
};

/** Answering what waits for a person. */
export const requestActions = {
	'request.allow': {
		disabled: unless((shown, view) => noYes(shown.request) ?? tooSoon(shown, view)),
		act: view => sendAnswer(view, {kind: 'approve'}),
	},
	'request.allowMore': {
		disabled: unless(({run, request}) => {
			if (request.ask.kind !== 'call' && request.ask.kind !== 'network')
				return 'Only calls and hosts can be allowed for longer.';
			return reachesOf(run, request).length === 0
				? 'There is no safe rule for such a call: it can be allowed once only.'
				: undefined;
		}),
		act: () => ui({type: 'answer.input', input: {kind: 'reach', at: 0}}),
	},
	'request.deny': {
		disabled: unless(({request}) =>
			request.ask.kind === 'plan'
				? 'A plan is approved as a whole, or its steps are rejected one by one: press Esc, then x on a step.'
				: undefined,
		),
		act: () => ui({type: 'answer.input', input: answerInput('deny')}),
	},
	'request.reply': {
		disabled: unless(({request: {ask}}) =>
			ask.kind === 'question' || ask.kind === 'blocker' || ask.kind === 'unknown'
				? undefined
				: 'This is not answered in words.',
		),
		act: () => ui({type: 'answer.input', input: answerInput('text')}),
	},
	'request.choose': {
		disabled: unless((shown, view) =>
			numbered(view).length === 0
				? 'Nothing here is answered by a number.'
				: shown.overlay.input === undefined
					? tooSoon(shown, view)
					: undefined,
		),
		act: (view, key) => {
			const choice = numbered(view)[Number(key) - 1];
			return choice === undefined
				? {kind: 'problem', text: `There is no answer ${key} here.`}
				: sendAnswer(view, choice.answer);
		},
	},
	'request.raise': {
		disabled: unless(({request}) => (request.ask.kind === 'budget' ? undefined : 'This is not about a limit.')),
		act: view =>
			withShown(view, ({request: {ask}}) =>
				ask.kind === 'budget'
					? ui({type: 'answer.input', input: answerInput('raise', amountText(ask.what, raiseTo(ask)))})
					: ui(),
			),
	},
	'request.finish': {
		disabled: unless((shown, view) =>
			shown.request.ask.kind === 'budget' ? tooSoon(shown, view) : 'This is not about a limit.',
		),
		act: view => sendAnswer(view, {kind: 'finish'}),
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
