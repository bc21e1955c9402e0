import {type Run, requestIn} from '../source/domain/run.ts';
import {type KeptAnswers, typedAnswer, withAnswer} from './kept-answers.ts';
import {type KeptForms, withForm, writtenText} from './kept-forms.ts';
import {type TextHistory, unsentIn} from './text-history.ts';
import type {Prompt, UiState} from './ui.ts';

/** What was written to the agents of a run, in forms about it and in answer to its requests. It outlives the window on it, though not the program. */
export type Written = {
	readonly drafts: Prompt['drafts'];
	readonly history: TextHistory;
	readonly forms: KeptForms;
	readonly answers: KeptAnswers;
	/** What nobody has got, and where it stands: to whom it is, in which form, in answer to what. */
	readonly unsent: readonly {readonly place: string; readonly text: string}[];
};

export const nothingWritten: Written = {drafts: {}, history: [], forms: [], answers: [], unsent: []};

const draftsIn = ({drafts, history, sending}: Prompt): Prompt['drafts'] =>
	Object.fromEntries(
		Object.entries(drafts).filter(
			([id, draft]) => unsentIn(history, draft).trim() !== '' && !sending.some(to => to === id),
		),
	);

/** Those that were left, and those that are still open: the window may be closed from outside. */
const formsIn = ({forms, overlays}: UiState): KeptForms =>
	overlays.reduce((kept, one) => (one.kind === 'form' && !one.sending ? withForm(kept, one) : kept), forms);

const answersIn = ({keptAnswers, overlays}: UiState): KeptAnswers =>
	overlays.reduce(
		(kept, one) =>
			one.kind === 'requests' && !one.sending ? withAnswer(kept, typedAnswer(one.requestId, one.input)) : kept,
		keptAnswers,
	);

/** As it is when the window is left. What is on its way by then is not kept: it would be sent twice. */
export const writtenIn = (run: Run | undefined, ui: UiState): Written => {
	const {history} = ui.prompt;
	const drafts = draftsIn(ui.prompt);
	const forms = formsIn(ui);
	// Of a request that is answered nothing is answered any more.
	const answers = answersIn(ui).filter(({requestId}) => requestIn(run, requestId)?.status.kind === 'open');
	return {
		drafts,
		history,
		forms,
		answers,
		unsent: [
			...Object.entries(drafts).map(([id, draft]) => ({
				place: `to ${run?.agents.find(agent => agent.id === id)?.name ?? id}`,
				text: unsentIn(history, draft),
			})),
			...forms.map(form => ({place: `in "${form.title}"`, text: writtenText(form)})),
			...answers.map(({requestId, input}) => ({place: `in answer to ${requestId}`, text: input.buffer.text})),
		],
	};
};
