import type {AgentId, StepId} from '../source/domain/id.ts';
import {type Arrangement, usualArrangement} from './arrangement.ts';
import type {FindOverlay} from './find.ts';
import type {KeptAnswers} from './kept-answers.ts';
import type {KeptForms} from './kept-forms.ts';
import type {ActionId} from './keymap.ts';
import type {Overlay} from './overlay.ts';
import {emptyText, type TextBuffer} from './text-buffer.ts';
import {type Draft, emptyDraft, type TextHistory} from './text-history.ts';
import type {Undo} from './undo.ts';
import type {WaitingAnswer} from './waiting-answer.ts';

/** The panes in the order in which Tab goes through them. */
export const panes = ['plan', 'agents', 'log', 'cost'] as const;
export type Pane = (typeof panes)[number];

/** When a word to the person is no longer true. */
type NoticeEnd =
	/** At that time, ms since 1970. */
	| {readonly kind: 'time'; readonly at: number}
	/** When that agent has what was written to it. */
	| {readonly kind: 'delivered'; readonly to: AgentId}
	/** When something waits here again, or nothing in other runs any more. */
	| {readonly kind: 'onward'}
	/** When what was asked is answered, which is told in its place. */
	| {readonly kind: 'answered'}
	/** When what was refused could be done. */
	| {readonly kind: 'possible'; readonly id: ActionId};

/** A word to the person in the footer, until the next key. */
export type Notice = {
	readonly tone: 'info' | 'refused';
	readonly text: string;
	/** Absent: it stays true, and a word that only informs leaves once it was read. */
	readonly until?: NoticeEnd;
};

/** By sequence number: the first event in view, the one the bar is on, and the newest there was when following ended. */
export type LogAnchor = {readonly top: number; readonly at: number; readonly newest: number};

type LogView = {
	/** Each request, verdict and reply as well, not only what a person reads along. */
	readonly details: boolean;
	readonly filter: TextBuffer;
	readonly typing: boolean;
	/** Undefined: the newest events are followed; in the past, the log stands at its end. */
	readonly anchor: LogAnchor | undefined;
	/** While the past is looked at: where the log stood in the present. */
	readonly present: LogAnchor | undefined;
};

/** Which rows of a list are shown, as it is typed. */
type RowsView = {readonly filter: TextBuffer; readonly typing: boolean};

type AgentsView = RowsView & {
	/** Those that were retired, too. */
	readonly retired: boolean;
	/** Whether rows of agents that are done fold into one; by themselves for want of room. */
	readonly done: 'auto' | 'shown' | 'folded';
};

type PlanView = RowsView & {
	/** The steps as a chart of their time, not as a tree. */
	readonly chart: boolean;
};

export type Prompt = {
	/** To whom the message goes. Chosen when the prompt is opened, so that a moving selection cannot change it. */
	readonly to: AgentId | undefined;
	readonly typing: boolean;
	/** Whose messages are on their way. Until their answer comes, none of them is sent again. */
	readonly sending: readonly AgentId[];
	readonly drafts: Readonly<Record<AgentId, Draft>>;
	readonly history: TextHistory;
};

/** The moment in the past that is looked at. */
export type PastView = {
	/** The run is seen as it was after its n-th event. */
	readonly n: number;
	readonly playing: boolean;
	/** So many times faster than the run was. */
	readonly speed: number;
	/** How long the run rested here, ms, when the play does not wait as long. */
	readonly shortened: number | undefined;
	/** Where to go next, being typed. */
	readonly to: TextBuffer | undefined;
};

/** Everything the window remembers that is not a fact of the run. Selections are ids, so that rows may move. */
export type UiState = {
	readonly pane: Pane;
	readonly arrangement: Arrangement;
	readonly stepId: StepId | undefined;
	readonly agentId: AgentId | undefined;
	readonly plan: PlanView;
	readonly agents: AgentsView;
	readonly log: LogView;
	readonly prompt: Prompt;
	/** Undefined: the present. */
	readonly past: PastView | undefined;
	/** The last one is on top and has the keys. */
	readonly overlays: readonly Overlay[];
	readonly forms: KeptForms;
	readonly keptAnswers: KeptAnswers;
	/** What was searched for when a place in the log was opened from it, until the search is open again. */
	readonly found: FindOverlay | undefined;
	/** Given and not yet sent, oldest first. */
	readonly answers: readonly WaitingAnswer[];
	readonly notice: Notice | undefined;
	/** The page of the keys that are listed, from 0, until the next key; undefined: they are not. */
	readonly keysPage: number | undefined;
	/** What was changed in the plan by this window, oldest first. */
	readonly undo: readonly Undo[];
	/** The terminal tells what its mouse does. */
	readonly mouse: boolean;
	/** When the inbox went by itself, with its last request, until the next key; ms since 1970. */
	readonly inboxLeftAt: number | undefined;
	/** When Ctrl+C was pressed for the first time; ms since 1970. */
	readonly quitArmedAt: number | undefined;
};

export const firstUi: UiState = {
	pane: 'plan',
	arrangement: usualArrangement,
	stepId: undefined,
	agentId: undefined,
	plan: {chart: false, filter: emptyText, typing: false},
	agents: {retired: false, done: 'auto', filter: emptyText, typing: false},
	log: {details: false, filter: emptyText, typing: false, anchor: undefined, present: undefined},
	prompt: {to: undefined, typing: false, sending: [], drafts: {}, history: []},
	past: undefined,
	overlays: [],
	forms: [],
	keptAnswers: [],
	found: undefined,
	answers: [],
	notice: undefined,
	keysPage: undefined,
	undo: [],
	mouse: false,
	inboxLeftAt: undefined,
	quitArmedAt: undefined,
};

/** The past, entered after so many events. */
export const presentAt = (count: number): PastView => ({
	n: count,
	playing: false,
	speed: 1,
	shortened: undefined,
	to: undefined,
});

/** What was asked for in a pane by its filter; empty where it has none. */
export const filterIn = (ui: Pick<UiState, 'plan' | 'agents' | 'log'>, pane: Pane): string =>
	pane === 'cost' ? '' : ui[pane].filter.text.trim();

/** The message that is being written is on its way. */
export const isSendingMessage = ({to, typing, sending}: Prompt): boolean =>
	typing && to !== undefined && sending.includes(to);

export const topOverlay = (ui: UiState): Overlay | undefined => ui.overlays.at(-1);

/** A text that is sent must not be changed meanwhile: what is on screen would no longer be what was sent. */
export const isSendingText = (ui: UiState): boolean => {
	const overlay = topOverlay(ui);
	return ui.prompt.typing
		? isSendingMessage(ui.prompt)
		: overlay !== undefined && 'sending' in overlay && overlay.sending;
};

export const draftOf = ({to, drafts}: Prompt): Draft => (to === undefined ? emptyDraft : (drafts[to] ?? emptyDraft));
