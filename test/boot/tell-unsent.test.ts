import {expect, test} from 'vitest';
import {tellUnsent} from '../../source/boot/tell-unsent.ts';
import type {RunId} from '../../source/domain/id.ts';
import {nothingWritten, type Written} from '../../store/written.ts';
import {fakeTerminal} from './fake-terminal.ts';

test('each message that was never sent stands on one line, with whom it was for', () => {
	const {terminal, heard} = fakeTerminal(true);
	const unsent = [
		{name: 'scout-1', text: 'look again:\n\n- at a\n'},
		{name: 'builder-1', text: 'stay \u001b[31mcalm'},
	];
	const written = new Map<RunId, Written>([
		['run_a1', nothingWritten],
		['run_b1', {...nothingWritten, unsent}],
	]);
	tellUnsent({terminal, written});
	expect(heard.stderr.split('\n')).toEqual([
		'Not sent to scout-1 of run_b1: look again: - at a',
		expect.stringMatching(/^Not sent to builder-1 of run_b1: stay .*calm$/),
		'',
	]);
	expect(heard.stderr).not.toContain('\u001b');
});
