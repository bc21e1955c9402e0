import {basename} from 'node:path';
import type {Ask} from '../../source/domain/request.ts';
import {usualArrangement} from '../../store/arrangement.ts';
import {chosenRun, type HomeSeen, type HomeView, nothingSeen, runsIn} from '../../store/home/home-action.ts';
import {homeActions} from '../../store/home/home-actions.ts';
import {homePaletteRows} from '../../store/home/home-palette.ts';
import {homeWords} from '../../store/home/home-runs.ts';
import {type HomeOverlay, homeContext} from '../../store/home/home-ui.ts';
import {keyLabel} from '../../store/key-label.ts';
import {keysHere} from '../../store/keys-here.ts';
import {actionsIn} from '../../store/match-key.ts';
import {sayKey} from '../../store/say-key.ts';
import {isIn, type Layout, layoutOf, type Rect} from '../layout.ts';
import {drawForm} from '../overlays/dialogs.ts';
import {type Cell, drawField} from '../overlays/field.ts';
import {drawFind} from '../overlays/find.ts';
import {drawHelpOverlay} from '../overlays/help.ts';
import {drawKeysHere} from '../overlays/keys-here.ts';
import type {OverlayPicture, OverlayScene} from '../overlays/overlay-picture.ts';
import {drawPalette} from '../overlays/palette.ts';
import {drawBox} from '../panes/dialog-box.ts';
import {drawFooter, footerIn, type KeyHint} from '../panes/footer.ts';
import type {Scene} from '../panes/scene.ts';
import {keepUnchanged, type Layer, type Screen, sameRect} from '../screen.ts';
import {paintSpoken, spokenColumns} from '../spoken-words.ts';
import {drawLine, drawPage, span} from '../text/spans.ts';
import type {Theme} from '../theme.ts';
import {toneOf} from '../theme.ts';
import {drawConfirm} from './home-confirm.ts';
import {drawHomeCosts} from './home-costs.ts';
import {detailLines, drawHomeDetails} from './home-details.ts';
import {drawHomeList, homeMark, runOnLine} from './home-list.ts';

type HomePainterOptions = {
	readonly theme: Theme;
	readonly reducedMotion: boolean;
	/** What is asked, in words. */
	readonly wordsOf: (ask: Ask) => string;
	/** It is read aloud. */
	readonly spoken?: boolean;
};

type HomePainter = (
	view: HomeView,
	columns: number,
	rows: number,
) => {readonly screen: Screen; readonly facts: HomeSeen};

/** With fewer lines than these all of them are for the runs. */
const costsFrom = 6;

/** How long each picture of a moving glyph stands, ms. */
const glyphMs = 250;

/** The keys that do something now, the most useful first. */
const hintsOf = (view: HomeView): readonly KeyHint[] =>
	actionsIn(view.keymap, homeContext(view.ui))
		.flatMap(({id, keys: [key]}) => {
			const {hint, title, pinned = false} = view.keymap.bindingOf(id);
			const rule = homeActions[id];
			if (rule === undefined || hint === 0 || key === undefined || rule.disabled(view) !== undefined) return [];
			return [{key: keyLabel(key), label: title, pinned, hint}];
		})
		.toSorted((a, b) => Number(a.pinned) - Number(b.pinned) || a.hint - b.hint);

/** How many runs stand how. What they ask in all is in the title of the terminal. */
const drawHead = (theme: Theme, view: HomeView, width: number): string => {
	const runs = view.runs.filter(run => !run.isArchived);
	const counts = homeWords.flatMap(word => {
		const count = runs.filter(run => run.word === word).length;
		return count === 0 ? [] : [span('  '), span(`${word} ${count}`, toneOf[homeMark[word]])];
	});
	return drawLine(theme, [span('flotilla', 'strong'), ...counts], width);
};

const bar = (name: string, rect: Rect, lines: readonly string[]): readonly Layer[] =>
	rect.height > 0 ? [{name, rect, text: lines.join('\n')}] : [];

type Prompt = {readonly layer: readonly Layer[]; readonly cursor: Cell | undefined};

const drawPrompt = (theme: Theme, {ui, here, keymap}: HomeView, {prompt}: Layout): Prompt => {
	const {typing} = ui;
	const label = typing === 'filter' ? 'filter / ' : 'goal ❯ ';
	const field = drawField(
		theme,
		typing === 'filter' ? ui.filter : ui.goal.buffer,
		Math.max(1, prompt.width - label.length),
		prompt.height,
	);
	const filtered = ui.filter.text === '' ? '' : ` · filter "${ui.filter.text}": ${sayKey(keymap, 'back')} clears it`;
	const idle = `${sayKey(keymap, 'home.goal')}: a new goal in ${basename(here)}${filtered}`;
	const line =
		typing === undefined
			? drawLine(theme, [span(idle, 'muted')], prompt.width)
			: drawLine(theme, [span(label, 'strong')], label.length) + (field.lines[0] ?? '');
	return {
		layer: bar('prompt', prompt, [line]),
		cursor:
			typing === undefined || ui.overlay !== undefined
				? undefined
				: {x: prompt.x + label.length + field.cursor.x, y: prompt.y + field.cursor.y},
	};
};

const emptyWords = ({facts, ui, keymap}: HomeView): readonly string[] => {
	if (facts.runs.length === 0)
		return [
			'Nothing was begun yet.',
			'',
			`Say below what is to be reached, and press ${sayKey(keymap, 'home.start')}. You will see a plan, and nothing starts before you approve it.`,
			`${sayKey(keymap, 'home.fields')} first asks for the folder, the task type, a role, the mode and a budget.`,
		];
	return ui.filter.text.trim() === ''
		? [`All runs are archived: ${sayKey(keymap, 'home.archived')} shows them.`]
		: [`No run holds "${ui.filter.text.trim()}".`];
};

const titleOf = (view: HomeView): string => {
	const count = runsIn(view.rows).length;
	const hidden = view.ui.archived ? 0 : view.runs.filter(run => run.isArchived).length;
	return `Runs (${count})${hidden === 0 ? '' : ` · ${hidden} archived`}`;
};

const drawOver = (scene: OverlayScene, view: HomeView, overlay: HomeOverlay): OverlayPicture => {
	switch (overlay.kind) {
		case 'help':
			return drawHelpOverlay(scene, view.keymap, 'home', overlay);
		case 'form':
			return drawForm(scene, undefined, overlay);
		case 'palette':
			return drawPalette(scene, homePaletteRows(view, overlay.query.text), overlay);
		case 'stop':
		case 'archive':
			return drawConfirm(scene, view, overlay);
		case 'find':
			return drawFind(scene, {overlay, runId: undefined});
		default:
			return overlay satisfies never;
	}
};

/** Draws Home, and says what the person has in front of them. It remembers only what saves work. */
export const createHomePainter = ({theme, reducedMotion, wordsOf, spoken = false}: HomePainterOptions): HomePainter => {
	let last: Screen | undefined;
	const paintAll: HomePainter = (view, width, rows) => {
		const columns = spoken ? Math.max(spokenColumns, width) : width;
		const {ui, now} = view;
		const layout = layoutOf(columns, rows, {focus: 'plan', arrangement: {...usualArrangement, full: true}});
		const scene: Scene = {
			theme,
			now,
			frame: reducedMotion || spoken ? undefined : Math.floor(now / glyphMs),
			focused: ui.typing !== 'goal' && ui.overlay === undefined,
			spoken,
		};
		const {frame, body} = layout.main;
		const chosen = chosenRun(view);
		// A rule and the details stand below the list where they leave it most of the room.
		const below = chosen === undefined || body.height < 3 * detailLines ? 0 : detailLines + 1;
		const costs = chosen === undefined || body.height < costsFrom ? 0 : 1;
		const page = Math.max(1, body.height - below - costs);
		const list = {...scene, rows: view.rows, chosen: chosen?.summary.id, empty: emptyWords(view)};
		const lines = [
			...drawHomeList(list, body.width, page),
			...(chosen === undefined || below === 0
				? []
				: [
						drawLine(theme, [span('─'.repeat(body.width), 'muted')], body.width),
						...drawHomeDetails(scene, chosen, wordsOf, body.width, detailLines),
					]),
			...(costs === 0 ? [] : [drawHomeCosts(theme, view, body.width)]),
		];
		const box = {theme, title: titleOf(view), focused: scene.focused, lines};
		const over =
			ui.overlay === undefined ? undefined : drawOver({...scene, focused: true, main: frame}, view, ui.overlay);
		const keys =
			ui.keysPage === undefined
				? undefined
				: drawKeysHere({
						theme,
						main: frame,
						page: ui.keysPage,
						moreKey: sayKey(view.keymap, 'keys.here'),
						spoken,
						keys: keysHere({
							keymap: view.keymap,
							context: homeContext(ui),
							inPast: false,
							has: id => homeActions[id] !== undefined,
							word: id => view.keymap.bindingOf(id).title,
							disabled: id => homeActions[id]?.disabled(view),
						}),
					});
		const prompt = drawPrompt(theme, view, layout);
		const boxed = (name: string, picture: OverlayPicture | undefined): readonly Layer[] =>
			picture === undefined
				? []
				: bar(
						name,
						picture.frame,
						drawBox(
							{theme, title: picture.title, focused: true, lines: picture.lines},
							picture.frame.width,
							picture.frame.height,
						),
					).map(layer => ({...layer, exact: picture.exact}));
		const message =
			ui.notice === undefined
				? undefined
				: ({text: ui.notice.text, level: ui.notice.tone === 'refused' ? 'warn' : 'info'} as const);
		const note = ui.mouse ? `${sayKey(view.keymap, 'mouse.toggle')}: mouse on` : undefined;
		const {header} = layout;
		const footer = footerIn(layout.footer, {message, note}, prompt.cursor !== undefined);
		const layers: readonly Layer[] = [
			...bar('header', header, drawPage([drawHead(theme, view, header.width)], header.width, header.height)),
			...(over !== undefined && sameRect(over.frame, frame)
				? []
				: bar('runs', frame, body.height < frame.height ? drawBox(box, frame.width, frame.height) : lines)),
			// What is typed over it is read alone.
			...(spoken && over !== undefined ? [] : prompt.layer),
			...bar('footer', footer, drawFooter({theme, hints: hintsOf(view), message, note}, footer.width, footer.height)),
			...boxed('overlay', over),
			...boxed('keys', keys),
		];
		const cursor =
			over?.cursor === undefined
				? prompt.cursor
				: {x: over.frame.x + 1 + over.cursor.x, y: over.frame.y + 1 + over.cursor.y};
		const {overlay: help = nothingSeen.help, palette = []} = over?.facts ?? {};
		const spotAt: HomeSeen['spotAt'] = (x, y) => {
			if (over !== undefined) {
				const id = isIn(over.frame, x, y) ? over.actionAt?.(y - over.frame.y - 1) : undefined;
				return id === undefined ? undefined : {kind: 'action', id};
			}
			const runId = isIn(body, x, y) ? runOnLine(list, y - body.y, page) : undefined;
			return runId === undefined ? undefined : {kind: 'run', runId};
		};
		return {
			screen: {columns, rows, layers, focus: over === undefined ? 'runs' : 'overlay', cursor},
			facts: {page, help, keysPages: keys?.pages ?? 0, palette, spotAt},
		};
	};

	return (view, columns, rows) => {
		const {screen, facts} = spoken
			? paintSpoken(height => paintAll(view, columns, height), columns, rows)
			: paintAll(view, columns, rows);
		last = keepUnchanged(last, screen);
		return {screen: last, facts};
	};
};
