import {oneLine} from '../../source/domain/one-line.ts';
import {chosenHit, type FindOverlay, hitsIn, isSearching} from '../../store/find.ts';
import {age} from '../parts/age.ts';
import {windowAround} from '../parts/window.ts';
import {cut, fitTo} from '../text/fit.ts';
import {drawLine, drawPage, type Line, span} from '../text/spans.ts';
import {drawField} from './field.ts';
import {inner, type OverlayPicture, type OverlayScene} from './overlay-picture.ts';

type Hit = ReturnType<typeof hitsIn>[number];

const promptText = '❯ ';

/** What was found takes two lines: where, and the words around it. */
const hitLines = 2;

/** Around the words that were found, wherever they stand in the excerpt. */
const lead = 24;

/** The excerpt from shortly before the first match on, so that a narrow line shows it. */
const excerptLine = ({excerpt}: Hit): Line => {
	const first = excerpt.findIndex(({isMatch}) => isMatch);
	return excerpt.map(({text, isMatch}, i) => {
		const words = oneLine(text);
		const shown = i < first && words.length > lead ? `…${words.slice(-lead)}` : words;
		return span(shown, isMatch ? 'match' : 'muted');
	});
};

const drawHit = (
	{theme, now}: OverlayScene,
	hit: Hit,
	{isHere, isChosen}: {readonly isHere: boolean; readonly isChosen: boolean},
	width: number,
): readonly string[] => {
	const who = hit.agentName ?? 'the run';
	const where = isHere ? 'this run' : hit.goal;
	const when = `${hit.times > 1 ? `×${hit.times} · ` : ''}${age(now - hit.at)} ago`;
	const name = `${isChosen ? '❯ ' : '  '}${who}  `;
	const room = Math.max(0, width - name.length - when.length - 1);
	return [
		drawLine(
			theme,
			[span(name, 'strong'), span(`${fitTo(cut(where, room), room)} `, 'plain'), span(when, 'muted')],
			width,
			isChosen,
		),
		drawLine(theme, [span('    '), ...excerptLine(hit)], width),
	];
};

/** What there is to say of what was found, or was not. */
const stateOf = (overlay: FindOverlay): Line => {
	const {query, found} = overlay;
	if (query.text.trim() === '') return [span('Words, "words in this order", begin*', 'muted')];
	if (found === undefined || isSearching(overlay)) return [span('searching …', 'muted')];
	const {hits, isWhole, problem} = found.page;
	if (problem !== undefined) return [span(problem, 'stalled')];
	if (hits.length === 0) return [span('Nothing holds these words.', 'stalled')];
	return [
		span(isWhole ? `${hits.length} found, the newest first` : `the newest ${hits.length}; there are more`, 'muted'),
	];
};

type FindView = {
	readonly overlay: FindOverlay;
	/** The run behind the window; Home has none, and then all are searched. */
	readonly runId: string | undefined;
};

/** A line to type in, and below it what was found, as much as there is room for around the chosen one. */
export const drawFind = (scene: OverlayScene, {overlay, runId}: FindView): OverlayPicture => {
	const {theme, main} = scene;
	const {width, height} = inner(main);
	const field = drawField(theme, overlay.query, Math.max(1, width - promptText.length), 1);
	const hits = hitsIn(overlay);
	const chosen = chosenHit(overlay);
	const room = Math.max(0, height - 3);
	const {top, end} = windowAround(
		hits.length,
		Math.floor(room / hitLines),
		chosen === undefined ? 0 : hits.indexOf(chosen),
	);
	const scope = runId === undefined ? '' : overlay.scope === 'all' ? ' · all runs' : ' · this run';
	const list = hits
		.slice(top, end)
		.flatMap(hit => drawHit(scene, hit, {isHere: hit.runId === runId, isChosen: hit === chosen}, width));
	return {
		frame: main,
		title: `Search${scope}`,
		lines: [
			drawLine(theme, [span(promptText, 'strong')], promptText.length) + (field.lines[0] ?? ''),
			drawLine(theme, stateOf(overlay), width),
			drawLine(theme, [span('─'.repeat(width), 'muted')], width),
			...drawPage(list, width, room),
		].slice(0, height),
		cursor: {x: promptText.length + field.cursor.x, y: 0},
		facts: {},
	};
};
