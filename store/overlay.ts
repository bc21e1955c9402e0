import type {AgentId, RequestId, StepId} from '../source/domain/id.ts';
import type {Risk} from '../source/domain/risk.ts';
import type {FileTarget} from './file-reader.ts';
import type {FindOverlay} from './find.ts';
import type {FormOverlay} from './form.ts';
import type {ActionId} from './keymap.ts';
import type {StepFieldName} from './step-fields.ts';
import {emptyText, type TextBuffer, textBuffer} from './text-buffer.ts';

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
	/** The match the person is at, a third from the top; `until` it is loaded, what was on screen before. */
	| {readonly kind: 'match'; readonly until?: TranscriptAnchor};

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

/** An answer that is typed. */
export type TypedInput = {
	readonly kind: 'deny' | 'text' | 'raise';
	readonly buffer: TextBuffer;
	/** When it came on screen with what was typed before, until it is changed; ms since 1970. */
	readonly since?: number;
};

export type AnswerInput =
	| TypedInput
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
		/** It came on screen with another run than the one before. */
		readonly isElsewhere: boolean;
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

export const requestsOf = (requestId: RequestId | undefined): RequestsOverlay => ({
	kind: 'requests',
	requestId,
	appearedAt: undefined,
	isElsewhere: false,
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

/** The transcript of an agent where words were found: there a search for them stands, to go on with. */
export const transcriptAt = (
	agentId: AgentId,
	{seq, words}: {readonly seq: number; readonly words: string},
): TranscriptOverlay => ({
	...transcriptOf(agentId, seq),
	...(words === '' ? {} : {query: textBuffer(words), match: {seq, part: 0, nth: 0}, anchor: {kind: 'match'}}),
});

/** All that is known of a step, from the top. */
export const stepDetails = (stepId: StepId): StepOverlay => ({kind: 'step', stepId, top: 0});
