import type {RunEvent} from '../../source/domain/event.ts';
import type {Ask, Reach} from '../../source/domain/request.ts';
import {agentIn, type Run, requestIn} from '../../source/domain/run.ts';
import {amount} from '../parts/amount.ts';
import {failureWords} from '../parts/failure-words.ts';
import {fullWords, limitWords} from '../parts/limit-words.ts';

/** A request that opens, as what follows the name of who asks. */
export const asked = (ask: Ask): string => {
	switch (ask.kind) {
		case 'plan':
			return 'The plan waits for your approval.';
		case 'call':
			return `asks to ${ask.preview.title}`;
		case 'question':
			return `asks: ${ask.question}`;
		case 'blocker':
			return `cannot go on: ${ask.problem}${ask.tried === '' ? '' : ` Tried: ${ask.tried}`}`;
		case 'budget':
			return `The limit of ${limitWords(ask)}, ${amount(ask.what, ask.limit)}, ${fullWords(ask)}.`;
		case 'unknown':
			return `was stopped in the middle of a call: ${ask.preview.title}. What came of it is not known.`;
		case 'network':
			return `asks to reach ${ask.host}`;
		case 'lane':
			return `${ask.lane} is closed, ${failureWords(ask.failure)}`;
		default:
			return ask satisfies never;
	}
};

const reaches: Readonly<Record<Reach, string>> = {
	once: 'once',
	agent: 'for one agent',
	run: 'for this run',
	always: 'always',
};

/** What was answered, by whom, to whom. */
export const answered = (event: Extract<RunEvent, {type: 'request.answered'}>, run: Run | undefined): string => {
	const by = event.by === 'person' ? 'You' : 'Policy';
	const request = requestIn(run, event.requestId);
	const {agentId} = request ?? {};
	const who = agentId === undefined ? '' : ` to ${agentIn(run, agentId)?.name ?? agentId}`;
	switch (event.answer.kind) {
		case 'approve': {
			const {reach} = event.answer;
			return `${by} said yes${who}${reach === undefined ? '' : `, ${reaches[reach]}`}.`;
		}
		case 'deny':
			return `${by} said no${who}${event.answer.reason === '' ? '.' : `: ${event.answer.reason}`}`;
		case 'text':
			return `${by} answered${who}: ${event.answer.text}`;
		case 'raise': {
			const ask = request?.ask;
			const to = ask?.kind === 'budget' ? amount(ask.what, event.answer.limit) : String(event.answer.limit);
			return `${by} raised the limit to ${to}.`;
		}
		case 'finish':
			return `${by} said: finish what runs.`;
		default:
			return event.answer satisfies never;
	}
};

/** What an agent, or every agent, may do from now on without asking. */
export const granted = ({rule, reach, agentId}: Extract<RunEvent, {type: 'grant.added'}>): string =>
	`${agentId === undefined ? 'Every agent may' : 'may'} do ${rule} ${reaches[reach]}.`;
