import {expect, test} from 'vitest';
import {mergeDeltas} from '../../source/providers/merge-deltas.ts';

test('deltas that came in together are joined as far as they are of one kind', () => {
	expect(
		mergeDeltas([
			{type: 'thinking', delta: 'a'},
			{type: 'thinking', delta: 'b'},
			{type: 'text', delta: 'c'},
			{type: 'tool_input', name: 'grep', delta: '{'},
			{type: 'tool_input', name: 'grep', delta: '}'},
			{type: 'tool_input', name: 'glob', delta: '{}'},
		]),
	).toEqual([
		{type: 'thinking', delta: 'ab'},
		{type: 'text', delta: 'c'},
		{type: 'tool_input', name: 'grep', delta: '{}'},
		{type: 'tool_input', name: 'glob', delta: '{}'},
	]);
});
