import type {RequestId} from '../source/domain/id.ts';
import type {AnswerInput, TypedInput} from './overlay.ts';

/** What was typed in answer to a request and never sent. */
export type KeptAnswer = {readonly requestId: RequestId; readonly input: TypedInput};

/** Answers that were left with something typed in them, one of a kind to a request, until they are opened again. */
export type KeptAnswers = readonly KeptAnswer[];

/** The answer, when a person typed something in it: not a proposal that nobody touched, nor a choice. */
export const typedAnswer = (
	requestId: RequestId | undefined,
	input: AnswerInput | undefined,
): KeptAnswer | undefined => {
	if (requestId === undefined || input === undefined || !('buffer' in input)) return undefined;
	return input.buffer.isProposal === true || input.buffer.text.trim() === '' ? undefined : {requestId, input};
};

/** The answer of that kind to a request, as it was left. */
export const keptAnswer = (
	answers: KeptAnswers,
	requestId: RequestId | undefined,
	kind: AnswerInput['kind'] | undefined,
): KeptAnswer | undefined => answers.find(one => one.requestId === requestId && one.input.kind === kind);

export const withoutAnswer = (
	answers: KeptAnswers,
	requestId: RequestId | undefined,
	kind: AnswerInput['kind'] | undefined,
): KeptAnswers => answers.filter(one => one.requestId !== requestId || one.input.kind !== kind);

export const withAnswer = (answers: KeptAnswers, answer: KeptAnswer | undefined): KeptAnswers =>
	answer === undefined ? answers : [...withoutAnswer(answers, answer.requestId, answer.input.kind), answer];
