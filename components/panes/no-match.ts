import {drawLine, drawPage, span} from '../text/spans.ts';
import {wrapLine} from '../text/wrap.ts';
import type {Filtered} from './filtered.ts';
import type {Scene} from './scene.ts';

/** A list of which a filter leaves nothing: that it is so, or why the filter was not understood, and the way out. */
export const drawNoMatch = (
	{theme, allKey}: Scene & {readonly allKey: string},
	what: 'agent' | 'step',
	{of, problem}: Filtered<unknown>,
	width: number,
	height: number,
): readonly string[] => {
	const [first, ...more] =
		problem.length > 0 ? problem : [`No ${what} of ${of} passes the filter.`, `${allKey} shows all.`];
	return drawPage(
		[first ?? '', ...more]
			.flatMap((line, i) => wrapLine(line, width).map(({text}) => ({text, i})))
			.map(({text, i}) => drawLine(theme, [span(text, i === 0 && problem.length > 0 ? 'stalled' : 'muted')], width)),
		width,
		height,
	);
};
