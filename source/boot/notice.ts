import {sanitiseLine} from '../../components/text/sanitise.ts';
import {openRequests, type Run} from '../domain/run.ts';
import type {noticeKinds} from './config-schema.ts';

export type NoticeKind = (typeof noticeKinds)[number];

/** What a person who looks elsewhere should hear of between two states of a run, in words; undefined when nothing. */
export const noticeOf = (before: Run, run: Run): string | undefined => {
	const {status} = run;
	if (status.kind === 'ended')
		return before.status.kind === 'ended' || status.outcome === 'stopped'
			? undefined
			: `${status.outcome}: ${status.reason}`;
	const waiting = openRequests(run).length;
	if (waiting > openRequests(before).length)
		return `${waiting} ${waiting === 1 ? 'waits' : 'wait'} for you: ${run.goal}`;
	return run.warned === before.warned ? undefined : `a limit is nearly used up: ${run.goal}`;
};

const wordsMax = 200;

/** The codes by which a terminal calls its person: nothing in the words acts on it. */
export const noticeCode = (kind: NoticeKind, words: string): string => {
	switch (kind) {
		case 'off':
			return '';
		case 'bell':
			return '\u0007';
		case 'desktop':
			return `\u001b]9;flotilla: ${sanitiseLine(words).slice(0, wordsMax)}\u0007`;
		default:
			return kind satisfies never;
	}
};
