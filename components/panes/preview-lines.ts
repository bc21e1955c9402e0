import type {Preview} from '../../source/domain/call.ts';
import type {ShellPart} from '../../source/domain/shell-part.ts';
import {sanitise} from '../text/sanitise.ts';
import {type Line, span} from '../text/spans.ts';
import {wrapLine} from '../text/wrap.ts';
import {commandLines} from './command-lines.ts';
import {diffLines} from './diff-lines.ts';
import {diffRows} from './diff-rows.ts';

/**
 * What a call would do, line by line: a diff in its colours, changed words marked; a command behind a prompt, with
 * what its parts do, as far as that was found out; text as it is. Long lines are wrapped, never cut.
 */
export const previewLines = (
	{body, format}: Preview,
	width: number,
	parts: readonly ShellPart[] = [],
): readonly Line[] => {
	if (body.trim() === '') return [];
	switch (format) {
		case 'diff':
			return diffRows(body).flatMap(row => diffLines(row, width));
		case 'command':
			return commandLines(body, parts, width);
		case 'text':
			return sanitise(body)
				.trimEnd()
				.split('\n')
				.flatMap(line => wrapLine(line, Math.max(1, width)))
				.map(row => [span(row.text)]);
		default:
			return format satisfies never;
	}
};
