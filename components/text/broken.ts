import type {Line, Span} from './spans.ts';

/** Spans as lines: broken at the newlines in them. */
export const broken = (line: Line): readonly Line[] => {
	const lines: Span[][] = [[]];
	for (const one of line)
		for (const [i, part] of one.text.split('\n').entries()) {
			if (i > 0) lines.push([]);
			if (part !== '') lines.at(-1)?.push({...one, text: part});
		}
	return lines;
};
