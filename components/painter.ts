import type {AgentId, StepId} from '../source/domain/id.ts';
import type {Run} from '../source/domain/run.ts';
import type {View} from '../store/action.ts';
import {disabledReason, wordOf} from '../store/actions.ts';
import {contextOf} from '../store/context.ts';
import {type Facts, noFacts, type Spot} from '../store/facts.ts';
import type {FleetState} from '../store/fleet-store.ts';
import {hintsOf} from '../store/hints.ts';
import {builtInKeys, type Keymap} from '../store/keymap.ts';
import {keysHere} from '../store/keys-here.ts';
import type {LiveAgent} from '../store/live.ts';
import type {LogEntry} from '../store/log-entry.ts';
import {readLogFilter} from '../store/log-filter.ts';
import type {Overlay} from '../store/overlay.ts';
import type {PastState} from '../store/past.ts';
import {agentsAtWork} from '../store/run-actions.ts';
import {sayKey} from '../store/say-key.ts';
import {filterLog, remembering} from '../store/selectors.ts';
import {readingLeft} from '../store/shown-request.ts';
import type {Phase} from '../store/step-phases.ts';
import type {Told} from '../store/told.ts';
import {topOverlay, type UiState} from '../store/ui.ts';
import {isIn, layoutOf, type Rect} from './layout.ts';
import type {Cell} from './overlays/field.ts';
import {drawKeysHere} from './overlays/keys-here.ts';
import type {OverlayPicture} from './overlays/overlay-picture.ts';
import {createOverlayPainter} from './overlays/paint-overlay.ts';
import type {ReadShellLine} from './overlays/requests.ts';
import {type PanesInput, paintPanes, paneFacts, repaintWords, spotInPanes} from './paint-panes.ts';
import {paintPrompt} from './paint-prompt.ts';
import {agentList, agentRowsIn} from './panes/agent-list.ts';
import {drawBanner} from './panes/banner.ts';
import {drawBox} from './panes/dialog-box.ts';
import {drawFooter, type FooterView, footerIn} from './panes/footer.ts';
import {drawHeader, type PastNote} from './panes/header.ts';
import {planList} from './panes/plan-list.ts';
import type {Scene} from './panes/scene.ts';
import {waitingWords} from './parts/answer-words.ts';
import {keepUnchanged, type Layer, type Screen, sameRect} from './screen.ts';
import {type ShownFleet, shownFleet} from './shown-fleet.ts';
import {paintSpoken, spokenColumns} from './spoken-words.ts';
import type {Theme} from './theme.ts';

type PainterOptions = {
	readonly theme: Theme;
	/** Nothing moves by itself. */
	readonly reducedMotion: boolean;
	readonly keymap?: Keymap;
	/** What the window can do, as its actions ask for it. */
	readonly abilities?: Pick<View, 'outlives' | 'hasHome'>;
	/** Without it, shell lines are shown as they are. */
	readonly readLine?: ReadShellLine;
	/** It is read aloud: the pane in use has the place of all. */
	readonly spoken?: boolean;
};

type PaintInput = {
	readonly ui: UiState;
	/** ms since 1970. */
	readonly now: number;
	readonly fleet: FleetState;
	readonly live: (agentId: AgentId) => LiveAgent | undefined;
	readonly told: (agentId: AgentId) => Told | undefined;
	readonly phases: (stepId: StepId) => readonly Phase[];
	readonly columns: number;
	readonly rows: number;
};

/**
 * Draws the screen, and says what the person has in front of them now. It remembers only what saves work: the same
 * input gives the same screen, and the same object when nobody could see a difference.
 */
export type Painter = (input: PaintInput) => {readonly screen: Screen; readonly facts: Facts};

/** How long each picture of a moving glyph stands, ms. Time on the screen goes by such steps, ahead of the clock. */
const glyphMs = 250;

const stepOf = (now: number): number => Math.ceil(now / glyphMs) * glyphMs;

/** Whether all that a screen is drawn from is the same as last time, but what agents say just now. */
const onlyWordsMoved = (last: PaintInput, next: PaintInput): boolean =>
	last.ui === next.ui &&
	last.columns === next.columns &&
	last.rows === next.rows &&
	stepOf(last.now) === stepOf(next.now) &&
	// Keys that may not answer yet say so in the footer, to the moment.
	(readingLeft(last.ui, last.now) === undefined) === (readingLeft(next.ui, next.now) === undefined) &&
	(Object.keys(next.fleet) as (keyof FleetState)[]).every(
		part => part === 'liveVersion' || last.fleet[part] === next.fleet[part],
	);

const noLines: readonly LogEntry[] = [];

const silent = (): undefined => undefined;

const toldBy =
	(told: PaintInput['told'], at: number): PaintInput['told'] =>
	agentId => {
		const last = told(agentId);
		return last === undefined || last.at > at ? undefined : last;
	};

const pastNote = ({past: view}: UiState, past: PastState | undefined): PastNote | undefined =>
	past === undefined || view === undefined ? undefined : {...past, ...view};

const bar = (name: string, rect: Rect, lines: readonly string[]): readonly Layer[] =>
	rect.height > 0 ? [{name, rect, text: lines.join('\n')}] : [];

/** An overlay within its border. */
const boxed = (name: string, theme: Theme, picture: OverlayPicture | undefined): readonly Layer[] => {
	if (picture === undefined) return [];
	const {frame, title, lines, exact} = picture;
	return bar(name, frame, drawBox({theme, title, focused: true, lines}, frame.width, frame.height)).map(layer => ({
		...layer,
		exact,
	}));
};

const cursorIn = (picture: OverlayPicture | undefined): Cell | undefined =>
	picture?.cursor === undefined
		? undefined
		: {x: picture.frame.x + 1 + picture.cursor.x, y: picture.frame.y + 1 + picture.cursor.y};

/** The action on a line of the palette. */
const spotIn = (palette: OverlayPicture | undefined, x: number, y: number): Spot | undefined => {
	if (palette === undefined || !isIn(palette.frame, x, y)) return undefined;
	const id = palette.actionAt?.(y - palette.frame.y - 1);
	return id === undefined ? undefined : {kind: 'action', id};
};

/** What the footer says before its keys. An answer that can be taken back is told of wherever the person goes. */
const messageOf = ({run, keymap, ui: {notice, answers, overlays}}: View): FooterView['message'] => {
	if (notice !== undefined) return {text: notice.text, level: notice.tone === 'refused' ? 'warn' : 'info'};
	if (run === undefined || overlays.at(-1)?.kind === 'requests') return undefined;
	const waiting = waitingWords(run, answers, `${sayKey(keymap, 'answer.takeBack')} takes it back`);
	return waiting === undefined ? undefined : {text: waiting, level: 'info'};
};

export const createPainter = ({
	theme,
	reducedMotion,
	abilities,
	keymap = builtInKeys,
	readLine = () => [],
	spoken = false,
}: PainterOptions): Painter => {
	const filterOf = remembering((text: string, details: boolean, agents: Run['agents'] = []) =>
		readLogFilter(
			text,
			details,
			agents.map(({name}) => name),
		),
	);
	const filtered = remembering(filterLog);
	const listFor = remembering(agentList);
	const planFor = remembering(planList);
	const factsOf = remembering(paneFacts);
	const layoutFor = remembering(
		(columns: number, rows: number, focus: UiState['pane'], arrangement: UiState['arrangement'], banner: boolean) =>
			layoutOf(columns, rows, {focus, arrangement: spoken ? {...arrangement, full: true} : arrangement, banner}),
	);
	const sceneAt = remembering(
		(now: number, moving: boolean): Scene => ({
			theme,
			now,
			frame: moving ? Math.floor(now / glyphMs) : undefined,
			focused: true,
			spoken,
		}),
	);
	/** It counts every agent, and stays the same while a person types. */
	const headerOf = remembering(
		(
			scene: Scene,
			run: ShownFleet['run'],
			elsewhere: ShownFleet['elsewhere'],
			rate: ShownFleet['rate'],
			past: PastNote | undefined,
			waitsElsewhere: number,
			{width, height}: Rect,
		) => drawHeader({...scene, run, elsewhere, rate, past, waitsElsewhere}, width, height),
	);
	const paintOverlay = createOverlayPainter(readLine);
	let last: Screen | undefined;
	/** The last screen on which only the list of agents tells what they say just now. */
	let calm: {readonly input: PaintInput; readonly shown: PanesInput; readonly facts: Facts} | undefined;

	/** The screen as it should be, and what tells that only words of agents have moved since. */
	const paintAll = (
		input: PaintInput,
	): {readonly screen: Screen; readonly facts: Facts; readonly calm: typeof calm} => {
		const {ui, fleet: state, live: speaking, told: toldLast, phases, rows} = input;
		const columns = spoken ? Math.max(spokenColumns, input.columns) : input.columns;
		const fleet = shownFleet(state);
		const {run} = fleet;
		const {past} = state;
		const now = past?.at ?? stepOf(input.now);
		// What was on its way is not stored.
		const live = past === undefined ? speaking : silent;
		// What was said last by then is known only of those who have not spoken since.
		const told = past === undefined ? toldLast : toldBy(toldLast, past.at);
		const layout = layoutFor(columns, rows, ui.pane, ui.arrangement, state.storage !== undefined);
		const filter = filterOf(ui.log.filter.text, ui.log.details, run?.agents);
		const log = filter.kind === 'problem' ? noLines : filtered(fleet.older.entries, fleet.log, filter.filter);
		const {width = 0, height = 0} = layout.panes.agents?.body ?? {};
		const list = listFor(run, ui.agents, ui.agentId, agentRowsIn(width, height));
		const plan = planFor(run, ui.plan, ui.plan.filter.text === '' ? undefined : ui.stepId);
		const panes = factsOf(log, layout, list, plan);
		const {waitsElsewhere} = state;
		const seenHere = {...noFacts, ...panes};
		const view: View = {...abilities, run, ui, now: input.now, facts: seenHere, waitsElsewhere, keymap};
		const scene = sceneAt(now, !reducedMotion && !spoken && past === undefined);
		const paint = (overlay: Overlay | undefined, below: View): OverlayPicture | undefined =>
			overlay === undefined
				? undefined
				: paintOverlay(
						{...scene, main: layout.main.frame},
						{
							run,
							costs: fleet.costs,
							rate: fleet.rate,
							elsewhere: fleet.elsewhere,
							feed: fleet.transcript,
							files: state.files,
							file: state.file,
							until: state.past?.seq,
							live,
							told,
							atWork: agentsAtWork(view),
							view: below,
						},
						overlay,
					);
		const top = topOverlay(ui);
		// What a palette was opened over stays in view: its actions are about that.
		const below = top?.kind === 'palette' ? ui.overlays.slice(0, -1) : ui.overlays;
		const picture = paint(below.at(-1), view);
		const seen: Facts = {...view.facts, ...picture?.facts};
		const palette =
			top?.kind === 'palette' ? paint(top, {...view, ui: {...ui, overlays: below}, facts: seen}) : undefined;
		const prompt = paintPrompt(theme, view, layout.prompt, past?.log.at(-1));
		const inPanes = top === undefined || top.kind === 'peek' || top.kind === 'event';
		const focused = inPanes && !ui.prompt.typing ? ui.pane : undefined;
		const shown: PanesInput = {scene, view, fleet, log, filter, live, told, phases, layout, list, plan, focused};
		const seenFacts: Facts = {
			...seen,
			...palette?.facts,
			spotAt: (x, y) => (top === undefined ? spotInPanes(shown, x, y) : spotIn(palette, x, y)),
		};
		const keys =
			ui.keysPage === undefined
				? undefined
				: drawKeysHere({
						theme,
						main: layout.main.frame,
						page: ui.keysPage,
						moreKey: sayKey(keymap, 'keys.here'),
						spoken,
						keys: keysHere({
							keymap,
							context: contextOf(ui),
							inPast: ui.past !== undefined,
							has: () => true,
							word: id => wordOf(id, {...view, facts: seenFacts}),
							disabled: id => disabledReason(id, {...view, facts: seenFacts}),
						}),
					});
		const facts: Facts = keys === undefined ? seenFacts : {...seenFacts, keysPages: keys.pages};
		const hints = hintsOf({...view, facts: seenFacts});
		const {header, banner} = layout;
		const message = messageOf(view);
		const note = ui.mouse ? `${sayKey(keymap, 'mouse.toggle')}: mouse on` : undefined;
		const footer = footerIn(layout.footer, {message, note}, prompt.cursor !== undefined);
		const layers: readonly Layer[] = [
			...bar(
				'header',
				header,
				headerOf(scene, run, fleet.elsewhere, fleet.rate, pastNote(ui, past), waitsElsewhere.length, header),
			),
			...bar('banner', banner, drawBanner(theme, state.storage ?? '', banner.width, banner.height)),
			// What is covered whole need not be drawn.
			...(picture !== undefined && sameRect(picture.frame, layout.main.frame) ? [] : paintPanes(shown)),
			...bar('prompt', layout.prompt, [prompt.text]),
			...bar(
				'footer',
				footer,
				drawFooter(
					{
						theme,
						hints: hints.map(({key, title, disabled, pinned}) => ({
							key: disabled ? `(${key})` : key,
							label: title,
							disabled,
							pinned,
						})),
						message,
						note,
					},
					footer.width,
					footer.height,
				),
			),
			...boxed('overlay', theme, picture),
			...boxed('palette', theme, palette),
			...boxed('keys', theme, keys),
		];
		const focus = palette !== undefined ? 'palette' : picture !== undefined ? 'overlay' : ui.pane;
		const cursor = prompt.cursor ?? cursorIn(palette ?? picture);
		return {
			screen: {columns, rows, layers, focus, cursor},
			facts,
			calm: top === undefined && run?.plan !== undefined && !spoken ? {input, shown, facts} : undefined,
		};
	};

	return input => {
		if (last !== undefined && calm !== undefined && onlyWordsMoved(calm.input, input)) {
			last = keepUnchanged(last, {...last, layers: repaintWords(calm.shown, last.layers)});
			return {screen: last, facts: calm.facts};
		}
		const {columns, rows} = input;
		const painted = spoken ? paintSpoken(height => paintAll({...input, rows: height}), columns, rows) : paintAll(input);
		last = keepUnchanged(last, painted.screen);
		calm = painted.calm;
		return {screen: last, facts: painted.facts};
	};
};
