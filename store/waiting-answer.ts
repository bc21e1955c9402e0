import type {RequestId} from '../source/domain/id.ts';
import type {Answer, Request} from '../source/domain/request.ts';
import {openRequests, type Run} from '../source/domain/run.ts';
import type {AnswerInput} from './overlay.ts';
import type {UiState} from './ui.ts';

export type GivenAnswer = {readonly requestId: RequestId; readonly answer: Answer};

/**
 * What a person answered a moment ago, to one request or to several at once. Nobody but the window knows of it: until
 * it is sent it can be taken back, and a window that dies before has not given it.
 */
export type WaitingAnswer = {
	/** Never empty, and of each request there is one at most among all that wait: the first one names it. */
	readonly answers: readonly GivenAnswer[];
	/** What was being entered, for who takes it back. */
	readonly input: AnswerInput | undefined;
	/** When it is sent, ms since 1970. */
	readonly until: number;
	/** It is on its way and cannot be taken back. */
	readonly sending: boolean;
};

/** By what a waiting answer is known. */
export const nameOf = ({answers}: WaitingAnswer): RequestId | undefined => answers[0]?.requestId;

/** The answer that a request was given and that is not yet told. */
export const givenTo = (ui: Pick<UiState, 'answers'>, requestId: RequestId): GivenAnswer | undefined =>
	ui.answers.flatMap(({answers}) => answers).find(given => given.requestId === requestId);

/** What still waits for the person, oldest first. */
export const unanswered = (run: Run, ui: Pick<UiState, 'answers'>): readonly Request[] =>
	openRequests(run).filter(({id}) => givenTo(ui, id) === undefined);

/** The latest answer that can still be taken back. */
export const latestWaiting = (ui: Pick<UiState, 'answers'>): WaitingAnswer | undefined =>
	ui.answers.findLast(({sending}) => !sending);
