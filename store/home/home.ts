import {createStore, type StoreApi} from 'zustand/vanilla';
import type {RunId} from '../../source/domain/id.ts';
import type {SearchPage, SearchQuery} from '../../source/engine/port.ts';
import {createFinder} from '../finder.ts';
import {activeField, optionWith, refusedForm, withValue} from '../form.ts';
import type {KeyPress} from '../key-name.ts';
import {type ActionId, builtInKeys, type Keymap} from '../keymap.ts';
import {createLeavingNotice} from '../leaving-notice.ts';
import {matchKey} from '../match-key.ts';
import {noOutside, type Outside} from '../outside.ts';
import type {Pointer} from '../point.ts';
import {sayKey} from '../say-key.ts';
import {remembering} from '../selectors.ts';
import {editText, insertText} from '../text-buffer.ts';
import type {Notice} from '../ui.ts';
import {createUnplacedText} from '../unplaced-text.ts';
import {chosenRun, type HomeExit, type HomeOutcome, type HomeSeen, type HomeView, nothingSeen} from './home-action.ts';
import {homeActions} from './home-actions.ts';
import type {HomeAnswer, HomeDeeds} from './home-deeds.ts';
import {pointAtHome} from './home-point.ts';
import {type HomeReturn, homeOnReturn} from './home-return.ts';
import {type HomeFacts, homeRows, homeRuns, pastGoals} from './home-runs.ts';
import {homeTextTarget} from './home-text-target.ts';
import {firstHomeUi, type HomeUi, homeContext} from './home-ui.ts';
import {homeWorksElsewhere} from './home-works-elsewhere.ts';

/** Where Home learns what there is. */
export type HomeSource = {
	/** What is stored now: the same object as before when nothing has changed. */
	readonly read: () => HomeFacts;
	/** Calls when something may have changed; returns the way to stop that. */
	readonly watch: (onChange: () => void) => () => void;
	/** Puts a run out of sight, or back. Returns why it cannot, in words. */
	readonly archive: (runId: RunId, archived: boolean) => string | undefined;
	readonly search: (query: SearchQuery) => Promise<SearchPage>;
};

export type HomeState = {readonly ui: HomeUi; readonly facts: HomeFacts};

/** Home without a screen. */
export type Home = {
	readonly state: StoreApi<HomeState>;
	readonly press: (keys: readonly KeyPress[]) => void;
	readonly paste: (text: string) => void;
	readonly point: (pointer: Pointer) => void;
	readonly connect: (seen: () => HomeSeen) => void;
	/** As an action would see it. */
	readonly view: () => HomeView;
	readonly close: () => void;
};

export type HomeParts = {
	readonly source: HomeSource;
	readonly deeds: HomeDeeds;
	readonly here: string;
	/** The folder a person has typed, as a real path, or why it cannot be used, in words. */
	readonly findFolder: (typed: string) => {readonly dir: string} | {readonly problem: string};
	readonly taskTypes: readonly string[];
	readonly roles: readonly string[];
	/** How it is come back to; not when it is opened first. */
	readonly last?: HomeReturn | undefined;
	/** ms since 1970. */
	readonly now: () => number;
	/** Calls once after so many ms; returns the way to call it off. */
	readonly after: (ms: number, call: () => void) => () => void;
	/** With Home as it is left, the bar on the run it is shown on. */
	readonly onLeave: (exit: HomeExit, ui: HomeUi) => void;
	readonly outside?: Outside;
	readonly keymap?: Keymap;
};

const asked: Notice = {tone: 'info', text: 'The engine is asked …', until: {kind: 'answered'}};

export const createHome = (parts: HomeParts): Home => {
	const {
		source,
		deeds,
		here,
		findFolder,
		taskTypes,
		roles,
		last,
		now,
		after,
		onLeave,
		outside = noOutside,
		keymap = builtInKeys,
	} = parts;
	const facts = source.read();
	// Where nothing was begun there is one thing to do.
	const first: HomeUi = {
		...firstHomeUi,
		history: pastGoals(facts),
		typing: facts.runs.length === 0 ? 'goal' : undefined,
	};
	const state = createStore<HomeState>(() => ({
		facts,
		ui: last === undefined ? first : homeOnReturn(first, last, facts, keymap),
	}));
	let seen = (): HomeSeen => nothingSeen;
	let left = false;

	const finder = createFinder({
		search: source.search,
		after,
		onFound: found => {
			const {overlay} = state.getState().ui;
			if (overlay?.kind === 'find') show({...state.getState().ui, overlay: {...overlay, found}});
		},
	});
	const leaving = createLeavingNotice({
		now,
		after,
		onOver: notice => {
			const {ui} = state.getState();
			if (ui.notice === notice) show({...ui, notice: undefined});
		},
	});
	const show = (ui: HomeUi): void => {
		const before = state.getState().ui;
		if (ui === before) return;
		state.setState({ui});
		if (ui.notice !== before.notice) leaving.follow(ui.notice);
		finder.follow(ui.overlay?.kind === 'find' ? ui.overlay : undefined, undefined);
	};
	const runsOf = remembering(homeRuns);
	const rowsOf = remembering(homeRows);
	const view = (): HomeView => {
		const {ui, facts} = state.getState();
		const runs = runsOf(facts);
		const rows = rowsOf(runs, here, ui.archived, ui.filter.text.trim());
		return {ui, facts, runs, rows, here, taskTypes, roles, seen: seen(), now: now(), keymap};
	};
	const say = (text: string): void => show({...state.getState().ui, notice: {tone: 'refused', text}});

	const refresh = (): void => {
		const {ui, facts: before} = state.getState();
		const facts = source.read();
		if (facts === before) return;
		// Rows move as states change. The bar stays on its run, so that no key hits another.
		state.setState({facts, ui: {...ui, chosen: chosenRun(view())?.summary.id ?? ui.chosen}});
	};
	const unwatch = source.watch(refresh);
	leaving.follow(state.getState().ui.notice);

	const told = ({done, words}: HomeAnswer): void => {
		show({...state.getState().ui, asking: false, notice: {tone: done ? 'info' : 'refused', text: words}});
		refresh();
	};

	const perform = (outcome: HomeOutcome): void => {
		switch (outcome.kind) {
			case 'ui':
				show(outcome.ui);
				return;
			case 'archive': {
				const refused = source.archive(outcome.runId, outcome.archived);
				if (refused === undefined) {
					show(outcome.next);
					refresh();
				} else say(refused);
				return;
			}
			case 'deed':
				show({...state.getState().ui, overlay: undefined, asking: true, notice: asked});
				void deeds[outcome.deed](outcome.runId).then(told);
				return;
			case 'run':
				show({...state.getState().ui, overlay: undefined});
				run(outcome.id);
				return;
			case 'suspend':
				void outside.suspend().then(refused => {
					if (refused !== undefined) say(refused);
				});
				return;
			case 'edit':
				void outside.edit(outcome.name, outcome.text).then(edited => {
					if (edited.kind === 'problem') say(edited.text);
					else perform(outcome.next(view(), edited.text));
				});
				return;
			case 'start': {
				const {order, form} = outcome;
				const found = order.dir === undefined ? undefined : findFolder(order.dir);
				if (found !== undefined && 'problem' in found)
					show({...state.getState().ui, overlay: refusedForm(form, {problem: found.problem, field: 'dir'})});
				else perform({kind: 'leave', exit: {kind: 'start', order: {...order, dir: found?.dir}}});
				return;
			}
			case 'leave':
				left = true;
				onLeave(outcome.exit, {...state.getState().ui, chosen: chosenRun(view())?.summary.id});
				return;
			default:
				outcome satisfies never;
		}
	};

	/** Whether the action has a place at Home; what cannot be done now is told. */
	const run = (id: ActionId): boolean => {
		const rule = homeActions[id];
		if (rule === undefined) return false;
		const reason = rule.disabled(view());
		if (reason === undefined) perform(rule.act(view()));
		else say(reason);
		return true;
	};

	const type = (key: KeyPress): void => {
		const {ui} = state.getState();
		const form = ui.overlay;
		const field = form?.kind === 'form' ? activeField(form) : undefined;
		if (form?.kind === 'form' && field?.kind === 'choice') {
			const option = key.text === '' ? undefined : optionWith(field, key.text);
			if (option !== undefined) show({...ui, overlay: withValue(form, field.name, option)});
			return;
		}
		const target = homeTextTarget(ui);
		const buffer = target === undefined ? undefined : editText(target.buffer, key, target.lines);
		if (target !== undefined && buffer !== undefined) show(target.put(buffer));
	};

	const unplaced = createUnplacedText({
		now,
		keymap,
		idOf: key => matchKey(keymap, homeContext(state.getState().ui), key),
		say,
	});

	/** The key does nothing here. */
	const tellWhere = (key: string): void => {
		const elsewhere = homeWorksElsewhere(view(), key);
		if (elsewhere === undefined) return;
		say(elsewhere.words);
		if (keymap.bindingOf(elsewhere.id).opensText === true && key !== 'enter') unplaced.expect(key, elsewhere.words);
	};

	const pressOne = (key: KeyPress): void => {
		const id = matchKey(keymap, homeContext(state.getState().ui), key.name);
		// A word to the person stands until the next key, and the second Ctrl+C must follow the first.
		const {ui} = state.getState();
		const quitArmedAt = id === 'app.interrupt' ? ui.quitArmedAt : undefined;
		if (ui.notice !== undefined || ui.quitArmedAt !== quitArmedAt) show({...ui, notice: undefined, quitArmedAt});
		if (ui.keysPage !== undefined && id !== 'keys.here') {
			show({...state.getState().ui, keysPage: undefined});
			if (key.name === 'esc') return;
		}
		if (id !== undefined && run(id)) return;
		const after = state.getState().ui;
		if (homeTextTarget(after) === undefined && homeContext(after) !== 'choice') tellWhere(key.name);
		else type(key);
	};

	return {
		state,
		press: keys => {
			for (const key of keys) if (!left && !unplaced.takes(key)) pressOne(key);
		},
		paste: text => {
			if (left) return;
			const target = homeTextTarget(state.getState().ui);
			if (target === undefined)
				say(`There is nowhere to paste here: press ${sayKey(keymap, 'home.goal')} for a new goal first.`);
			else show(target.put(insertText(target.buffer, text, target.lines)));
		},
		point: pointer => {
			if (left) return;
			const {ui} = state.getState();
			show({...ui, notice: undefined, quitArmedAt: undefined, keysPage: undefined});
			// What is pressed is the list of keys, or lies under it.
			if (ui.keysPage === undefined) perform(pointAtHome(view(), pointer));
		},
		connect: from => {
			seen = from;
		},
		view,
		close: () => {
			leaving.close();
			finder.close();
			unwatch();
		},
	};
};
