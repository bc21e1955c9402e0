import type {AgentId, RequestId, StepId} from '../source/domain/id.ts';
import type {Risk} from '../source/domain/risk.ts';
import {type Arrangement, usualArrangement} from './arrangement.ts';
import type {FileTarget} from './file-reader.ts';
import type {FindOverlay} from './find.ts';
import {activeField, type FormOverlay} from './form.ts';
import type {ActionId} from './keymap.ts';
import type {StepFieldName} from './step-fields.ts';
import {emptyText, type TextBuffer} from './text-buffer.ts';
import {emptyHistory, type TextHistory} from './text-history.ts';
import type {Undo} from './undo.ts';
import type {WaitingAnswer} from './waiting-answer.ts';

/** The panes in the order in which Tab goes through them. */
export const panes = ['plan', 'agents', 'log', 'cost'] as const;
export type Pane = (typeof panes)[number];

/** What an overlay that sends something shares: no second sending before the answer, and why the last was refused. */
type Sends = {readonly sending: boolean; readonly problem: string | undefined};

/** The first row that is shown. */
type Scrolls = {readonly top: number};

export type HelpOverlay = Scrolls & {readonly kind: 'help'};

/** An item of a transcript: an event it tells of, and which of the items of that event it is, from 0. */
export type ItemPlace = {readonly seq: number; readonly part: number};

/** A place where the text that is searched for was found: in which item, and the how manieth there; -1: the last. */
export type MatchPlace = ItemPlace & {readonly nth: number};

/** What of a transcript is on screen. */
export type TranscriptAnchor =
	/** Its end, which is followed. */
	| {readonly kind: 'tail'}
	/** From a row of an item on. */
	| (ItemPlace & {readonly kind: 'at'; readonly row: number})
	/** The match the person is at, a third from the top. */
	| {readonly kind: 'match'};

/** What of a transcript is folded into one line each. */
export type TranscriptFolds = {
	/** Output of calls. */
	readonly calls: boolean;
	readonly thinking: boolean;
	/** Items that are otherwise than their kind. */
	readonly turned: readonly ItemPlace[];
};

export type TranscriptOverlay = {
	readonly kind: 'transcript';
	readonly agentId: AgentId;
	readonly anchor: TranscriptAnchor;
	/** The item the person has gone to; while it is out of sight, the nearest that is on screen counts. */
	readonly cursor: ItemPlace | undefined;
	readonly folds: TranscriptFolds;
	/** How many things there were to read when following ended. */
	readonly seen: number | undefined;
	readonly query: TextBuffer;
	/** The query is being typed. */
	readonly typing: boolean;
	readonly match: MatchPlace | undefined;
};

/** The fields of a step, one on each line. */
export type FieldsOverlay = {readonly kind: 'fields'; readonly stepId: StepId; readonly field: StepFieldName};

/** Which of the steps that wait for approval are meant. */
export type ApproveOverlay = Sends & {
	readonly kind: 'approve';
	/** Undefined: whatever their role. */
	readonly role: string | undefined;
	/** The highest risk that is let through; undefined: whatever they can do. */
	readonly risk: Risk | undefined;
	/** What they have in their words. */
	readonly text: TextBuffer;
	/** The text is being typed. */
	readonly typing: boolean;
	/** Left out by hand. */
	readonly without: readonly StepId[];
	/** The step that the keys are on; undefined: the first. */
	readonly on: StepId | undefined;
};

export type StepOverlay = Scrolls & {readonly kind: 'step'; readonly stepId: StepId};

export type AnswerInput =
	| {readonly kind: 'deny' | 'text' | 'raise'; readonly buffer: TextBuffer}
	/** How far a yes reaches is being chosen. */
	| {readonly kind: 'reach'; readonly at: number}
	/** Which requests to answer together is being chosen. */
	| {readonly kind: 'sets'; readonly at: number}
	/** Requests that one key will answer together; `since`: when they came on screen, ms since 1970. */
	| {
			readonly kind: 'many';
			readonly words: string;
			readonly requests: readonly RequestId[];
			readonly since: number;
	  };

export type RequestsOverlay = Scrolls &
	Sends & {
		readonly kind: 'requests';
		/** The request on screen. It is never exchanged for another behind the person's back. */
		readonly requestId: RequestId | undefined;
		/** When it came on screen by itself, after an answer to another; ms since 1970. */
		readonly appearedAt: number | undefined;
		readonly input: AnswerInput | undefined;
		/** To be answered together. */
		readonly marked: readonly RequestId[];
	};

export type RemoveOverlay = Sends & {readonly kind: 'remove'; readonly stepId: StepId};
/** What agents consumed and produced. */
export type FilesOverlay = {
	readonly kind: 'files';
	readonly by: 'agent' | 'file';
	/** By its id; undefined: the first row of the agent `of`, or the first of all. */
	readonly at: string | undefined;
	readonly of: AgentId | undefined;
};

/** What was done to one file; `at`: the line the person is at. */
export type FileOverlay = {
	readonly kind: 'file';
	readonly target: FileTarget;
	/** The list it was opened from: its neighbours are those of that list. */
	readonly by: FilesOverlay['by'];
	readonly at: number;
};

/** What costs can be looked at by, and in what order; dearest, most or first by name on top. */
export const costTabs = ['step', 'agent', 'role', 'model', 'provider'] as const;
export type CostTab = (typeof costTabs)[number];
export const costSorts = ['cost', 'tokens', 'turns', 'name'] as const;
export type CostSort = (typeof costSorts)[number];

export type CostsOverlay = Scrolls & {readonly kind: 'costs'; readonly by: CostTab; readonly sort: CostSort};

export type KillOverlay = Sends & {readonly kind: 'kill'; readonly agentId: AgentId};
type QuitOverlay = {readonly kind: 'quit'};

/** Over the shoulder of the selected agent, without leaving the list. */
export type PeekOverlay = {readonly kind: 'peek'};

/** The whole line the bar of the log is on, and what it leads to, without leaving the log. */
export type EventOverlay = Scrolls & {readonly kind: 'event'};

/** Every action by its name, over whatever was on screen. */
export type PaletteOverlay = {
	readonly kind: 'palette';
	readonly query: TextBuffer;
	/** Undefined: the first that fits. */
	readonly chosen: ActionId | undefined;
};

export type Overlay =
	| HelpOverlay
	| TranscriptOverlay
	| StepOverlay
	| FieldsOverlay
	| ApproveOverlay
	| RemoveOverlay
	| RequestsOverlay
	| FormOverlay
	| PaletteOverlay
	| FindOverlay
	| PeekOverlay
	| EventOverlay
	| FilesOverlay
	| CostsOverlay
	| FileOverlay
	| KillOverlay
	| QuitOverlay;

/** When a word to the person is no longer true. */
type NoticeEnd =
	/** At that time, ms since 1970. */
	| {readonly kind: 'time'; readonly at: number}
	/** When that agent has what was written to it. */
	| {readonly kind: 'delivered'; readonly to: AgentId}
	/** When something waits here again, or nothing in other runs any more. */
	| {readonly kind: 'onward'};

/** A word to the person in the footer, until the next key. */
export type Notice = {
	readonly tone: 'info' | 'refused';
	readonly text: string;
	/** Absent: it stays true. */
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

type Prompt = {
	/** To whom the message goes. Chosen when the prompt is opened, so that a moving selection cannot change it. */
	readonly to: AgentId | undefined;
	readonly typing: boolean;
	/** Whose messages are on their way. Until their answer comes, none of them is sent again. */
	readonly sending: readonly AgentId[];
	readonly drafts: Readonly<Record<AgentId, TextBuffer>>;
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
	prompt: {to: undefined, typing: false, sending: [], drafts: {}, history: emptyHistory},
	past: undefined,
	overlays: [],
	found: undefined,
	answers: [],
	notice: undefined,
	keysPage: undefined,
	undo: [],
	mouse: false,
	quitArmedAt: undefined,
};

export const requestsOf = (requestId: RequestId | undefined): RequestsOverlay => ({
	kind: 'requests',
	requestId,
	appearedAt: undefined,
	input: undefined,
	marked: [],
	top: 0,
	sending: false,
	problem: undefined,
});

/** The transcript of an agent: at its end, or with an event of the agent at the top. */
export const transcriptOf = (agentId: AgentId, at?: number): TranscriptOverlay => ({
	kind: 'transcript',
	agentId,
	anchor: at === undefined ? {kind: 'tail'} : {kind: 'at', seq: at, part: 0, row: 0},
	cursor: at === undefined ? undefined : {seq: at, part: 0},
	folds: {calls: true, thinking: false, turned: []},
	seen: undefined,
	query: emptyText,
	typing: false,
	match: undefined,
});

/** All that is known of a step, from the top. */
export const stepDetails = (stepId: StepId): StepOverlay => ({kind: 'step', stepId, top: 0});

/** The past, entered after so many events. */
export const presentAt = (count: number): PastView => ({
	n: count,
	playing: false,
	speed: 1,
	shortened: undefined,
	to: undefined,
});

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

export const draftOf = ({to, drafts}: Prompt): TextBuffer => (to === undefined ? emptyText : (drafts[to] ?? emptyText));

/**
 * Where the keys go. Of forms: `line` is one with a single text, `pick` one with a single choice, which Enter sends; in
 * a `choice` and a `pick` letters choose, elsewhere they are text. In `narrow` the text of a bulk approval is typed.
 */
export type Context =
	| Pane
	| Exclude<Overlay['kind'], 'form'>
	| 'prompt'
	| 'moment'
	| 'filter'
	| 'search'
	| 'answer'
	| 'reach'
	| 'many'
	| 'line'
	| 'form'
	| 'choice'
	| 'pick'
	| 'narrow'
	/** Of Home: its list, the line for a goal, the line that filters. */
	| 'home'
	| 'goal'
	| 'sift';

const contextOfInput = ({kind}: AnswerInput): Context => {
	switch (kind) {
		case 'reach':
		case 'sets':
			return 'reach';
		case 'many':
			return 'many';
		case 'deny':
		case 'text':
		case 'raise':
			return 'answer';
		default:
			return kind satisfies never;
	}
};

export const contextOf = (ui: UiState): Context => {
	if (ui.prompt.typing) return 'prompt';
	if (ui.past?.to !== undefined) return 'moment';
	const overlay = topOverlay(ui);
	if (overlay === undefined) return ui.log.typing || ui.plan.typing || ui.agents.typing ? 'filter' : ui.pane;
	if (overlay.kind === 'transcript' && overlay.typing) return 'search';
	if (overlay.kind === 'approve' && overlay.typing) return 'narrow';
	if (overlay.kind === 'requests' && overlay.input !== undefined) return contextOfInput(overlay.input);
	if (overlay.kind !== 'form') return overlay.kind;
	const single = overlay.fields.length === 1;
	if (activeField(overlay)?.kind !== 'text') return single ? 'pick' : 'choice';
	return single ? 'line' : 'form';
};
