import type {Answer, Ask, Reach} from '../../source/domain/request.ts';
import {type Run, requestIn} from '../../source/domain/run.ts';
import type {GivenAnswer, WaitingAnswer} from '../../store/waiting-answer.ts';
import {amount} from './amount.ts';
import {askWords} from './ask-words.ts';

const reachWords: Readonly<Record<Reach, string>> = {
	once: 'allow',
	agent: 'allow for this agent',
	run: 'allow for this run',
	always: 'allow always',
};

/** An answer to what was asked, in a word or two. */
export const answerWord = (answer: Answer, ask: Ask | undefined): string => {
	switch (answer.kind) {
		case 'approve':
			return reachWords[answer.reach ?? 'once'];
		case 'deny':
			return 'deny';
		case 'text':
			return `"${answer.text}"`;
		case 'raise':
			return ask?.kind === 'budget' ? `raise to ${amount(ask.what, answer.limit)}` : 'raise the limit';
		case 'finish':
			return 'finish what runs';
		default:
			return answer satisfies never;
	}
};

const subjectOf = (run: Run, {requestId}: GivenAnswer, others: number): string => {
	const request = requestIn(run, requestId);
	if (others > 0) return `${others + 1} requests`;
	return request === undefined ? '' : askWords(run, request.ask);
};

/** What was answered and waits to be sent, the latest of it, behind what its keys do: those must not be cut off. */
export const waitingWords = (run: Run, answers: readonly WaitingAnswer[], keys: string): string | undefined => {
	const waiting = answers.filter(({sending}) => !sending);
	const latest = waiting.at(-1);
	const [first, ...others] = latest?.answers ?? [];
	if (first === undefined) return undefined;
	const more = waiting.length > 1 ? ` (and ${waiting.length - 1} before)` : '';
	return `answered · ${keys} · ${answerWord(first.answer, requestIn(run, first.requestId)?.ask)} — ${subjectOf(run, first, others.length)}${more}`;
};
