import type {Tone} from '../theme.ts';
import {linkedRow, linksIn} from './links.ts';
import {sanitise} from './sanitise.ts';
import {type Line, span} from './spans.ts';
import {wrapLine} from './wrap.ts';

/** A text of any origin in one tone as rows of at most `columns` columns, every address in it a link. */
export const textRows = (text: string, columns: number, tone: Tone = 'plain'): readonly Line[] =>
	sanitise(text)
		.split('\n')
		.flatMap(line => {
			const links = linksIn(line);
			return wrapLine(line, columns).map(row => linkedRow([span(row.text, tone)], links, row.start));
		});
