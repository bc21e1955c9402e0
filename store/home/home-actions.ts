import type {RunId} from '../../source/domain/id.ts';
import {always, type Opening} from '../action.ts';
import type {PaletteRow} from '../facts.ts';
import {chosenHit, firstFind, movedHit, noHit, placeOf} from '../find.ts';
import {nextKeysPage} from '../key-actions.ts';
import type {ActionId} from '../keymap.ts';
import {landing, type Move} from '../move.ts';
import {emptyPalette, noSuchAction, palettePage, rowOf} from '../palette-list.ts';
import {isSecond, onceMore} from '../quit-twice.ts';
import {sayKey} from '../say-key.ts';
import {emptyText} from '../text-buffer.ts';
import {goalActions, leaveForm} from './goal-actions.ts';
import {chosenRun, type HomeOutcome, type HomeRule, type HomeView, refusal, runsIn, shown} from './home-action.ts';
import {type HomeRun, waitingIn} from './home-runs.ts';
import type {HomeUi} from './home-ui.ts';

const noRun = ({keymap}: HomeView): string =>
	`There is no run here. Press ${sayKey(keymap, 'home.goal')} to start one.`;

/** Moves through what is on top: the help, the palette, what was found, else the list. */
export const moveHome = (move: Move, view: HomeView): HomeOutcome => {
	const {ui, seen} = view;
	if (ui.overlay?.kind === 'help') {
		const {rows, height, top} = seen.help;
		return shown({...ui, overlay: {...ui.overlay, top: landing(move, top, rows - height + 1, height)}});
	}
	if (ui.overlay?.kind === 'palette') {
		const rows = seen.palette;
		const row = rowOf(rows, ui.overlay);
		const at = row === undefined ? 0 : rows.indexOf(row);
		return shown({...ui, overlay: {...ui.overlay, chosen: rows[landing(move, at, rows.length, palettePage)]?.id}});
	}
	if (ui.overlay?.kind === 'find') {
		const overlay = movedHit(ui.overlay, (at, count) => landing(move, at, count, seen.page));
		return shown({...ui, overlay});
	}
	const runs = runsIn(view.rows);
	const chosen = chosenRun(view)?.summary.id;
	const at = Math.max(
		0,
		runs.findIndex(({summary}) => summary.id === chosen),
	);
	const next = runs.find((_, i) => i === landing(move, at, runs.length, seen.page));
	return shown({...ui, chosen: next?.summary.id});
};

const by = (move: Move): HomeRule => ({disabled: always, act: view => moveHome(move, view)});

const ofRun = (
	disabled: (run: NonNullable<ReturnType<typeof chosenRun>>, view: HomeView) => string | undefined,
	act: (run: NonNullable<ReturnType<typeof chosenRun>>, view: HomeView) => HomeOutcome,
): HomeRule => ({
	disabled: view => {
		const run = chosenRun(view);
		return run === undefined ? noRun(view) : disabled(run, view);
	},
	act: view => {
		const run = chosenRun(view);
		return run === undefined ? shown(view.ui) : act(run, view);
	},
});

const ended = ({word}: HomeRun): string | undefined =>
	word === 'done' || word === 'failed' || word === 'stopped' ? 'The run has ended.' : undefined;

const beingAsked = ({asking}: HomeUi): string | undefined =>
	asking ? 'The engine has not answered yet: one moment.' : undefined;

const back = (view: HomeView): HomeOutcome => {
	const {ui} = view;
	if (ui.overlay?.kind === 'form') return leaveForm(ui.overlay, view);
	if (ui.overlay !== undefined) return shown({...ui, overlay: undefined});
	if (ui.typing === 'goal') return shown({...ui, typing: undefined});
	return shown({...ui, typing: undefined, filter: emptyText});
};

const paletteRow = ({ui: {overlay}, seen}: HomeView): PaletteRow | undefined =>
	overlay?.kind === 'palette' ? rowOf(seen.palette, overlay) : undefined;

/** Whether a person must be able to see how it goes on. */
const isNeeded = ({word}: HomeRun): boolean => word === 'working' || word === 'needs you';

/** Out of sight with a run, or back among the others. */
const archiving = ({summary, isArchived}: HomeRun, {ui, rows, keymap}: HomeView): HomeOutcome => {
	const runs = runsIn(rows);
	const at = runs.findIndex(run => run.summary.id === summary.id);
	// What stays in sight keeps its place; else the selection goes to what takes that place.
	const below = ui.archived ? summary.id : (runs[at + 1] ?? runs[at - 1])?.summary.id;
	const text = isArchived
		? 'It is among the others again.'
		: `Archived: ${sayKey(keymap, 'home.archived')} shows it, ${sayKey(keymap, 'home.archive')} brings it back.`;
	return {
		kind: 'archive',
		runId: summary.id,
		archived: !isArchived,
		next: {...ui, chosen: below, notice: {tone: 'info', text}},
	};
};

/** The run whose request has waited longest, with it; without any, the one that has needed a person longest. */
const needing = ({facts, runs}: HomeView): {readonly runId: RunId; readonly place: Opening | undefined} | undefined => {
	const [oldest] = waitingIn(facts);
	if (oldest !== undefined) return {runId: oldest.runId, place: {requestId: oldest.requestId}};
	const first = runs.find(({word, isArchived}) => word === 'needs you' && !isArchived);
	return first === undefined ? undefined : {runId: first.summary.id, place: undefined};
};

/** What the keys do at Home. Of the other actions none has a place there. */
export const homeActions: Partial<Readonly<Record<ActionId, HomeRule>>> = {
	...goalActions,
	'move.up': by({rows: -1}),
	'move.down': by({rows: 1}),
	'move.pageUp': by({pages: -1}),
	'move.pageDown': by({pages: 1}),
	'move.first': by({to: 'first'}),
	'move.last': by({to: 'last'}),
	'palette.open': {disabled: always, act: ({ui}) => shown({...ui, overlay: emptyPalette})},
	'palette.run': {
		disabled: view => {
			const row = paletteRow(view);
			return row === undefined ? noSuchAction : row.disabled;
		},
		act: view => {
			const row = paletteRow(view);
			return row === undefined ? refusal(view.ui, noSuchAction) : {kind: 'run', id: row.id};
		},
	},
	'requests.open': {
		disabled: view => (needing(view) === undefined ? 'Nothing waits for you.' : undefined),
		act: view => {
			const found = needing(view);
			return found === undefined ? shown(view.ui) : {kind: 'leave', exit: {kind: 'open', goOn: false, ...found}};
		},
	},
	'home.open': ofRun(always, ({summary}) => ({
		kind: 'leave',
		exit: {kind: 'open', runId: summary.id, goOn: false, place: undefined},
	})),
	'home.resume': ofRun(
		({word}) => {
			if (word === 'done') return 'It is done: there is nothing to take up.';
			if (word === 'needs you') return 'It needs you: open it.';
			return word === 'working' ? 'It is at work already: open it.' : undefined;
		},
		({summary}) => ({kind: 'leave', exit: {kind: 'open', runId: summary.id, goOn: true, place: undefined}}),
	),
	'run.pause': ofRun(
		(run, {ui}) => ended(run) ?? beingAsked(ui),
		({summary}) => ({kind: 'deed', deed: 'pause', runId: summary.id}),
	),
	'home.stop': ofRun(
		(run, {ui}) => ended(run) ?? beingAsked(ui),
		({summary}, {ui}) => shown({...ui, overlay: {kind: 'stop', runId: summary.id}}),
	),
	'confirm.yes': {
		disabled: always,
		act: view => {
			const {overlay} = view.ui;
			if (overlay?.kind === 'stop') return {kind: 'deed', deed: 'stop', runId: overlay.runId};
			const closed = {...view, ui: {...view.ui, overlay: undefined}};
			const run = overlay?.kind === 'archive' ? view.runs.find(({summary}) => summary.id === overlay.runId) : undefined;
			// It may have gone on, or out of sight, while the question stood there.
			return run === undefined || run.isArchived || isNeeded(run) ? shown(closed.ui) : archiving(run, closed);
		},
	},
	'home.archive': ofRun(
		run =>
			!run.isArchived && isNeeded(run) ? 'It has not ended: out of sight, nobody would see what it needs.' : undefined,
		(run, view) =>
			!run.isArchived && run.waiting.length > 0
				? shown({...view.ui, overlay: {kind: 'archive', runId: run.summary.id}})
				: archiving(run, view),
	),
	'home.archived': {
		disabled: ({facts}) => (facts.archived.size === 0 ? 'Nothing is archived.' : undefined),
		act: ({ui}) => shown({...ui, archived: !ui.archived}),
	},
	'home.filter': {disabled: always, act: ({ui}) => shown({...ui, typing: 'filter'})},
	'rows.all': {
		disabled: ({ui}) => (ui.filter.text === '' ? 'There is no filter.' : undefined),
		act: ({ui}) => shown({...ui, filter: emptyText}),
	},
	'home.keep': {disabled: always, act: ({ui}) => shown({...ui, typing: undefined})},
	'find.open': {disabled: always, act: ({ui}) => shown({...ui, overlay: firstFind})},
	'find.go': {
		disabled: ({ui: {overlay}}) => (overlay?.kind === 'find' ? noHit(overlay) : undefined),
		act: ({ui}) => {
			const hit = ui.overlay?.kind === 'find' ? chosenHit(ui.overlay) : undefined;
			return hit === undefined
				? shown(ui)
				: {kind: 'leave', exit: {kind: 'open', runId: hit.runId, goOn: false, place: placeOf(hit)}};
		},
	},
	'help.open': {disabled: always, act: ({ui}) => shown({...ui, overlay: {kind: 'help', top: 0}})},
	back: {
		disabled: ({ui: {overlay, typing, filter}, keymap}) =>
			overlay === undefined && typing === undefined && filter.text === ''
				? `There is nothing to leave but Flotilla: ${sayKey(keymap, 'app.quit')}.`
				: undefined,
		act: back,
	},
	'keys.here': {
		disabled: always,
		act: ({ui, seen}) => shown({...ui, keysPage: nextKeysPage(ui.keysPage, seen.keysPages)}),
	},
	'app.quit': {disabled: always, act: () => ({kind: 'leave', exit: {kind: 'quit'}})},
	'mouse.toggle': {disabled: always, act: ({ui}) => shown({...ui, mouse: !ui.mouse})},
	'app.suspend': {disabled: always, act: () => ({kind: 'suspend'})},
	'app.interrupt': {
		disabled: always,
		act: ({ui, now}) =>
			isSecond(ui.quitArmedAt, now)
				? {kind: 'leave', exit: {kind: 'quit'}}
				: shown({...ui, quitArmedAt: now, notice: onceMore(now)}),
	},
};
