import {askWords} from '../../components/parts/ask-words.ts';
import {sanitiseLine} from '../../components/text/sanitise.ts';
import {agentIn, openRequests, type Run} from '../domain/run.ts';
import type {noticeKinds} from './config-schema.ts';

export type NoticeKind = (typeof noticeKinds)[number];

/** What a person who looks elsewhere should hear of between two states of a run, in words; undefined when nothing. */
export const noticeOf = (before: Run, run: Run): string | undefined => {
	const {status} = run;
	if (status.kind === 'ended')
		return before.status.kind === 'ended' || status.outcome === 'stopped'
			? undefined
			: `${status.outcome}: ${status.reason}`;
	const waiting = openRequests(run);
	const known = new Set(openRequests(before).map(({id}) => id));
	const asked = waiting.find(({id}) => !known.has(id));
	if (asked !== undefined) {
		const who = agentIn(run, asked.agentId)?.name ?? 'flotilla';
		return `${who} asks: ${askWords(run, asked.ask)}${waiting.length > 1 ? ` (${waiting.length} wait for you)` : ''}`;
	}
	return run.warned === before.warned ? undefined : `a limit is nearly used up: ${run.goal}`;
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
