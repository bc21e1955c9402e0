import type {Stamped} from '../source/domain/event.ts';
import type {AgentId, StepId, TurnId} from '../source/domain/id.ts';
import type {FileTarget} from './file-reader.ts';
import type {ActionId} from './keymap.ts';
import type {LogEntry} from './log-entry.ts';
import type {ItemPlace, MatchPlace, TranscriptAnchor} from './overlay.ts';
import type {TranscriptIndex} from './transcript-index.ts';
import type {Pane} from './ui.ts';

/** Text that scrolls: how many rows it has, how many are seen at once, the first that is seen. */
type Scroll = {readonly rows: number; readonly height: number; readonly top: number};

/** `held`: it is unfolded as long as what is searched for stands in it, out of sight else. */
export type Folding = 'folded' | 'unfolded' | 'held';

/**
 * The transcript on screen. Only what is seen of it was wrapped into rows, so where a movement leads is asked of the
 * one who drew it.
 */
type TranscriptFacts = {
	readonly height: number;
	/** The item the person is at. */
	readonly cursor: ItemPlace | undefined;
	/** How much of that item is shown; undefined when it does not fold. */
	readonly folding: Folding | undefined;
	/** Where things are in the whole history; undefined until it is known. */
	readonly index: TranscriptIndex | undefined;
	/** The first row on screen as an anchor. */
	readonly here: () => TranscriptAnchor;
	readonly scroll: (rows: number) => TranscriptAnchor;
	/** One step down or up, through the item the person is at and then to the one beside it. */
	readonly step: (by: 1 | -1) => {readonly anchor: TranscriptAnchor; readonly cursor: ItemPlace | undefined};
	/** The anchor that shows an item; the screen stays when it is on it already. */
	readonly show: (place: ItemPlace) => TranscriptAnchor;
	/** The match next to the one the person is at, or to the place where they are when they are at none. */
	readonly matchBeside: (step: 1 | -1) => MatchPlace | undefined;
	/** The first match, or the last. Both are looked for in what is loaded only, */
	readonly matchFrom: (step: 1 | -1) => MatchPlace | undefined;
	/** and so is the first one from the place where the person is on, and the last one before it. */
	readonly matchesAround: () => {readonly after: MatchPlace | undefined; readonly before: MatchPlace | undefined};
	/** The first event that is loaded, the last one, whether the end is, and whether that is the whole history. */
	readonly loaded: {
		readonly first: number;
		readonly last: number;
		readonly toEnd: boolean;
		readonly whole: boolean;
	};
	/** Whether the text that is searched for would be seen where an event is told. */
	readonly fits: (event: Stamped) => boolean;
	/** What can be copied: the item the person is at, and the nearest code or command from there up. */
	readonly copy: {readonly item: () => string | undefined; readonly code: () => string | undefined};
	/** The addresses in that item, or in the nearest one above that has some. */
	readonly links: () => readonly string[];
	/** The transcript as a document in markdown. */
	readonly tell: (pages: AsyncIterable<readonly Stamped[]>) => Promise<string>;
	/** The turn the person is at, of those that have their reply; undefined while the end is followed. */
	readonly turn: TurnId | undefined;
};

/** A text that can be taken elsewhere, and what it is, for the person. */
export type Taken = {readonly what: string; readonly text: () => string};

/** An action in the palette. */
export type PaletteRow = {
	readonly id: ActionId;
	readonly title: string;
	readonly text: string;
	readonly group: string;
	/** As they are written for a person. */
	readonly keys: readonly string[];
	/** The name of the key it is run by. */
	readonly press: string;
	/** It has its place where the palette was opened. */
	readonly here: boolean;
	/** Why it cannot be run, in words. */
	readonly disabled: string | undefined;
};

export type FilesFacts = {
	/** Those that can be opened. */
	readonly rows: readonly {readonly id: string; readonly target: FileTarget}[];
	/** The one the selection is on. */
	readonly at: string | undefined;
	readonly height: number;
};

/** What stands in a line of a file, for who wants to say something about it. */
export type FileLineFacts = {
	readonly agentId: AgentId;
	/** As a person knows it; undefined of a command. */
	readonly path: string | undefined;
	readonly line: number | undefined;
	/** The number is that of the file before the change. */
	readonly removed: boolean;
	readonly text: string;
};

type FileFacts = {
	/** How many lines there are, which one the person is at, how many are seen. */
	readonly count: number;
	readonly at: number;
	readonly height: number;
	/** Where hunks begin. */
	readonly hunks: readonly number[];
	readonly line: FileLineFacts | undefined;
	/** All that was done to it as a text; undefined while there is nothing. */
	readonly tell: (() => string) | undefined;
};

/** What stands at a cell of the screen, as far as the mouse can do something with it. */
export type Spot =
	| {
			readonly kind: 'pane';
			readonly pane: Pane;
			/** The row of a list. */
			readonly stepId?: StepId | undefined;
			readonly agentId?: AgentId | undefined;
			/** The number of the event. */
			readonly seq?: number | undefined;
	  }
	/** A row of the palette. */
	| {readonly kind: 'action'; readonly id: ActionId};

/**
 * What the person has in front of them: rows in the order in which they were drawn last. Moving a selection means
 * moving through these.
 */
export type Facts = {
	readonly steps: readonly StepId[];
	readonly agents: readonly AgentId[];
	/** Rows that are listed though they do not pass the filter any more: the person is on them. */
	readonly stray: {readonly agent: AgentId | undefined; readonly step: StepId | undefined};
	/** How many agents are folded into one row. */
	readonly foldedAgents: number;
	/** The lines that pass the log's filter, oldest first. */
	readonly log: readonly LogEntry[];
	/** Rows a pane has for its list. */
	readonly pageRows: {readonly plan: number; readonly agents: number; readonly log: number};
	/** The overlay on top, if it scrolls by rows. */
	readonly overlay: Scroll;
	readonly transcript: TranscriptFacts | undefined;
	readonly files: FilesFacts;
	/** The file that is looked at. */
	readonly file: FileFacts | undefined;
	/** What of a file, a request or a step can be copied. */
	readonly copy: Taken | undefined;
	/** How many pages the keys that are listed have. */
	readonly keysPages: number;
	/** The rows of the palette, if it is open. What lies below it keeps its own facts. */
	readonly palette: readonly PaletteRow[];
	/** `x` and `y` count cells from 0 at the top left of the screen. */
	readonly spotAt: (x: number, y: number) => Spot | undefined;
};

export const noFacts: Facts = {
	steps: [],
	agents: [],
	stray: {agent: undefined, step: undefined},
	foldedAgents: 0,
	log: [],
	pageRows: {plan: 1, agents: 1, log: 1},
	overlay: {rows: 0, height: 1, top: 0},
	transcript: undefined,
	files: {rows: [], at: undefined, height: 1},
	file: undefined,
	copy: undefined,
	keysPages: 0,
	palette: [],
	spotAt: () => undefined,
};
