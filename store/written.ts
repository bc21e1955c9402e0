import {type Run, requestIn} from '../source/domain/run.ts';
import type {KeptAnswers} from './kept-answers.ts';
import type {KeptForms} from './kept-forms.ts';
import {type TextHistory, unsentIn} from './text-history.ts';
import type {Prompt, UiState} from './ui.ts';

/** What was written to the agents of a run, in forms about it and in answer to its requests. It outlives the window on it, though not the program. */
export type Written = {
	readonly drafts: Prompt['drafts'];
	readonly history: TextHistory;
	readonly forms: KeptForms;
	readonly answers: KeptAnswers;
	/** What nobody has got, with the name of the agent it is meant for. */
	readonly unsent: readonly {readonly name: string; readonly text: string}[];
};

export const nothingWritten: Written = {drafts: {}, history: [], forms: [], answers: [], unsent: []};

/** As it is when the window is left. What is on its way by then is not kept: it would be sent twice. */
export const writtenIn = (
	run: Run | undefined,
	{forms, keptAnswers, prompt: {drafts, history, sending}}: UiState,
): Written => {
	const kept: typeof drafts = Object.fromEntries(
		Object.entries(drafts).filter(
			([id, draft]) => unsentIn(history, draft).trim() !== '' && !sending.some(to => to === id),
		),
	);
	const nameOf = (id: string): string => run?.agents.find(agent => agent.id === id)?.name ?? id;
	return {
		drafts: kept,
		history,
		forms,
		// Of a request that is answered nothing is answered any more.
		answers: keptAnswers.filter(({requestId}) => requestIn(run, requestId)?.status.kind === 'open'),
		unsent: Object.entries(kept).map(([id, draft]) => ({name: nameOf(id), text: unsentIn(history, draft)})),
	};
};
