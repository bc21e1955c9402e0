import type {Preview} from '../../source/domain/call.ts';
import {sanitise} from '../text/sanitise.ts';
import {type Line, span} from '../text/spans.ts';
import type {Tone} from '../theme.ts';

const diffTone = (line: string): Tone => {
	if (line.startsWith('+++') || line.startsWith('---')) return 'strong';
	if (line.startsWith('@@')) return 'hunk';
	if (line.startsWith('+')) return 'added';
	return line.startsWith('-') ? 'removed' : 'plain';
};

/** What a call would do, line by line: a diff in its colours, a command behind a prompt, text as it is. */
export const previewLines = ({body, format}: Preview): readonly Line[] => {
	if (body.trim() === '') return [];
	const lines = sanitise(body).trimEnd().split('\n');
	switch (format) {
		case 'diff':
			return lines.map(line => [span(line, diffTone(line))]);
		case 'command':
			return lines.map((line, i) => [span(i === 0 ? '$ ' : '  ', 'muted'), span(line, 'strong')]);
		case 'text':
			return lines.map(line => [span(line)]);
		default:
			return format satisfies never;
	}
};
