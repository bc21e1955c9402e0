import {type Span, span} from '../text/spans.ts';
import type {Tone} from '../theme.ts';

/** A stretch of a bar. `share` is its part of the whole bar, from 0 to 1. */
export type BarPart = {readonly share: number; readonly sign: string; readonly tone: Tone};

/**
 * A bar of exactly `columns` columns. Every part above 0 is seen, however small, as long as there is room; parts that
 * together exceed the whole are cut off at its end.
 */
export const bar = (parts: readonly BarPart[], columns: number): readonly Span[] => {
	const spans: Span[] = [];
	let used = 0;
	let sum = 0;
	for (const {share, sign, tone} of parts) {
		if (!(share > 0)) continue;
		sum += share;
		const end = Math.min(columns, Math.max(used + 1, Math.round(sum * columns)));
		if (end > used) spans.push(span(sign.repeat(end - used), tone));
		used = Math.max(used, end);
	}
	return [...spans, span('░'.repeat(Math.max(0, columns - used)), 'border')];
};
