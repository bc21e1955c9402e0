import type {RequestId} from '../../source/domain/id.ts';
import type {Request} from '../../source/domain/request.ts';
import {openRequests, type Run} from '../../source/domain/run.ts';
import {age} from '../parts/age.ts';
import {askWords} from '../parts/ask-words.ts';
import {windowAround} from '../parts/window.ts';
import {drawLine, drawPage, type Line, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import {glyphOf, toneOf} from '../theme.ts';
import {requestCard, whoAsks} from './request-card.ts';
import type {Scene} from './scene.ts';

export type RequestsView = Scene & {
	readonly run: Run | undefined;
	/** Undefined or gone: the oldest is selected. */
	readonly selected: RequestId | undefined;
	/** How many lines of the selected request's card are scrolled away. */
	readonly scroll: number;
};

/** How much of the view is whose, and how far the card can be scrolled. */
type RequestsRoom = {readonly listRows: number; readonly cardRows: number; readonly cardLines: number};

/** What waits for a person, oldest first. The selection moves through this order. */
export const requestOrder = (run: Run): readonly Request[] =>
	openRequests(run).toSorted((a, b) => a.openedAt - b.openedAt);

const drawRow = (view: RequestsView, run: Run, request: Request, selected: boolean, width: number): string => {
	const waited = `${request.seenAt === undefined ? ' new' : ''} ${age(view.now - request.openedAt)}`;
	const left: Line = [
		span(selected ? '❯ ' : '  ', 'strong'),
		span(`${glyphOf('needsYou', view.frame)} `, toneOf.needsYou),
		span(`${whoAsks(run, request)} `, 'strong'),
		span(askWords(run, request.ask)),
	];
	const room = Math.max(0, width - waited.length);
	// The age keeps its place at the right edge, so what is asked is cut before it.
	const drawn = drawLine(view.theme, left, room, selected && view.focused);
	return drawn + drawLine(view.theme, [span(waited, 'muted')], width - room, selected && view.focused);
};

const selectedOf = (view: RequestsView): Request | undefined => {
	const requests = view.run === undefined ? [] : requestOrder(view.run);
	return requests.find(({id}) => id === view.selected) ?? requests[0];
};

/** The list takes at most a third of the height: what is asked needs the room. */
export const requestsRoom = (view: RequestsView, width: number, height: number): RequestsRoom => {
	const {run} = view;
	const selected = selectedOf(view);
	if (run === undefined || selected === undefined) return {listRows: 0, cardRows: height, cardLines: 0};
	const count = openRequests(run).length;
	const listRows = height < 4 ? height : Math.min(count, Math.max(1, Math.floor(height / 3)));
	return {
		listRows,
		cardRows: Math.max(0, height - listRows - 1),
		cardLines: requestCard(run, selected, view.now, width).length,
	};
};

/** Everything that waits for a person, oldest first; below the list the selected request with all that is known of it. */
export const drawRequests = (view: RequestsView, width: number, height: number): readonly string[] => {
	const {theme, run} = view;
	const selected = selectedOf(view);
	if (run === undefined || selected === undefined)
		return drawPage([drawLine(theme, [span('Nothing waits for you.', 'muted')], width)], width, height);
	const requests = requestOrder(run);
	const {listRows, cardRows, cardLines} = requestsRoom(view, width, height);
	const {top, end} = windowAround(requests.length, listRows, requests.indexOf(selected));
	const list = requests.slice(top, end).map(request => drawRow(view, run, request, request === selected, width));
	const hidden = requests.length - (end - top);
	const scroll = Math.max(0, Math.min(view.scroll, cardLines - cardRows));
	const below = cardLines - cardRows - scroll;
	const note = `${hidden > 0 ? ` ${hidden} more ` : ''}${below > 0 ? ` ↓ ${below} lines below (PgDn) ` : ''}`;
	const rule: Line = [span('─'.repeat(Math.max(0, width - widthOf(note))), 'muted'), span(note, 'muted')];
	const card = requestCard(run, selected, view.now, width).slice(scroll);
	return drawPage(
		[...list, drawLine(theme, rule, width), ...card.map(line => drawLine(theme, line, width))],
		width,
		height,
	);
};
