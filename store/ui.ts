import type {AgentId, RequestId, StepId} from '../source/domain/id.ts';
import {emptyText, type TextBuffer} from './text-buffer.ts';
import {emptyHistory, type TextHistory} from './text-history.ts';

/** The panes in the order in which Tab goes through them. */
export const panes = ['plan', 'agents', 'log', 'cost'] as const;
export type Pane = (typeof panes)[number];

export const editFields = ['title', 'role', 'objective', 'dependsOn', 'tier', 'toolBudget'] as const;
export type EditField = (typeof editFields)[number];

/** What an overlay that sends something shares: no second sending before the answer, and why the last was refused. */
type Sends = {readonly sending: boolean; readonly problem: string | undefined};

/** The first row that is shown. */
type Scrolls = {readonly top: number};

export type HelpOverlay = Scrolls & {readonly kind: 'help'};

/** What stands at the top: the end is followed, or a row of an item of the transcript. Both are counted from 0. */
export type TranscriptAnchor =
	| {readonly kind: 'tail'}
	| {readonly kind: 'at'; readonly item: number; readonly row: number};

export type TranscriptOverlay = {
	readonly kind: 'transcript';
	readonly agentId: AgentId;
	readonly anchor: TranscriptAnchor;
	readonly query: TextBuffer;
	/** The query is being typed. */
	readonly typing: boolean;
	/** Which match the person is at, counted from 0 at the top. */
	readonly match: number | undefined;
};

export type StepOverlay = Scrolls & {readonly kind: 'step'; readonly stepId: StepId};

export type AnswerInput = {readonly kind: 'deny' | 'text' | 'raise'; readonly buffer: TextBuffer};

export type RequestsOverlay = Scrolls &
	Sends & {
		readonly kind: 'requests';
		/** The request on screen. It is never exchanged for another behind the person's back. */
		readonly requestId: RequestId | undefined;
		/** When it came on screen by itself, after an answer to another; ms since 1970. */
		readonly appearedAt: number | undefined;
		readonly input: AnswerInput | undefined;
	};

export type RejectOverlay = Sends & {readonly kind: 'reject'; readonly stepId: StepId; readonly reason: TextBuffer};

export type EditOverlay = Sends & {
	readonly kind: 'edit';
	readonly stepId: StepId;
	readonly field: EditField;
	readonly fields: Readonly<Record<EditField, TextBuffer>>;
};

export type CreateOverlay = Sends & {
	readonly kind: 'create';
	readonly field: 'role' | 'objective';
	readonly role: string;
	readonly objective: TextBuffer;
};

export type KillOverlay = {readonly kind: 'kill'; readonly agentId: AgentId};
type QuitOverlay = {readonly kind: 'quit'};

export type Overlay =
	| HelpOverlay
	| TranscriptOverlay
	| StepOverlay
	| RequestsOverlay
	| RejectOverlay
	| EditOverlay
	| CreateOverlay
	| KillOverlay
	| QuitOverlay;

/** A word to the person in the footer, until the next key. */
export type Notice = {readonly tone: 'info' | 'refused'; readonly text: string};

/** By sequence number: the first event in view, and the newest there was when following ended. */
export type LogAnchor = {readonly top: number; readonly newest: number};

type LogView = {
	/** Each request, verdict and reply as well, not only what a person reads along. */
	readonly details: boolean;
	readonly filter: TextBuffer;
	readonly typing: boolean;
	/** Undefined: the newest events are followed. */
	readonly anchor: LogAnchor | undefined;
};

type Prompt = {
	/** To whom the message goes. Chosen when the prompt is opened, so that a moving selection cannot change it. */
	readonly to: AgentId | undefined;
	readonly typing: boolean;
	readonly sending: boolean;
	readonly drafts: Readonly<Record<AgentId, TextBuffer>>;
	readonly history: TextHistory;
};

/** Everything the window remembers that is not a fact of the run. Selections are ids, so that rows may move. */
export type UiState = {
	readonly pane: Pane;
	readonly stepId: StepId | undefined;
	readonly agentId: AgentId | undefined;
	readonly log: LogView;
	readonly prompt: Prompt;
	/** The last one is on top and has the keys. */
	readonly overlays: readonly Overlay[];
	readonly notice: Notice | undefined;
	/** When Ctrl+C was pressed for the first time; ms since 1970. */
	readonly quitArmedAt: number | undefined;
};

export const firstUi: UiState = {
	pane: 'plan',
	stepId: undefined,
	agentId: undefined,
	log: {details: false, filter: emptyText, typing: false, anchor: undefined},
	prompt: {to: undefined, typing: false, sending: false, drafts: {}, history: emptyHistory},
	overlays: [],
	notice: undefined,
	quitArmedAt: undefined,
};

export const transcriptOf = (agentId: AgentId): TranscriptOverlay => ({
	kind: 'transcript',
	agentId,
	anchor: {kind: 'tail'},
	query: emptyText,
	typing: false,
	match: undefined,
});

export const topOverlay = (ui: UiState): Overlay | undefined => ui.overlays.at(-1);

export const draftOf = ({to, drafts}: Prompt): TextBuffer => (to === undefined ? emptyText : (drafts[to] ?? emptyText));

/** Where the keys go. */
export type Context = Pane | Overlay['kind'] | 'prompt' | 'filter' | 'search' | 'answer' | 'role';

export const contextOf = (ui: UiState): Context => {
	if (ui.prompt.typing) return 'prompt';
	const overlay = topOverlay(ui);
	if (overlay === undefined) return ui.log.typing ? 'filter' : ui.pane;
	if (overlay.kind === 'transcript' && overlay.typing) return 'search';
	if (overlay.kind === 'requests' && overlay.input !== undefined) return 'answer';
	if (overlay.kind === 'create' && overlay.field === 'role') return 'role';
	return overlay.kind;
};
