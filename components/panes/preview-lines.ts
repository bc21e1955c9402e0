import type {Preview} from '../../source/domain/call.ts';
import type {ShellPart} from '../../source/domain/shell-part.ts';
import {sanitise} from '../text/sanitise.ts';
import type {Line} from '../text/spans.ts';
import {textRows} from '../text/text-rows.ts';
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
			return textRows(sanitise(body).trimEnd(), Math.max(1, width));
		default:
			return format satisfies never;
	}
};
