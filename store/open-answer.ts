import {type Outcome, ui, type View} from './action.ts';
import {keptAnswer} from './kept-answers.ts';
import {isBackNotice} from './kept-words.ts';
import type {TypedInput} from './overlay.ts';
import {withShown} from './shown-request.ts';
import {proposedText} from './text-buffer.ts';

/** A place to type the answer to the request on screen: with what was typed in it and never sent, else with a proposal. */
export const openAnswer = (view: View, kind: TypedInput['kind'], proposal = ''): Outcome =>
	withShown(view, ({request}) => {
		const kept = keptAnswer(view.ui.keptAnswers, request.id, kind);
		return kept === undefined
			? ui({type: 'answer.input', input: {kind, buffer: proposedText(proposal)}})
			: ui({type: 'answer.input', input: {...kept.input, since: view.now}}, {type: 'notice', notice: isBackNotice});
	});
