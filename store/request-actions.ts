import type {Command} from '../source/domain/command.ts';
import {toUsd} from '../source/domain/money.ts';
import type {Answer, Request} from '../source/domain/request.ts';
import {openRequests, type Run} from '../source/domain/run.ts';
import {type Outcome, type Rule, ui, type View} from './action.ts';
import {answerInput, type UiAction} from './reduce-ui.ts';
import {type RequestsOverlay, topOverlay, transcriptOf} from './ui.ts';

/**
 * How long a request must have been on screen before one key may say yes to it, ms. A key pressed twice must not
 * allow what nobody has read.
 */
const readingMs = 400;

type Shown = {readonly run: Run; readonly overlay: RequestsOverlay; readonly request: Request};

/** The request on screen, if it can still be answered. */
const shownRequest = ({run, ui: state}: Pick<View, 'run' | 'ui'>): Shown | undefined => {
	const overlay = topOverlay(state);
	if (run === undefined || overlay?.kind !== 'requests' || overlay.requestId === undefined) return undefined;
	const request = run.requests[overlay.requestId];
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

/** After an answer: on to the oldest of the other requests, or out when there is none. */
const goOn = ({run, overlay, request}: Shown, now: number): UiAction => {
	const next = openRequests(run).find(other => other.id !== request.id);
	if (next === undefined) return {type: 'overlay.close'};
	return {
		type: 'overlay.replace',
		overlay: {
			...overlay,
			requestId: next.id,
			appearedAt: now,
			input: undefined,
			top: 0,
			sending: false,
			problem: undefined,
		},
	};
};

export const sendAnswer = (view: View, answer: Answer): Outcome =>
	withShown(view, shown => {
		const command: Command = {
			type: 'request.answer',
			runId: shown.run.id,
			requestId: shown.request.id,
			answer,
		};
		return {kind: 'send', command, after: [goOn(shown, view.now)]};
	});

const byRequests = (step: 1 | -1): Rule => ({
	disabled: ({run}) => (run === undefined || openRequests(run).length === 0 ? 'Nothing waits for you.' : undefined),
	act: view =>
		withShown(view, ({run, overlay}) => {
			const open = openRequests(run);
			const at = open.findIndex(request => request.id === overlay.requestId);
			// From a request that is answered by now, both ways lead to the oldest.
			const next = at === -1 ? open[0] : open[(at + step + open.length) % open.length];
			if (next === undefined || next.id === overlay.requestId) return ui();
			return ui({
				type: 'overlay.replace',
				overlay: {...overlay, requestId: next.id, appearedAt: undefined, top: 0, problem: undefined},
			});
		}),
});

/** A round sum with room for more than the next turn. */
const suggestedUsd = (request: Request): string =>
	request.ask.kind === 'budget' ? Math.max(0.01, toUsd(request.ask.needed) * 2).toFixed(2) : '';

/** Answering what waits for a person. */
export const requestActions = {
	'request.allow': {
		disabled: unless(({request, overlay}, {now}) => {
			if (overlay.sending) return 'It is being sent.';
			if (request.ask.kind === 'question') return 'A question is answered in words: press Enter.';
			if (request.ask.kind === 'budget') return 'Press r to raise the budget, or d to stop the run.';
			return overlay.appearedAt !== undefined && now - overlay.appearedAt < readingMs
				? 'This is the next request: read it, then press a again.'
				: undefined;
		}),
		act: view => sendAnswer(view, {kind: 'approve'}),
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
		disabled: unless(({request}) => (request.ask.kind === 'question' ? undefined : 'This is not a question.')),
		act: () => ui({type: 'answer.input', input: answerInput('text')}),
	},
	'request.raise': {
		disabled: unless(({request}) => (request.ask.kind === 'budget' ? undefined : 'This is not about the budget.')),
		act: view =>
			withShown(view, ({request}) => ui({type: 'answer.input', input: answerInput('raise', suggestedUsd(request))})),
	},
	'request.next': byRequests(1),
	'request.previous': byRequests(-1),
	'request.asker': {
		disabled: view =>
			shownRequest(view)?.request.agentId === undefined ? 'No agent stands behind this request.' : undefined,
		act: view =>
			withShown(view, ({request: {agentId}}) =>
				agentId === undefined ? ui() : ui({type: 'overlay.open', overlay: transcriptOf(agentId)}),
			),
	},
} as const satisfies Readonly<Record<string, Rule>>;
