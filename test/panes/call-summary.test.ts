import {expect, test} from 'vitest';
import {callSummary} from '../../components/panes/call-summary.ts';
import type {CallItem} from '../../components/panes/transcript-item.ts';

const call = (title: string, body: string): CallItem => ({
	kind: 'call',
	seq: 1,
	part: 0,
	callId: 'call_1',
	turnId: 'turn_1',
	tool: 'edit_file',
	input: 'berths.sql',
	detail: '',
	tells: false,
	state: 'ok',
	output: '',
	preview: {title, body, format: 'diff'},
	startedAt: undefined,
	tookMs: undefined,
	endSeq: undefined,
});

test('a change is counted as its title says, for the preview may have been cut', () => {
	const body = '--- /dev/null\n+++ b/tides.md\n@@ -0,0 +1,900 @@\n+one\n[the rest of the change is not shown]';
	expect(callSummary(call('Write tides.md (new file, +900 −0)', body), 0)).toBe('ok · +900 -0');
});

test('without words in the title its lines are counted, also those that look like the name of a file', () => {
	const body = '--- a/berths.sql\n+++ b/berths.sql\n@@ -1,2 +1,2 @@\n--- old berths\n+++ new berths\n select 1;';
	expect(callSummary(call('Edit berths.sql', body), 0)).toBe('ok · +1 -1');
});
