import type {Ask} from '../../source/domain/request.ts';
import type {Run} from '../../source/domain/run.ts';
import {amount} from './amount.ts';
import {limitWords} from './limit-words.ts';

/** What is asked, in one sentence. */
export const askWords = (run: Run, ask: Ask): string => {
	switch (ask.kind) {
		case 'plan':
			return `approve the plan of ${run.plan?.order.length ?? 0} steps`;
		case 'call':
			return ask.preview.title;
		case 'question':
			return ask.question;
		case 'blocker':
			return `cannot go on: ${ask.problem}`;
		case 'budget':
			return `the limit of ${limitWords(ask)}, ${amount(ask.what, ask.limit)}, is reached: the next turn may need ${amount(ask.what, ask.needed)} in all`;
		case 'unknown':
			return `what came of: ${ask.preview.title}?`;
		case 'network':
			return `reach ${ask.host} over the network`;
		case 'lane':
			return `${ask.lane} is closed: ${ask.failure.message}`;
		default:
			return ask satisfies never;
	}
};

/** Which keys answer it. */
export const answerWords = (ask: Ask): string => {
	switch (ask.kind) {
		case 'plan':
			return 'a approve all · or Esc, and approve, edit, hold, split and reject its steps one by one';
		case 'call':
		case 'network':
			return `a allow once · ${ask.grant === undefined ? '' : 'A for longer · '}d deny, with a reason that is told`;
		case 'question':
			return `${ask.choices.length > 0 ? 'its number · ' : ''}Enter answer in words · d leave it to the agent`;
		case 'blocker':
			return 'Enter help it with words · d give it up';
		case 'budget':
			return `r raise · f finish what runs · d stop ${ask.scope === 'run' || ask.scope === 'day' ? 'the run' : 'the agent'}`;
		case 'unknown':
			return 'its number · Enter say it in words · d you do not know either';
		case 'lane':
			return 'a try again · d give up those that wait for it';
		default:
			return ask satisfies never;
	}
};
