import type {Preview} from '../../source/domain/call.ts';
import {openRequests, type Run, requestIn} from '../../source/domain/run.ts';
import type {RunSettings} from '../../source/domain/settings.ts';
import type {ShellPart} from '../../source/domain/shell-part.ts';
import type {View} from '../../store/action.ts';
import {noFacts} from '../../store/facts.ts';
import type {FileUse} from '../../store/file-use.ts';
import type {Keymap} from '../../store/keymap.ts';
import type {RequestsOverlay} from '../../store/overlay.ts';
import {sayKey} from '../../store/say-key.ts';
import {remembering} from '../../store/selectors.ts';
import {givenTo, unanswered} from '../../store/waiting-answer.ts';
import {onwardWords} from '../../store/waits-elsewhere.ts';
import {manyLines} from '../panes/many-view.ts';
import {previewLines} from '../panes/preview-lines.ts';
import {requestToCopy} from '../panes/request-text.ts';
import {drawRequests} from '../panes/requests-view.ts';
import {waitingWords} from '../parts/answer-words.ts';
import {sanitiseLine} from '../text/sanitise.ts';
import {drawLine, drawPage, span} from '../text/spans.ts';
import {wrapLine} from '../text/wrap.ts';
import {drawAnswerInput} from './answer-input.ts';
import {inner, type OverlayPicture, type OverlayScene} from './overlay-picture.ts';

/** What the commands of a shell line do, as far as it is known before they run. */
export type ReadShellLine = (line: string, settings: RunSettings) => readonly ShellPart[];

/** What the person sees it with. */
type Seen = Pick<View, 'ui' | 'keymap' | 'waitsElsewhere'>;

/** So many rows one line of the foot may take: the list and the card need the rest. */
const footRowsMax = 2;

type RequestsPainter = (
	scene: OverlayScene,
	run: Run | undefined,
	files: readonly FileUse[],
	view: Seen,
	overlay: RequestsOverlay,
) => OverlayPicture;

/** A request that was settled elsewhere stays on screen as such: another in its place could be answered unread. */
const goneWords = (run: Run, keymap: Keymap, {requestId}: RequestsOverlay): string | undefined => {
	const request = requestIn(run, requestId);
	if (request === undefined || request.status.kind === 'open') return undefined;
	const more =
		openRequests(run).length > 0
			? `Press ${sayKey(keymap, 'request.next')} for the next.`
			: 'Nothing else waits for you.';
	return `This request was ${request.status.kind} meanwhile. ${more}`;
};

/** The keys that answer all that are listed. */
const manyWords = (run: Run, {ui, keymap}: Seen, {input}: RequestsOverlay): string | undefined => {
	if (input?.kind !== 'many') return undefined;
	const {length} = unanswered(run, ui).filter(({id}) => input.requests.includes(id));
	const [allow, deny, back] = (['many.allow', 'many.deny', 'back'] as const).map(id => sayKey(keymap, id));
	return `${allow} allow all ${length}, this once · ${deny} deny all ${length} · ${back} goes back`;
};

/** The keys for what was answered a moment ago. */
const backWords = (run: Run, {ui, keymap}: Seen, {requestId}: RequestsOverlay): string | undefined => {
	const shown = requestIn(run, requestId)?.ask.kind;
	const typed = shown === 'question' || shown === 'blocker' || shown === 'unknown';
	const enterAnswers = typed && requestId !== undefined && givenTo(ui, requestId) === undefined;
	const now = enterAnswers ? '' : ` · ${sayKey(keymap, 'request.reply')} sends it now`;
	return waitingWords(run, ui.answers, `${sayKey(keymap, 'answer.takeBack')} takes it back${now}`);
};

/** Where others wait when everything here is answered. */
const elsewhereLine = (run: Run, {ui, keymap, waitsElsewhere = []}: Seen): string | undefined =>
	unanswered(run, ui).length === 0 ? onwardWords(waitsElsewhere, keymap) : undefined;

/** What waits for the person, with the exact ask; below it the answer that is being given. */
export const createRequestsPainter = (readLine: ReadShellLine): RequestsPainter => {
	// Comparing the words of a long diff takes longer than a frame may, and what is asked does not change.
	const preview = remembering((asked: Preview, width: number, settings: RunSettings) =>
		previewLines(asked, width, asked.format === 'command' ? readLine(asked.body, settings) : []),
	);

	const bodyOf = (
		scene: OverlayScene,
		run: Run,
		files: readonly FileUse[],
		{ui, keymap}: Seen,
		overlay: RequestsOverlay,
		height: number,
	) => {
		const {theme, main} = scene;
		const {width} = inner(main);
		const gone = goneWords(run, keymap, overlay);
		if (gone !== undefined)
			return {
				lines: drawPage([drawLine(theme, [span(gone, 'strong')], width)], width, height),
				card: noFacts.overlay,
			};
		const {input, requestId, marked, top} = overlay;
		if (input?.kind === 'many') {
			const waiting = unanswered(run, ui).filter(({id}) => input.requests.includes(id));
			const lines = manyLines(run, input.words, waiting, width);
			const first = Math.max(0, Math.min(top, lines.length - height));
			const shown = lines.slice(first, first + height).map(line => drawLine(theme, line, width));
			return {lines: drawPage(shown, width, height), card: {rows: lines.length, height, top: first}};
		}
		return drawRequests(
			{
				...scene,
				run,
				selected: requestId,
				marked,
				answers: ui.answers,
				scroll: top,
				files,
				keymap,
				previewOf: (asked, columns) => preview(asked, columns, run.settings),
			},
			width,
			height,
		);
	};

	return (scene, run, files, view, overlay) => {
		const {theme, main} = scene;
		const {width, height} = inner(main);
		const title = `Requests (${run === undefined ? 0 : openRequests(run).length})`;
		if (run === undefined) return {frame: main, title, lines: [], cursor: undefined, facts: {}};
		const request = requestIn(run, overlay.requestId);
		const answer =
			request === undefined
				? {lines: [], cursor: undefined}
				: drawAnswerInput(theme, run, request, overlay, view, width);
		const words = [
			{text: manyWords(run, view, overlay), tone: 'you'},
			{text: overlay.problem, tone: 'failed'},
			{text: backWords(run, view, overlay), tone: 'strong'},
			{text: elsewhereLine(run, view), tone: 'you'},
		] as const;
		const foot = [
			...answer.lines,
			...words.flatMap(({text, tone}) =>
				wrapLine(sanitiseLine(text ?? ''), width)
					.slice(0, text === undefined ? 0 : footRowsMax)
					.map(row => drawLine(theme, [span(row.text, tone)], width)),
			),
		];
		const room = Math.max(0, height - foot.length);
		const {lines, card} = bodyOf(scene, run, files, view, overlay, room);
		return {
			frame: main,
			title,
			exact: true,
			lines: [...lines, ...foot],
			cursor: answer.cursor === undefined ? undefined : {x: answer.cursor.x, y: room + answer.cursor.y},
			facts: {overlay: card, copy: request === undefined ? undefined : requestToCopy(run, request)},
		};
	};
};
