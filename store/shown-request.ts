import type {Request} from '../source/domain/request.ts';
import {type Run, requestIn} from '../source/domain/run.ts';
import {type Outcome, ui, type View} from './action.ts';
import type {RequestsOverlay} from './overlay.ts';
import {sayKey} from './say-key.ts';
import {topOverlay, type UiState} from './ui.ts';
import {givenTo} from './waiting-answer.ts';

/**
 * How long a request must have been on screen before one key may answer it, ms. A key pressed twice must not answer
 * what nobody has read.
 */
const readingMs = 400;

export const readFirst = 'read it, then press the key again.';

export type Shown = {readonly run: Run; readonly overlay: RequestsOverlay; readonly request: Request};

/** The request on screen. */
export const shownRequest = ({run, ui: state}: Pick<View, 'run' | 'ui'>): Shown | undefined => {
	const overlay = topOverlay(state);
	if (run === undefined || overlay?.kind !== 'requests' || overlay.requestId === undefined) return undefined;
	const request = requestIn(run, overlay.requestId);
	return request === undefined ? undefined : {run, overlay, request};
};

export const withShown = (view: View, act: (shown: Shown) => Outcome): Outcome => {
	const shown = shownRequest(view);
	return shown === undefined ? ui() : act(shown);
};

/** Why the request on screen cannot be answered any more. */
export const closedWords = (view: View, {request}: Shown): string | undefined => {
	if (request.status.kind !== 'open')
		return `This request was ${request.status.kind} already; press ${sayKey(view.keymap, 'request.next')} for the next.`;
	return givenTo(view.ui, request.id) === undefined
		? undefined
		: `You have answered this: ${sayKey(view.keymap, 'answer.takeBack')} takes it back.`;
};

export const unlessShown =
	(problem: (shown: Shown, view: View) => string | undefined) =>
	(view: View): string | undefined => {
		const shown = shownRequest(view);
		return shown === undefined ? 'Nothing waits for you.' : (closedWords(view, shown) ?? problem(shown, view));
	};

/** How long until one key may answer what is on screen, a request or a list of them, ms; undefined when it may. */
export const readingLeft = (state: UiState, now: number): number | undefined => {
	const overlay = topOverlay(state);
	if (overlay?.kind !== 'requests') return undefined;
	const {input, appearedAt} = overlay;
	const since = input !== undefined && 'since' in input ? input.since : appearedAt;
	const left = since === undefined ? 0 : since + readingMs - now;
	return left > 0 ? left : undefined;
};

/** Why one key may not answer just now. */
export const tooSoon = (view: View): string | undefined => {
	const overlay = shownRequest(view)?.overlay;
	if (overlay === undefined) return undefined;
	if (overlay.sending) return 'It is being sent.';
	if (readingLeft(view.ui, view.now) === undefined) return undefined;
	const {input} = overlay;
	if (input !== undefined && 'buffer' in input && input.since !== undefined)
		return `This is what you entered before: ${readFirst}`;
	return `${overlay.isElsewhere ? 'This is a request of another run' : 'This is the next request'}: ${readFirst}`;
};
