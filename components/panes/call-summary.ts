import type {Preview} from '../../source/domain/call.ts';
import {countsIn} from '../../store/file-use.ts';
import {took} from '../parts/took.ts';
import {type DiffRow, diffRows} from './diff-rows.ts';
import type {CallItem, CallState} from './transcript-item.ts';

const stateWord: Readonly<Record<CallState, string>> = {
	proposed: 'proposed',
	asked: 'needs you',
	allowed: 'allowed, has not begun',
	running: 'working',
	lost: 'outcome unknown, needs you',
	delegated: 'another agent works on it',
	checking: 'the work is checked',
	ok: 'ok',
	error: 'error',
	denied: 'denied',
	cancelled: 'cancelled',
	unknown: 'outcome unknown',
};

/** The last line of what a command printed says how it ended. */
const exitLine = /\n?\[exit code (\d+) after [\d.]+ s\]$/;

const lineCount = (text: string): number => (text === '' ? 0 : text.split('\n').length);

const changed = ({title, body}: Preview): string => {
	const rows = diffRows(body);
	const count = (wanted: DiffRow['kind']): number => rows.filter(({kind}) => kind === wanted).length;
	const {added, removed} = countsIn(title) ?? {added: count('added'), removed: count('removed')};
	return `+${added} -${removed}`;
};

/** What came of a call, in a few words: `exit 0 · 1.2 s · 40 lines`. */
export const callSummary = ({state, output, preview, startedAt, tookMs}: CallItem, now: number): string => {
	const exit = exitLine.exec(output.trimEnd())?.[1];
	const lines = lineCount(output.trimEnd().replace(exitLine, ''));
	const elapsed = state === 'running' && startedAt !== undefined ? now - startedAt : tookMs;
	return [
		exit === undefined ? stateWord[state] : state === 'ok' ? `exit ${exit}` : `${stateWord[state]}, exit ${exit}`,
		...(preview?.format === 'diff' ? [changed(preview)] : []),
		...(elapsed === undefined ? [] : [took(elapsed)]),
		...(lines === 0 ? [] : [lines === 1 ? '1 line' : `${lines} lines`]),
	].join(' · ');
};
