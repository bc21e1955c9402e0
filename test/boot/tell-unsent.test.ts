import {expect, test} from 'vitest';
import {tellUnsent} from '../../source/boot/tell-unsent.ts';
import type {RunId} from '../../source/domain/id.ts';
import {nothingWritten, type Written} from '../../store/written.ts';
import {fakeTerminal} from './fake-terminal.ts';

test('what was never sent stands on a line each, with whom or what it was for', () => {
	const {terminal, heard} = fakeTerminal(true);
	const unsent = [
		{place: 'to scout-1', text: 'look again:\n\n- at a\n'},
		{place: 'to builder-1', text: 'stay \u001b[31mcalm'},
		{place: 'in "New step"', text: 'Title: Count gulls\nObjective: All of them.'},
		{place: 'in answer to request_b1_7', text: 'the old one'},
	];
	const written = new Map<RunId, Written>([
		['run_a1', nothingWritten],
		['run_b1', {...nothingWritten, unsent}],
	]);
	tellUnsent({terminal, written});
	expect(heard.stderr.split('\n')).toEqual([
		'Not sent to scout-1 of run_b1: look again: - at a',
		expect.stringMatching(/^Not sent to builder-1 of run_b1: stay .*calm$/),
		'Not sent in "New step" of run_b1: Title: Count gulls Objective: All of them.',
		'Not sent in answer to request_b1_7 of run_b1: the old one',
		'',
	]);
	expect(heard.stderr).not.toContain('\u001b');
});
