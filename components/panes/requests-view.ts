import type {RequestId} from '../../source/domain/id.ts';
import type {Ask, Request} from '../../source/domain/request.ts';
import {openRequests, type Run, stepOf} from '../../source/domain/run.ts';
import {age} from '../parts/age.ts';
import {dollars} from '../parts/money.ts';
import {windowAround} from '../parts/window.ts';
import {sanitiseLine} from '../text/sanitise.ts';
import {drawLine, drawPage, type Line, span} from '../text/spans.ts';
import {widthOf} from '../text/width.ts';
import {wrapLine} from '../text/wrap.ts';
import {glyphOf, toneOf} from '../theme.ts';
import {previewLines} from './preview-lines.ts';
import type {Scene} from './scene.ts';

export type RequestsView = Scene & {
	readonly run: Run | undefined;
	/** Undefined or gone: the oldest is selected. */
	readonly selected: RequestId | undefined;
	/** How many lines of the selected request's details are scrolled away. */
	readonly scroll: number;
};

/** What waits for a person, oldest first. The selection moves through this order. */
export const requestOrder = (run: Run): readonly Request[] =>
	openRequests(run).toSorted((a, b) => a.openedAt - b.openedAt);

const askText = (run: Run, ask: Ask): string => {
	switch (ask.kind) {
		case 'plan':
			return `approve the plan of ${run.plan?.order.length ?? 0} steps`;
		case 'call':
			return ask.preview.title;
		case 'question':
			return ask.question;
		case 'budget':
			return `raise the budget of ${dollars(ask.limit)} to at least ${dollars(ask.needed)}`;
		default:
			return ask satisfies never;
	}
};

const answers: Readonly<Record<Ask['kind'], string>> = {
	plan: 'Approve all, or approve, edit, hold and reject its steps one by one.',
	call: 'Allow it this once, or deny it with a reason that the agent is told.',
	question: 'Answer in words, or leave it to the agent.',
	budget: 'Raise the budget, or stop the run.',
};

const whoAsks = (run: Run, request: Request): string => {
	const agent = request.agentId === undefined ? undefined : run.agents[request.agentId];
	if (agent === undefined) return 'flotilla';
	const step = stepOf(run, request.stepId);
	return step === undefined ? agent.name : `${agent.name} (${step.key})`;
};

const drawRow = (view: RequestsView, run: Run, request: Request, selected: boolean, width: number): string => {
	const waited = ` ${age(view.now - request.openedAt)}`;
	const left: Line = [
		span(selected ? '❯ ' : '  ', 'strong'),
		span(`${glyphOf('needsYou', view.frame)} `, toneOf.needsYou),
		span(`${whoAsks(run, request)} `, 'strong'),
		span(askText(run, request.ask)),
	];
	const room = Math.max(0, width - waited.length);
	// The age keeps its place at the right edge, so what is asked is cut before it.
	const drawn = drawLine(view.theme, left, room, selected && view.focused);
	return drawn + drawLine(view.theme, [span(waited, 'muted')], width - room, selected && view.focused);
};

const wrapped = (text: string, width: number, tone: 'plain' | 'muted' | 'strong'): readonly Line[] =>
	wrapLine(sanitiseLine(text), width).map(row => [span(row.text, tone)]);

/** All that is known of a request: the exact ask, why it is asked, what would happen, what can be answered. */
const detailLines = (run: Run, {ask}: Request, width: number): readonly Line[] => {
	const blank: Line = [];
	const choices = ask.kind === 'question' ? ask.choices.flatMap(choice => wrapped(`- ${choice}`, width, 'plain')) : [];
	return [
		...wrapped(askText(run, ask), width, 'strong'),
		...choices,
		...(ask.kind === 'call' ? wrapped(`${ask.tool} · ${ask.rule}`, width, 'muted') : []),
		...wrapped(answers[ask.kind], width, 'muted'),
		blank,
		...(ask.kind === 'call' ? previewLines(ask.preview, width) : []),
	];
};

/** How many lines the details of a request have at a width: the bound of `scroll`. */
export const requestDetailRows = (run: Run, request: Request, width: number): number =>
	detailLines(run, request, width).length;

/**
 * Everything that waits for a person, oldest first; below the list the selected request with its preview. The list
 * takes at most half of the height.
 */
export const drawRequests = (view: RequestsView, width: number, height: number): readonly string[] => {
	const {theme, run} = view;
	const requests = run === undefined ? [] : requestOrder(run);
	const at = Math.max(
		0,
		requests.findIndex(request => request.id === view.selected),
	);
	const selected = requests[at];
	if (run === undefined || selected === undefined)
		return drawPage([drawLine(theme, [span('Nothing waits for you.', 'muted')], width)], width, height);
	const listRows = height < 4 ? height : Math.min(requests.length, Math.floor(height / 2));
	const {top, end} = windowAround(requests.length, listRows, at);
	const list = requests.slice(top, end).map(request => drawRow(view, run, request, request.id === selected.id, width));
	const hidden = requests.length - (end - top);
	const note = hidden > 0 ? ` ${hidden} more ` : '';
	const rule: Line = [span('─'.repeat(Math.max(0, width - widthOf(note))), 'muted'), span(note, 'muted')];
	const details = detailLines(run, selected, width);
	const room = Math.max(0, height - list.length - 1);
	const scroll = Math.max(0, Math.min(view.scroll, details.length - room));
	return drawPage(
		[...list, drawLine(theme, rule, width), ...details.slice(scroll).map(line => drawLine(theme, line, width))],
		width,
		height,
	);
};
