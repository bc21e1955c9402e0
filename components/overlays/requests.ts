import {openRequests, type Run, requestIn} from '../../source/domain/run.ts';
import type {RequestsOverlay} from '../../store/ui.ts';
import {drawRequests, requestsRoom} from '../panes/requests-view.ts';
import {drawLine, drawPage, span} from '../text/spans.ts';
import {drawAnswerInput} from './answer-input.ts';
import {inner, type OverlayPicture, type OverlayScene} from './overlay-picture.ts';

/** What waits for the person, with the exact ask; below it the answer that is being given. */
export const drawRequestsOverlay = (
	scene: OverlayScene,
	run: Run | undefined,
	overlay: RequestsOverlay,
): OverlayPicture => {
	const {theme, main} = scene;
	const {width, height} = inner(main);
	const {input, problem} = overlay;
	const request = requestIn(run, overlay.requestId);
	const answer =
		run === undefined || request === undefined || input === undefined
			? {lines: [], cursor: undefined}
			: drawAnswerInput(theme, run, request, input, width);
	const foot = [...answer.lines, ...(problem === undefined ? [] : [drawLine(theme, [span(problem, 'failed')], width)])];
	const room = Math.max(0, height - foot.length);
	const open = run === undefined ? 0 : openRequests(run).length;
	// A request that was answered elsewhere stays on screen as such: another in its place could be answered unread.
	const gone =
		request === undefined || request.status.kind === 'open'
			? undefined
			: `This request was ${request.status.kind} meanwhile. ${open > 0 ? 'Press ↓ for the next.' : 'Nothing else waits for you.'}`;
	const view = {...scene, run, selected: overlay.requestId, scroll: overlay.top};
	const body =
		gone === undefined
			? drawRequests(view, width, room)
			: drawPage([drawLine(theme, [span(gone, 'strong')], width)], width, room);
	const {cardRows, cardLines} = requestsRoom(view, width, room);
	return {
		frame: main,
		title: `Requests (${open})`,
		lines: [...body, ...foot],
		cursor: answer.cursor === undefined ? undefined : {x: answer.cursor.x, y: room + answer.cursor.y},
		facts: {overlay: {rows: cardLines, height: Math.max(1, cardRows), top: overlay.top}},
	};
};
