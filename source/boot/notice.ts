import {askWords} from '../../components/parts/ask-words.ts';
import {cut} from '../../components/text/fit.ts';
import {sanitiseLine} from '../../components/text/sanitise.ts';
import {agentIn, openRequests, type Run} from '../domain/run.ts';
import type {Waiting} from '../domain/waiting.ts';
import type {Claim} from './claims.ts';
import type {noticeKinds} from './config-schema.ts';
import {askInOneLine} from './request-words.ts';

export type NoticeKind = (typeof noticeKinds)[number];

/** What else a notice depends on. */
type Surroundings = {
	/** Whether nobody was told of a request yet. */
	readonly claim: Claim;
	/** How many requests wait in other runs. */
	readonly elsewhere: number;
};

/** So many columns of what is asked are told: how much more waits must not be cut off. */
const askMax = 90;
const goalMax = 30;

/** `news` requests are new, of all that wait. */
const askedWords = (who: string, asked: string, news: number, all: number): string => {
	const more = news > 1 ? ` and ${news - 1} more` : '';
	return `${who}: ${cut(asked, askMax)}${more}${all > news ? ` (${all} wait for you)` : ''}`;
};

/** What a person who looks elsewhere should hear of between two states of a run, in words; undefined when nothing. */
export const noticeOf = (
	before: Run,
	run: Run,
	{claim, elsewhere}: Surroundings = {claim: () => true, elsewhere: 0},
): string | undefined => {
	const {status} = run;
	if (status.kind === 'ended')
		return before.status.kind === 'ended' || status.outcome === 'stopped'
			? undefined
			: `${status.outcome}: ${status.reason}`;
	const waiting = openRequests(run);
	const known = new Set(openRequests(before).map(({id}) => id));
	const news = waiting.filter(({id}) => !known.has(id) && claim({runId: run.id, requestId: id}));
	const [asked] = news;
	if (asked !== undefined) {
		const who = agentIn(run, asked.agentId)?.name ?? 'flotilla';
		return askedWords(`${who} asks`, askWords(run, asked.ask), news.length, waiting.length + elsewhere);
	}
	return run.warned === before.warned ? undefined : `a limit is nearly used up: ${run.goal}`;
};

/** The same of what waits in other runs; `here` is how many requests wait beside those. */
export const noticeOfOthers = (
	before: readonly Waiting[],
	waiting: readonly Waiting[],
	{claim, here}: {readonly claim: Claim; readonly here: number},
): string | undefined => {
	const known = new Set(before.map(({runId, requestId}) => `${runId} ${requestId}`));
	const news = waiting.filter(one => !known.has(`${one.runId} ${one.requestId}`) && claim(one));
	const [asked] = news;
	if (asked === undefined) return undefined;
	const who = `${asked.asker ?? 'flotilla'} asks in “${cut(asked.goal, goalMax)}”`;
	return askedWords(who, askInOneLine(asked.ask), news.length, waiting.length + here);
};

const wordsMax = 200;

/** How notifications of the desktop are written for a terminal. */
export type NoticeForm = {readonly code: 9 | 99 | 777; readonly tmux: boolean};

const desktopCode = (words: string, code: NoticeForm['code']): string => {
	switch (code) {
		case 9:
			return `\u001b]9;flotilla: ${words}\u0007`;
		case 99:
			return `\u001b]99;;flotilla: ${words}\u001b\\`;
		case 777:
			return `\u001b]777;notify;flotilla;${words.replaceAll(';', ',')}\u0007`;
		default:
			return code satisfies never;
	}
};

/** Through tmux to the terminal around it, where its person allows that. */
const throughTmux = (code: string): string => `\u001bPtmux;${code.replaceAll('\u001b', '\u001b\u001b')}\u001b\\`;

/** The codes by which a terminal calls its person: nothing in the words acts on it. */
export const noticeCode = (kind: NoticeKind, words: string, {code, tmux}: NoticeForm): string => {
	switch (kind) {
		case 'off':
			return '';
		case 'bell':
			return '\u0007';
		case 'desktop': {
			const written = desktopCode(sanitiseLine(words).slice(0, wordsMax), code);
			return tmux ? throughTmux(written) : written;
		}
		default:
			return kind satisfies never;
	}
};
