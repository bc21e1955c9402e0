import type {RunId} from '../../source/domain/id.ts';
import type {Opening} from '../action.ts';
import type {PaletteRow} from '../facts.ts';
import type {FormOverlay} from '../form.ts';
import type {ActionId, Keymap} from '../keymap.ts';
import type {GoalOrder} from './goal-form.ts';
import type {HomeDeeds} from './home-deeds.ts';
import type {HomeFacts, HomeRow, HomeRun} from './home-runs.ts';
import type {HomeUi} from './home-ui.ts';

/** What stands at a cell of the screen, as far as the mouse can do something with it: a row of the list or the palette. */
export type HomeSpot = {readonly kind: 'run'; readonly runId: RunId} | {readonly kind: 'action'; readonly id: ActionId};

/** Rows that the person has in front of them. */
export type HomeSeen = {
	/** Rows the list has room for. */
	readonly page: number;
	/** The help, if it is open: how many rows it has, and how many are seen. */
	readonly help: {readonly rows: number; readonly height: number; readonly top: number};
	/** How many pages the keys that are listed have. */
	readonly keysPages: number;
	/** The rows of the palette, if it is open. */
	readonly palette: readonly PaletteRow[];
	readonly spotAt: (x: number, y: number) => HomeSpot | undefined;
};

export const nothingSeen: HomeSeen = {
	page: 1,
	help: {rows: 0, height: 1, top: 0},
	keysPages: 0,
	palette: [],
	spotAt: () => undefined,
};

/** Everything an action of Home may look at. `now` is ms since 1970. */
export type HomeView = {
	readonly ui: HomeUi;
	readonly facts: HomeFacts;
	/** All runs, the one that needs a person most first. */
	readonly runs: readonly HomeRun[];
	/** Those that are in sight, by folders. */
	readonly rows: readonly HomeRow[];
	/** The folder Flotilla was started in. */
	readonly here: string;
	readonly taskTypes: readonly string[];
	/** Who a goal can be given to. */
	readonly roles: readonly string[];
	readonly seen: HomeSeen;
	readonly now: number;
	readonly keymap: Keymap;
};

/** Why Home is left. */
export type HomeExit =
	| {readonly kind: 'quit'}
	/** The window on a run; `goOn`: what is paused or failed goes on. */
	| {readonly kind: 'open'; readonly runId: RunId; readonly goOn: boolean; readonly place: Opening | undefined}
	| {readonly kind: 'start'; readonly order: GoalOrder};

export type HomeOutcome =
	| {readonly kind: 'ui'; readonly ui: HomeUi}
	| {readonly kind: 'leave'; readonly exit: HomeExit}
	/** What was ordered in a form, whose folder is looked at first. */
	| {readonly kind: 'start'; readonly order: GoalOrder; readonly form: FormOverlay}
	| {readonly kind: 'archive'; readonly runId: RunId; readonly archived: boolean; readonly next: HomeUi}
	| {readonly kind: 'deed'; readonly deed: keyof HomeDeeds; readonly runId: RunId}
	/** What lies over the list goes, and then it is as if the key of this action had been pressed. */
	| {readonly kind: 'run'; readonly id: ActionId}
	/** A text goes to the person's editor, and what becomes of it to `next`; asked then, for the list may have moved. */
	| {
			readonly kind: 'edit';
			readonly name: string;
			readonly text: string;
			readonly next: (view: HomeView, text: string) => HomeOutcome;
	  }
	| {readonly kind: 'suspend'};

export type HomeRule = {
	/** Why it cannot be done now, in words for the footer. */
	readonly disabled: (view: HomeView) => string | undefined;
	/** Called only when it can. */
	readonly act: (view: HomeView) => HomeOutcome;
};

export const shown = (ui: HomeUi): HomeOutcome => ({kind: 'ui', ui});

export const refusal = (ui: HomeUi, text: string): HomeOutcome => shown({...ui, notice: {tone: 'refused', text}});

export const runsIn = (rows: readonly HomeRow[]): readonly HomeRun[] =>
	rows.flatMap(row => (row.kind === 'run' ? [row.run] : []));

/** The run the selection is on; without a choice that is listed, the first. */
export const chosenRun = (view: HomeView): HomeRun | undefined => {
	const runs = runsIn(view.rows);
	return runs.find(({summary}) => summary.id === view.ui.chosen) ?? runs[0];
};
