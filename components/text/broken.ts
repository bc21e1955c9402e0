import {type Line, type Span, span} from './spans.ts';

/** Spans as lines: broken at the newlines in them. */
export const broken = (line: Line): readonly Line[] => {
	const lines: Span[][] = [[]];
	for (const {text, tone} of line)
		for (const [i, part] of text.split('\n').entries()) {
			if (i > 0) lines.push([]);
			if (part !== '') lines.at(-1)?.push(span(part, tone));
		}
	return lines;
};
