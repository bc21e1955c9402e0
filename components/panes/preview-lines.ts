import type {Preview} from '../../source/domain/call.ts';
import {sanitise} from '../text/sanitise.ts';
import {type Line, span} from '../text/spans.ts';
import {wrapLine} from '../text/wrap.ts';
import type {Tone} from '../theme.ts';

const diffTone = (line: string): Tone => {
	if (line.startsWith('+++') || line.startsWith('---')) return 'strong';
	if (line.startsWith('@@')) return 'hunk';
	if (line.startsWith('+')) return 'added';
	return line.startsWith('-') ? 'removed' : 'plain';
};

/** What a call would do, line by line: a diff in its colours, a command behind a prompt, text as it is. */
export const previewLines = ({body, format}: Preview, width: number): readonly Line[] => {
	if (body.trim() === '') return [];
	const lines = sanitise(body).trimEnd().split('\n');
	// Nobody should say yes to what they cannot read: long lines are wrapped, never cut.
	const rows = (line: string, room: number): readonly string[] =>
		wrapLine(line, Math.max(1, room)).map(row => row.text);
	switch (format) {
		case 'diff':
			return lines.flatMap(line => rows(line, width).map(row => [span(row, diffTone(line))]));
		case 'command':
			return lines.flatMap((line, i) =>
				rows(line, width - 2).map((row, j) => [span(i + j === 0 ? '$ ' : '  ', 'muted'), span(row, 'strong')]),
			);
		case 'text':
			return lines.flatMap(line => rows(line, width).map(row => [span(row)]));
		default:
			return format satisfies never;
	}
};
