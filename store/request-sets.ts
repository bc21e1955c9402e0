import type {RequestId} from '../source/domain/id.ts';
import type {Request} from '../source/domain/request.ts';
import {agentIn, type Run, requestIn} from '../source/domain/run.ts';
import type {RequestsOverlay} from './overlay.ts';
import {requestKindOf} from './request-kind.ts';
import type {UiState} from './ui.ts';
import {unanswered} from './waiting-answer.ts';

/** Requests that one key may answer together. */
export type RequestSet = {readonly words: string; readonly requests: readonly RequestId[]};

/** Only a plain yes or no can be given to several at once: the rest must be read and answered one by one. */
export const isPlain = ({ask}: Request): boolean => ask.kind === 'call' || ask.kind === 'network';

const askedRuleOf = ({ask}: Request): string | undefined => (ask.kind === 'call' ? ask.rule : undefined);

/** What is marked and has no answer yet; undefined when nothing is. */
export const markedSet = (
	run: Run,
	ui: Pick<UiState, 'answers'>,
	{marked}: Pick<RequestsOverlay, 'marked'>,
): RequestSet | undefined => {
	const requests = unanswered(run, ui).flatMap(request =>
		isPlain(request) && marked.includes(request.id) ? [request.id] : [],
	);
	return requests.length === 0 ? undefined : {words: 'what is marked', requests};
};

/**
 * What can be answered together from here: what is marked, and what is like the request on screen, in one way or
 * another. A set that is the same as one before it is left out.
 */
export const setsOf = (
	run: Run,
	ui: Pick<UiState, 'answers'>,
	overlay: Pick<RequestsOverlay, 'requestId' | 'marked'>,
): readonly RequestSet[] => {
	const {requestId} = overlay;
	const waiting = unanswered(run, ui).filter(isPlain);
	const which = (words: string, fits: (request: Request) => boolean): RequestSet => ({
		words,
		requests: waiting.filter(fits).map(({id}) => id),
	});
	const shown = requestIn(run, requestId);
	const [kind, rule] = shown === undefined ? [] : [requestKindOf(shown), askedRuleOf(shown)];
	const name = agentIn(run, shown?.agentId)?.name;
	const like =
		shown === undefined || !isPlain(shown)
			? []
			: [
					which(`every ${kind} request`, request => requestKindOf(request) === kind),
					...(rule === undefined ? [] : [which(`asked because of: ${rule}`, request => askedRuleOf(request) === rule)]),
					...(name === undefined ? [] : [which(`every request of ${name}`, ({agentId}) => agentId === shown.agentId)]),
				].filter(({requests}) => requests.length > 1);
	const marked = markedSet(run, ui, overlay);
	const sets = [...(marked === undefined ? [] : [marked]), ...like];
	return sets.filter(({requests}, i) => sets.findIndex(other => other.requests.join() === requests.join()) === i);
};
