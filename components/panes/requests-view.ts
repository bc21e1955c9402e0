import type {RequestId} from '../../source/domain/id.ts';
import type {Request} from '../../source/domain/request.ts';
import {openRequests, type Run} from '../../source/domain/run.ts';
import type {FileUse} from '../../store/file-use.ts';
import {builtInKeys, type Keymap} from '../../store/keymap.ts';
import {requestKindOf} from '../../store/request-kind.ts';
import {markedSet} from '../../store/request-sets.ts';
import {sayKey} from '../../store/say-key.ts';
import {givenTo, type WaitingAnswer} from '../../store/waiting-answer.ts';
import {age} from '../parts/age.ts';
import {answerWord} from '../parts/answer-words.ts';
import {askWords} from '../parts/ask-words.ts';
import {changedSince} from '../parts/changed-since.ts';
import {windowAround} from '../parts/window.ts';
import {cutStart} from '../text/cut-start.ts';
import {fitTo} from '../text/fit.ts';
import {sanitiseLine} from '../text/sanitise.ts';
import {drawLine, drawPage, type Line, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import {wrapLine} from '../text/wrap.ts';
import {glyphOf, toneOf} from '../theme.ts';
import {type PreviewOf, requestCard, stepsHeld, whoAlone, whoAsks} from './request-card.ts';
import type {Scene} from './scene.ts';

export type RequestsView = Scene & {
	readonly run: Run | undefined;
	/** Undefined or gone: the oldest is selected. */
	readonly selected: RequestId | undefined;
	/** To be answered together. */
	readonly marked: readonly RequestId[];
	/** Given and not yet sent. */
	readonly answers: readonly WaitingAnswer[];
	/** Who read and wrote which files: what is asked about may have changed since. */
	readonly files: readonly FileUse[];
	/** How many lines of the selected request's card are scrolled away. */
	readonly scroll: number;
	/** Without it, as `previewLines` draws it. */
	readonly previewOf?: PreviewOf;
	/** The keys that answer; without it, the built-in ones. */
	readonly keymap?: Keymap;
};

/** The view, and how far its card can be scrolled. */
type RequestsPicture = {
	readonly lines: readonly string[];
	readonly card: {readonly rows: number; readonly height: number; readonly top: number};
};

/** From here on the list has room beside the card. */
const listedFrom = 110;
const listColumns = {min: 48, max: 84, part: 0.46};

/** At most; of both no more is taken than the rows need, and the rest is left to what is asked. */
const kindColumnsMax = 12;
const whoColumnsMax = 22;
/** What is asked tells rows of one kind apart: it has at least this part of the room, before a step is named. */
const askPart = 0.6;
/** And so many columns before a name is cut. */
const askColumnsMin = 8;
const markSign = '■';

/** What waits for a person, oldest first. The selection moves through this order. */
export const requestOrder = (run: Run): readonly Request[] =>
	openRequests(run).toSorted((a, b) => a.openedAt - b.openedAt);

/** What stands at the right edge: what became of it, or since when it waits and what it holds up. */
const standing = ({now, answers}: RequestsView, run: Run, request: Request): string => {
	const given = givenTo({answers}, request.id);
	if (given !== undefined) return ` ${answerWord(given.answer, request.ask)}`;
	const held = stepsHeld(run, request);
	return [
		...(held === 0 ? [] : [` blocks ${held}`]),
		request.seenAt === undefined ? ' new' : '',
		age(now - request.openedAt).padStart(4),
	].join(' ');
};

/** The middle of the list, in front of what is asked. */
type Columns = {readonly kind: number; readonly who: number; readonly whoIn: (request: Request) => string};

const columnsOf = (view: RequestsView, run: Run, requests: readonly Request[], width: number): Columns => {
	const widest = (words: (request: Request) => string): number => Math.max(0, ...requests.map(words).map(widthOf));
	const kind = Math.min(kindColumnsMax, widest(requestKindOf));
	// The sign and the mark in front, and a gap behind each of both columns.
	const room = Math.max(0, width - widest(request => standing(view, run, request)) - kind - 6);
	const fits = widest(request => whoAsks(run, request)) <= Math.min(whoColumnsMax, Math.floor(room * (1 - askPart)));
	// For which step it asks, its card tells as well. Who it is must be told: of agents of a role all asks read alike.
	const whoIn = (request: Request): string => (fits ? whoAsks(run, request) : whoAlone(run, request));
	return {kind, who: Math.max(0, Math.min(whoColumnsMax, room - askColumnsMin, widest(whoIn))), whoIn};
};

const drawRow = (
	view: RequestsView,
	run: Run,
	request: Request,
	selected: boolean,
	columns: Columns,
	width: number,
): string => {
	const {theme, frame, answers, marked, focused} = view;
	const right = standing(view, run, request);
	const isGiven = givenTo({answers}, request.id) !== undefined;
	const mark = isGiven ? 'done' : 'needsYou';
	const left: Line = [
		span(selected ? '❯ ' : '  ', 'accent'),
		span(marked.includes(request.id) ? `${markSign} ` : `${glyphOf(mark, frame)} `, toneOf[mark]),
		span(`${fitTo(requestKindOf(request), columns.kind)} `, isGiven ? 'muted' : 'strong'),
		span(`${fitTo(cutStart(columns.whoIn(request), columns.who), columns.who)} `, isGiven ? 'muted' : 'plain'),
		span(askWords(run, request.ask), isGiven ? 'muted' : 'plain'),
	];
	const room = Math.max(0, width - right.length);
	// What stands at the right edge keeps its place, so what is asked is cut before it.
	return (
		drawLine(theme, left, room, selected && focused) +
		drawLine(theme, [span(right, 'muted')], width - room, selected && focused)
	);
};

const drawList = (
	view: RequestsView,
	run: Run,
	requests: readonly Request[],
	selected: Request,
	width: number,
	height: number,
): readonly string[] => {
	const tells = requests.length > height && height > 2;
	const {top, end} = windowAround(requests.length, tells ? height - 1 : height, requests.indexOf(selected));
	const shown = requests.slice(top, end);
	const columns = columnsOf(view, run, shown, width);
	const rows = shown.map(request => drawRow(view, run, request, request === selected, columns, width));
	const below = requests.length - end;
	const more = [...(top > 0 ? [`↑ ${top} more`] : []), ...(below > 0 ? [`↓ ${below} more`] : [])].join('  ');
	return tells ? [...rows, drawLine(view.theme, [span(`  ${more}`, 'muted')], width)] : rows;
};

/** Where the request stands among the others, for who does not see the list. */
const placeLine = (view: RequestsView, run: Run, requests: readonly Request[], selected: Request): Line => {
	const marked = markedSet(run, view, view)?.requests ?? [];
	return [
		span(`${requests.indexOf(selected) + 1} of ${requests.length}`, 'strong'),
		span(` · ${requestKindOf(selected)}`),
		...(marked.includes(selected.id) ? [span(` · ${markSign} marked`, 'strong')] : []),
		...(marked.length > 0 ? [span(` · ${marked.length} marked in all`, 'muted')] : []),
	];
};

const drawCard = (view: RequestsView, run: Run, request: Request, width: number, height: number): RequestsPicture => {
	const {theme, now, scroll, files, previewOf, keymap = builtInKeys} = view;
	const given = givenTo(view, request.id);
	const marked = markedSet(run, view, view)?.requests.length;
	const changed = changedSince(run, request, files);
	const lines = [
		...(given === undefined ? [] : [[span(`You answered: ${answerWord(given.answer, request.ask)}`, 'strong')]]),
		...(changed === undefined ? [] : wrapLine(sanitiseLine(changed), width).map(row => [span(row.text, 'stalled')])),
		...requestCard(run, request, now, width, previewOf, keymap, marked),
	];
	const room = lines.length > height && height > 1 ? height - 1 : height;
	const top = Math.max(0, Math.min(scroll, lines.length - room));
	const below = lines.length - top - room;
	const shown = lines.slice(top, top + room).map(line => drawLine(theme, line, width));
	const more = below > 0 ? `↓ ${below} lines below (${sayKey(keymap, 'move.pageDown')})` : '';
	const note = room < height ? [drawLine(theme, [span(more, 'muted')], width)] : [];
	return {
		lines: drawPage([...shown, ...note], width, height),
		card: {rows: lines.length, height: Math.max(1, room), top},
	};
};

/** Everything that waits for a person, oldest first, and the selected request with all that is known of it. */
export const drawRequests = (view: RequestsView, width: number, height: number): RequestsPicture => {
	const {theme, run} = view;
	const requests = run === undefined ? [] : requestOrder(run);
	const selected = requests.find(({id}) => id === view.selected) ?? requests[0];
	if (run === undefined || selected === undefined)
		return {
			lines: drawPage([drawLine(theme, [span('Nothing waits for you.', 'muted')], width)], width, height),
			card: {rows: 0, height: 1, top: 0},
		};
	if (width < listedFrom || requests.length === 1 || view.spoken === true) {
		if (requests.length === 1 || height < 2) return drawCard(view, run, selected, width, height);
		const card = drawCard(view, run, selected, width, height - 1);
		return {...card, lines: [drawLine(theme, placeLine(view, run, requests, selected), width), ...card.lines]};
	}
	const columns = Math.max(listColumns.min, Math.min(listColumns.max, Math.round(width * listColumns.part)));
	const edge = drawLine(theme, [span(' │ ', 'muted')], 3);
	const list = drawPage(drawList(view, run, requests, selected, columns, height), columns, height);
	const card = drawCard(view, run, selected, width - columns - 3, height);
	return {...card, lines: card.lines.map((line, i) => `${list[i] ?? ''}${edge}${line}`)};
};
