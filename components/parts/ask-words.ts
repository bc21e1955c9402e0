import type {Ask} from '../../source/domain/request.ts';
import {openRequests, type Run} from '../../source/domain/run.ts';
import {noWords, yesWords} from '../../store/answer-key-words.ts';
import type {ActionId, Keymap} from '../../store/keymap.ts';
import {sayKey} from '../../store/say-key.ts';
import {stepsToApprove} from '../../store/to-approve.ts';
import {amount} from './amount.ts';
import {fullWords, limitWords} from './limit-words.ts';

/** What of the run's own limit is used, as long as that is what is asked about. */
const usedWords = (run: Run, ask: Extract<Ask, {kind: 'budget'}>): string =>
	ask.scope === 'run' && openRequests(run).some(request => request.ask === ask)
		? ` (${amount(ask.what, run.spent[ask.what])} used)`
		: '';

/** What a yes approves: the whole plan, or what is left of it when some steps were decided on by themselves. */
const planAskWords = (run: Run): string => {
	const all = run.plan?.order.length ?? 0;
	const waiting = stepsToApprove(run).length;
	// Once it is answered, no step waits any more.
	return waiting === 0 || waiting === all
		? `approve the plan of ${all} ${all === 1 ? 'step' : 'steps'}`
		: `approve ${waiting} of the ${all} steps of the plan`;
};

/** What is asked, in one sentence. */
export const askWords = (run: Run, ask: Ask): string => {
	switch (ask.kind) {
		case 'plan':
			return planAskWords(run);
		case 'call':
			return ask.preview.title;
		case 'question':
			return ask.question;
		case 'blocker':
			return `cannot go on: ${ask.problem}`;
		case 'budget':
			return `the limit of ${limitWords(ask)}, ${amount(ask.what, ask.limit)}${usedWords(run, ask)}, ${fullWords(ask)}`;
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

/** Which keys answer all that is marked: as long as something is, they do not answer the request on screen. */
export const markedWords = (count: number, keymap: Keymap): string =>
	`${sayKey(keymap, 'request.allow')} allow the ${count} marked · ${sayKey(keymap, 'request.deny')} deny the ${count} marked`;

/** Which keys answer it. */
export const answerWords = (ask: Ask, keymap: Keymap): string => {
	const key = (id: ActionId): string => sayKey(keymap, id);
	const deny = key('request.deny');
	const allow = key('request.allow');
	const reply = key('request.reply');
	const yes = `${allow} ${yesWords(ask) ?? 'allow'}`;
	const no = `${deny} ${noWords(ask) ?? 'deny'}`;
	switch (ask.kind) {
		case 'plan':
			return `${yes} · or ${key('back')}, and approve, edit, hold, split and reject its steps one by one`;
		case 'call':
		case 'network':
			return `${yes} once · ${ask.grant === undefined ? '' : `${key('request.allowMore')} allow for longer · `}${no}, with a reason that is told`;
		case 'question':
			return `${ask.choices.length > 0 ? 'its number · ' : ''}${reply} answer in words · ${no}`;
		case 'blocker':
			return `${reply} answer with words that help · ${no}`;
		case 'budget':
			return `${key('request.raise')} raise the limit · ${key('request.finish')} finish what runs · ${no}`;
		case 'unknown':
			return `its number · ${reply} answer in words · ${no} either`;
		case 'lane':
			return `${yes} · ${no} for it`;
		default:
			return ask satisfies never;
	}
};
