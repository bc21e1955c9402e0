import {cut} from '../text/fit.ts';
import {sliceColumns} from '../text/slice-columns.ts';
import {drawLine, drawPage, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import type {Theme} from '../theme.ts';

export type BoxView = {
	readonly theme: Theme;
	readonly title: string;
	/** A focused box has a bright border. */
	readonly focused: boolean;
	/** Drawn lines, two columns narrower than the box; missing ones are blank, other widths are cut or filled up. */
	readonly lines: readonly string[];
};

/** A titled box around drawn lines: a dialog, or the border of a pane. Too small for a border, it is the lines alone. */
export const drawBox = (view: BoxView, width: number, height: number): readonly string[] => {
	const {theme, title, focused, lines} = view;
	const fitted = (count: number, columns: number): readonly string[] =>
		drawPage(
			lines.slice(0, count).map(line => (widthOf(line) === columns ? line : sliceColumns(line, 0, columns))),
			columns,
			count,
		);
	if (width < 4 || height < 3) return fitted(height, width);
	const tone = focused ? 'accent' : 'border';
	const name = focused ? 'accent' : 'muted';
	const label = title === '' || width < 8 ? '' : ` ${cut(title, width - 6)} `;
	const side = theme.paint(tone, '│');
	return [
		drawLine(
			theme,
			[span('╭─', tone), span(label, name), span(`${'─'.repeat(Math.max(0, width - 3 - widthOf(label)))}╮`, tone)],
			width,
		),
		...fitted(height - 2, width - 2).map(line => `${side}${line}${side}`),
		theme.paint(tone, `╰${'─'.repeat(width - 2)}╯`),
	];
};
