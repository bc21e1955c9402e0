import {age} from '../../components/parts/age.ts';
import {estimateWords} from '../../components/parts/estimate.ts';
import {sanitiseLine} from '../../components/text/sanitise.ts';
import {readAmount, unitOf} from '../../store/amount.ts';
import {onceOnlyWords} from '../domain/once-only.ts';
import {stepsOf} from '../domain/plan.ts';
import type {Answer, Ask, Reach, Request} from '../domain/request.ts';
import type {Run} from '../domain/run.ts';
import {askerOf, askInOneLine, blockedBy} from './request-words.ts';

/** Many lines of others are set in, so that none of them can pass for a question of ours. */
const quoted = (text: string): string => text.replaceAll(/^/gm, '  ');

const planQuestion = (run: Run): string =>
	[
		`The plan (${estimateWords(run)}):`,
		...stepsOf(run.plan).map(step => sanitiseLine(`  ${step.key}: ${step.title} (${step.role})`)),
		'Approve it? [y/n] ',
	].join('\n');

const grantWords = (grant: string | undefined): string =>
	grant === undefined
		? '[y] once, [n] no, or the reason why not'
		: sanitiseLine(`[y] once, [a] this agent, [r] this run, [w] always: ${grant}; [n] no, or the reason why not`);

/** What may be typed. */
const choicesOf = (ask: Exclude<Ask, {kind: 'plan'}>): string => {
	switch (ask.kind) {
		case 'call':
			return `${ask.preview.body === '' ? '' : `${quoted(ask.preview.body)}\n`}Allow it? ${grantWords(ask.grant)}: `;
		case 'network':
			return `Allow it? ${grantWords(ask.grant)}: `;
		case 'question':
			return `${ask.choices.map((choice, i) => `  ${i + 1}) ${sanitiseLine(choice)}\n`).join('')}> `;
		case 'blocker':
			return `${ask.tried === '' ? '' : `${sanitiseLine(`  tried: ${ask.tried}`)}\n`}Say what helps, or n to give it up: `;
		case 'unknown':
			return 'Flotilla was stopped while it ran. [d] it was done, [o] it was not, [n] nobody knows, or words: ';
		case 'budget':
			return ask.of === undefined && (ask.scope === 'run' || ask.scope === 'day')
				? `New limit in ${unitOf[ask.what]}, [f] let those at work finish, or [n] stop: `
				: `New limit in ${unitOf[ask.what]}, [f] let it report now, or [n] give it up: `;
		case 'lane':
			return 'Try it again? [y] yes, [n] give up who waits for it: ';
		default:
			return ask satisfies never;
	}
};

/** Who asks, since when, and what cannot go on meanwhile; then the question and what may be typed. `now`: ms since 1970. */
export const questionFor = (run: Run, request: Request, now: number): string => {
	const {ask, openedAt} = request;
	if (ask.kind === 'plan') return planQuestion(run);
	const asker = askerOf(run, request);
	const who = asker === undefined ? '' : `${asker} `;
	const blocked = blockedBy(run, request);
	const stands = [
		...(now - openedAt >= 60_000 ? [`for ${age(now - openedAt)}`] : []),
		...(blocked.length === 0 ? [] : [`blocks ${blocked.join(', ')}`]),
	];
	const verb = ask.kind === 'question' || ask.kind === 'call' || ask.kind === 'network' ? 'asks: ' : '';
	const words = `${who}${verb}${askInOneLine(ask)}${stands.length === 0 ? '' : ` (${stands.join('; ')})`}`;
	return `${sanitiseLine(words)}\n${choicesOf(ask)}`;
};

/** What a person typed: an answer, words on why it is none, or nothing, which leaves the request open. */
export type Read = Answer | {readonly kind: 'again'; readonly words: string} | undefined;

const again = (words: string): Read => ({kind: 'again', words});

const reachOf: Readonly<Record<string, Reach>> = {a: 'agent', r: 'run', w: 'always'};

const readGrant = (text: string, grant: string | undefined, rule: string): Read => {
	if (/^y(es)?$/i.test(text)) return {kind: 'approve'};
	if (/^(no?)?$/i.test(text)) return {kind: 'deny', reason: ''};
	const reach = reachOf[text.toLowerCase()];
	if (reach === undefined) return {kind: 'deny', reason: text};
	return grant === undefined ? again(onceOnlyWords(rule)) : {kind: 'approve', reach};
};

const orLeft = (text: string): Read => (text === '' ? undefined : {kind: 'text', text});

export const readAnswer = (ask: Ask, text: string): Read => {
	const yes = /^y(es)?$/i.test(text);
	const no = /^no?$/i.test(text);
	switch (ask.kind) {
		case 'plan':
			return yes ? {kind: 'approve'} : undefined;
		case 'call':
		case 'network':
			return readGrant(text, ask.grant, ask.kind === 'call' ? ask.rule : '');
		case 'question':
			return orLeft((/^\d+$/.test(text) ? ask.choices[Number(text) - 1] : undefined) ?? text);
		case 'blocker':
			return no ? {kind: 'deny', reason: ''} : orLeft(text);
		case 'unknown':
			if (no) return {kind: 'deny', reason: ''};
			if (/^d$/i.test(text)) return {kind: 'text', text: 'It was done.'};
			return /^o$/i.test(text) ? {kind: 'text', text: 'It was not done.'} : orLeft(text);
		case 'budget': {
			if (text === '') return undefined;
			if (no) return {kind: 'deny', reason: ''};
			if (/^f$/i.test(text)) return {kind: 'finish'};
			const read = readAmount(ask.what, text);
			return 'amount' in read ? {kind: 'raise', limit: read.amount} : again(read.problem);
		}
		case 'lane':
			if (yes) return {kind: 'approve'};
			if (no) return {kind: 'deny', reason: ''};
			return text === '' ? undefined : again('Type y or n.');
		default:
			return ask satisfies never;
	}
};
