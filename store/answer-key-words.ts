import type {Ask} from '../source/domain/request.ts';
import {stopWords} from './stop-words.ts';

/** What the key for a yes does; undefined where it plainly allows, or where there is no yes. */
export const yesWords = ({kind}: Ask): string | undefined =>
	kind === 'plan' ? 'approve all' : kind === 'lane' ? 'try again' : undefined;

/** What the key for a no does; undefined where it plainly denies. */
export const noWords = (ask: Ask): string | undefined => {
	switch (ask.kind) {
		case 'question':
			return 'leave it to the agent';
		case 'blocker':
			return 'give it up';
		case 'budget':
			return stopWords(ask);
		case 'unknown':
			return 'you do not know';
		case 'lane':
			return 'give up those that wait';
		case 'plan':
		case 'call':
		case 'network':
			return undefined;
		default:
			return ask satisfies never;
	}
};
