import {sanitiseLine} from '../text/sanitise.ts';
import {drawLine, drawPage, span} from '../text/spans.ts';
import type {Theme} from '../theme.ts';

/** What holds up the whole fleet, until it is over: one line below the header. */
export const drawBanner = (theme: Theme, text: string, width: number, height: number): readonly string[] =>
	drawPage([drawLine(theme, [span(`! ${sanitiseLine(text)}`, 'failed')], width)], width, height);
