import {raiseTo, readAmount, unitOf} from '../../store/amount.ts';
import {choicesOf} from '../../store/request-choices.ts';
import type {Answer, Ask, Reach, Request} from '../domain/request.ts';
import {Problem} from './problem.ts';

/** Whether a bare yes is an answer that nobody has to weigh: words are not, and neither is more money. */
export const takesYes = ({kind}: Ask): boolean =>
	kind === 'plan' || kind === 'call' || kind === 'network' || kind === 'lane';

/** A yes; of a limit that was reached, the raise that the window proposes. Throws a Problem where words are wanted. */
export const yesTo = ({id, ask}: Request, reach: Reach | undefined): Answer => {
	if (reach !== undefined && reach !== 'once' && ask.kind !== 'call' && ask.kind !== 'network')
		throw new Problem(
			`--reach goes with calls and hosts; ${id} is about ${ask.kind === 'plan' ? 'the plan' : 'neither'}.`,
		);
	switch (ask.kind) {
		case 'plan':
		case 'lane':
			return {kind: 'approve'};
		case 'call':
		case 'network':
			return reach === undefined ? {kind: 'approve'} : {kind: 'approve', reach};
		case 'budget':
			return {kind: 'raise', limit: raiseTo(ask)};
		case 'question':
		case 'blocker':
			throw new Problem(`${id} is answered in words: flotilla reply ${id} "<text>".`);
		case 'unknown':
			throw new Problem(
				`Say what came of it: flotilla reply ${id} 1 (it was done), 2 (it was not), or your own words.`,
			);
		default:
			return ask satisfies never;
	}
};

/** An amount with its unit or without: `5`, `$5`, `5usd`, `20 turns`. */
const bareAmount = (text: string): string =>
	text.trim().replace(/\s*(usd|dollars|tokens|turns|calls|minutes|min)$/i, '');

/** What was said to a request: words, the number of a ready answer, or a new limit. Throws a Problem when it is none. */
export const replyTo = (request: Request, text: string): Answer => {
	const {id, ask} = request;
	switch (ask.kind) {
		case 'question':
		case 'unknown': {
			const ready = choicesOf(request);
			const same = ready.find(({words}) => words.toLowerCase() === text.trim().toLowerCase());
			const chosen = /^\d+$/.test(text.trim()) ? ready[Number(text) - 1] : same;
			return chosen?.answer ?? {kind: 'text', text};
		}
		case 'blocker':
			return {kind: 'text', text};
		case 'budget': {
			if (/^finish$/i.test(text.trim())) return {kind: 'finish'};
			const read = readAmount(ask.what, bareAmount(text));
			if ('amount' in read) return {kind: 'raise', limit: read.amount};
			throw new Problem(
				`"${text}" is no answer to a limit. Say the new one in ${unitOf[ask.what]}, or \`finish\` to let those at work report: flotilla reply ${id} <amount|finish>.`,
			);
		}
		case 'plan':
		case 'call':
		case 'network':
		case 'lane':
			throw new Problem(
				`${id} is not answered in words: flotilla approve ${id}, or flotilla deny ${id} --reason "<why>".`,
			);
		default:
			return ask satisfies never;
	}
};
