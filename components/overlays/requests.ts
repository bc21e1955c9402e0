import type {Run} from '../../source/domain/run.ts';
import {openRequests} from '../../source/domain/run.ts';
import type {AnswerInput, RequestsOverlay} from '../../store/ui.ts';
import {drawRequests, requestDetailRows} from '../panes/requests-view.ts';
import {drawLine, drawPage, span} from '../text/spans.ts';
import {drawField} from './field.ts';
import {inner, type OverlayPicture, type OverlayScene} from './overlay-picture.ts';

const labels: Readonly<Record<AnswerInput['kind'], string>> = {
	deny: 'Say no, because (Enter sends, Esc goes back):',
	text: 'Your answer (Enter sends, Alt+Enter breaks the line, Esc goes back):',
	raise: 'New budget in US dollars (Enter sends, Esc goes back):',
};

const inputRows = 3;

/** What waits for the person, with the exact ask; below it the answer that is being written. */
export const drawRequestsOverlay = (
	scene: OverlayScene,
	run: Run | undefined,
	overlay: RequestsOverlay,
): OverlayPicture => {
	const {theme, main} = scene;
	const {width, height} = inner(main);
	const {input, problem} = overlay;
	const request = overlay.requestId === undefined ? undefined : run?.requests[overlay.requestId];
	const foot: string[] = [];
	let cursor: OverlayPicture['cursor'];
	if (problem !== undefined) foot.push(drawLine(theme, [span(problem, 'failed')], width));
	if (input !== undefined) {
		const field = drawField(theme, input.buffer, width, input.kind === 'text' ? inputRows : 1);
		foot.unshift(drawLine(theme, [span(labels[input.kind], 'strong')], width), ...field.lines);
		cursor = {x: field.cursor.x, y: height - foot.length + 1 + field.cursor.y};
	}
	const room = Math.max(0, height - foot.length);
	const open = run === undefined ? 0 : openRequests(run).length;
	// A request that was answered elsewhere stays on screen as such: another in its place could be answered unread.
	const gone =
		request === undefined || request.status.kind === 'open'
			? undefined
			: `This request was ${request.status.kind} meanwhile. ${open > 0 ? 'Press ↓ for the next.' : 'Nothing else waits for you.'}`;
	const body =
		gone === undefined
			? drawRequests({...scene, run, selected: overlay.requestId, scroll: overlay.top}, width, room)
			: drawPage([drawLine(theme, [span(gone, 'strong')], width)], width, room);
	const listRows = room < 4 ? room : Math.min(open, Math.floor(room / 2));
	return {
		frame: main,
		title: `Requests (${open})`,
		lines: [...body, ...foot],
		cursor,
		facts: {
			overlay: {
				rows: run === undefined || request === undefined ? 0 : requestDetailRows(run, request, width),
				height: Math.max(1, room - listRows - 1),
				top: overlay.top,
			},
		},
	};
};
