import type {Tone} from '../theme.ts';
import {type Line, span} from './spans.ts';
import type {Row} from './wrap.ts';

/** A stretch of a line in a tone of its own, from `start` up to but not including `end` (UTF-16 units). */
export type Mark = {readonly start: number; readonly end: number; readonly tone: Tone};

/** A row of a wrapped line, the marked stretches of that line in their tones. Marks stand in order, none over another. */
export const markedRow = ({text, start}: Row, marks: readonly Mark[], tone: Tone): Line => {
	const line: {text: string; tone: Tone}[] = [];
	let at = 0;
	for (const mark of marks) {
		const from = Math.max(at, mark.start - start);
		const to = Math.min(text.length, mark.end - start);
		if (to <= from) continue;
		if (from > at) line.push(span(text.slice(at, from), tone));
		line.push(span(text.slice(from, to), mark.tone));
		at = to;
	}
	if (at < text.length || line.length === 0) line.push(span(text.slice(at), tone));
	return line;
};
