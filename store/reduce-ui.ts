import type {AgentId, RequestId, StepId} from '../source/domain/id.ts';
import type {Arrangement} from './arrangement.ts';
import type {Found} from './find.ts';
import {atField, type FormOverlay} from './form.ts';
import {keptAnswer, typedAnswer, withAnswer, withoutAnswer} from './kept-answers.ts';
import {keptOf, withForm, withoutForm} from './kept-forms.ts';
import type {KeyPress} from './key-name.ts';
import type {AnswerInput, Overlay} from './overlay.ts';
import type {FilteredPane} from './row-actions.ts';
import {editText, emptyText, insertText, textBuffer} from './text-buffer.ts';
import {recall, remember} from './text-history.ts';
import {textTarget} from './text-target.ts';
import {
	draftOf,
	isSendingText,
	type LogAnchor,
	type Notice,
	type Pane,
	type PastView,
	topOverlay,
	type UiState,
} from './ui.ts';
import type {Undo} from './undo.ts';
import {nameOf, type WaitingAnswer} from './waiting-answer.ts';

/** What may happen to the window's own state. */
export type UiAction =
	| {readonly type: 'pane.focus'; readonly pane: Pane}
	| {readonly type: 'panes.arrange'; readonly arrangement: Arrangement}
	| {readonly type: 'step.select'; readonly stepId: StepId}
	| {readonly type: 'agent.select'; readonly agentId: AgentId}
	| {readonly type: 'agents.retired'}
	| {readonly type: 'agents.done'; readonly done: 'shown' | 'folded'}
	| {readonly type: 'find.found'; readonly found: Found}
	/** Which rows of a list are shown. */
	| {readonly type: 'rows.filter'; readonly pane: FilteredPane; readonly text: string}
	| {readonly type: 'rows.typing'; readonly pane: FilteredPane; readonly typing: boolean}
	| {readonly type: 'log.anchor'; readonly anchor: LogAnchor | undefined}
	/** To the log, which is not filtered there, from whatever was open over it. */
	| {readonly type: 'log.visit'; readonly anchor: LogAnchor | undefined}
	| {readonly type: 'log.typing'; readonly typing: boolean}
	| {readonly type: 'log.details'}
	| {readonly type: 'log.clear'}
	| {readonly type: 'log.filter'; readonly text: string}
	| {readonly type: 'prompt.open'; readonly to: AgentId}
	| {readonly type: 'prompt.close'}
	| {readonly type: 'prompt.sent'; readonly to: AgentId; readonly text: string}
	| {readonly type: 'prompt.recall'; readonly step: 1 | -1}
	| {readonly type: 'text.key'; readonly key: KeyPress}
	| {readonly type: 'text.paste'; readonly text: string}
	/** In the place of all that was typed. */
	| {readonly type: 'text.fill'; readonly text: string}
	/** The moment in the past that is looked at, or none: the present. */
	| {readonly type: 'past.look'; readonly past: PastView | undefined}
	| {readonly type: 'overlay.open'; readonly overlay: Overlay}
	/** The overlay on top is exchanged for itself, changed, or for what follows it. */
	| {readonly type: 'overlay.replace'; readonly overlay: Overlay}
	| {readonly type: 'overlay.close'}
	/** What was typed in the one before is kept, unless it is on its way. */
	| {readonly type: 'answer.input'; readonly input: AnswerInput | undefined}
	/** An answer is open again, and its place is not: it was refused, or taken back. */
	| {readonly type: 'answer.keep'; readonly requestId: RequestId | undefined; readonly input: AnswerInput | undefined}
	| {readonly type: 'answers.wait'; readonly answer: WaitingAnswer}
	/** The one of that name. */
	| {readonly type: 'answers.sending'; readonly name: RequestId | undefined}
	/** It was sent, or taken back. */
	| {readonly type: 'answers.drop'; readonly name: RequestId | undefined}
	| {readonly type: 'form.move'; readonly step: 1 | -1}
	/** The form on top goes, and what was typed in it is kept. */
	| {readonly type: 'form.leave'}
	/** It was refused after it was left. */
	| {readonly type: 'form.keep'; readonly form: FormOverlay}
	/** The message to an agent, or what is in the overlay on top. */
	| {
			readonly type: 'sending';
			readonly sending: boolean;
			readonly problem: string | undefined;
			readonly to?: AgentId | undefined;
	  }
	| {readonly type: 'notice'; readonly notice: Notice | undefined}
	| {readonly type: 'keys.page'; readonly page: number | undefined}
	| {readonly type: 'plan.chart'}
	| {readonly type: 'undo.keep'; readonly undo: Undo}
	| {readonly type: 'undo.drop'}
	| {readonly type: 'mouse.toggle'}
	/** The inbox goes by itself, with its last request. */
	| {readonly type: 'inbox.leave'; readonly at: number}
	/** A key came after it. */
	| {readonly type: 'inbox.forget'}
	| {readonly type: 'quit.arm'; readonly at: number | undefined};

/** So many changes of the plan can be taken back. */
const undoMax = 50;

const withTop = (ui: UiState, overlay: Overlay): UiState => ({...ui, overlays: [...ui.overlays.slice(0, -1), overlay]});

const withRows = (
	ui: UiState,
	pane: FilteredPane,
	rows: Partial<Pick<UiState['plan'], 'filter' | 'typing'>>,
): UiState => (pane === 'plan' ? {...ui, plan: {...ui.plan, ...rows}} : {...ui, agents: {...ui.agents, ...rows}});

const moveField = (ui: UiState, step: 1 | -1): UiState => {
	const overlay = topOverlay(ui);
	return overlay?.kind === 'form' ? withTop(ui, atField(overlay, step)) : ui;
};

const markSending = (ui: UiState, {sending, problem, to}: Extract<UiAction, {type: 'sending'}>): UiState => {
	if (to !== undefined) {
		const others = ui.prompt.sending.filter(id => id !== to);
		return {...ui, prompt: {...ui.prompt, sending: sending ? [...others, to] : others}};
	}
	const overlay = topOverlay(ui);
	return overlay !== undefined && 'sending' in overlay ? withTop(ui, {...overlay, sending, problem}) : ui;
};

/** The window's state after an action. Pure. */
export const reduceUi = (ui: UiState, action: UiAction): UiState => {
	switch (action.type) {
		case 'pane.focus': {
			const {hidden} = ui.arrangement;
			// Who goes to a hidden pane wants to see it.
			const arrangement = hidden.includes(action.pane)
				? {...ui.arrangement, hidden: hidden.filter(pane => pane !== action.pane)}
				: ui.arrangement;
			return {...ui, pane: action.pane, arrangement};
		}
		case 'panes.arrange':
			return {...ui, arrangement: action.arrangement};
		case 'step.select':
			return {...ui, stepId: action.stepId};
		case 'agent.select':
			return {...ui, agentId: action.agentId};
		case 'agents.retired':
			return {...ui, agents: {...ui.agents, retired: !ui.agents.retired}};
		case 'agents.done':
			return {...ui, agents: {...ui.agents, done: action.done}};
		case 'find.found': {
			const overlays = ui.overlays.map(one => (one.kind === 'find' ? {...one, found: action.found} : one));
			return {...ui, overlays};
		}
		case 'rows.filter':
			return withRows(ui, action.pane, {filter: textBuffer(action.text), typing: false});
		case 'rows.typing':
			return withRows(ui, action.pane, {typing: action.typing});
		case 'log.anchor':
			return {...ui, log: {...ui.log, anchor: action.anchor}};
		case 'log.typing':
			return {...ui, log: {...ui.log, typing: action.typing}};
		case 'log.clear':
			return {...ui, log: {...ui.log, filter: emptyText, typing: false, anchor: undefined}};
		case 'log.filter':
			return {...ui, log: {...ui.log, filter: textBuffer(action.text), anchor: undefined}};
		case 'log.details':
			// What stood at the top may be hidden now: go on at the end.
			return {...ui, log: {...ui.log, details: !ui.log.details, anchor: undefined}};
		case 'prompt.open':
			return {...ui, agentId: action.to, prompt: {...ui.prompt, to: action.to, typing: true}};
		case 'prompt.close':
			return {...ui, prompt: {...ui.prompt, typing: false}};
		case 'prompt.sent': {
			const {[action.to]: _, ...drafts} = ui.prompt.drafts;
			const history = remember(ui.prompt.history, action.text);
			const sending = ui.prompt.sending.filter(id => id !== action.to);
			// Who writes to somebody else by now goes on with that.
			const typing = ui.prompt.typing && ui.prompt.to !== action.to;
			return {...ui, prompt: {...ui.prompt, drafts, history, typing, sending}};
		}
		case 'prompt.recall': {
			const {prompt} = ui;
			if (prompt.to === undefined) return ui;
			const draft = recall(prompt.history, draftOf(prompt), action.step);
			return {...ui, prompt: {...prompt, drafts: {...prompt.drafts, [prompt.to]: draft}}};
		}
		case 'text.key': {
			const target = textTarget(ui);
			if (target === undefined || isSendingText(ui)) return ui;
			const buffer = editText(target.buffer, action.key, target.lines);
			return buffer === undefined ? ui : target.put(buffer);
		}
		case 'text.paste': {
			const target = textTarget(ui);
			if (target === undefined || isSendingText(ui)) return ui;
			return target.put(insertText(target.buffer, action.text, target.lines));
		}
		case 'text.fill': {
			const target = textTarget(ui);
			if (target === undefined || isSendingText(ui)) return ui;
			return target.put(insertText(emptyText, action.text, target.lines));
		}
		case 'past.look': {
			if (ui.past?.n === action.past?.n) return {...ui, past: action.past};
			const present = ui.past === undefined ? ui.log.anchor : ui.log.present;
			// At another moment the log ends with it; who comes back finds it where it stood.
			const log =
				action.past === undefined
					? {...ui.log, anchor: present, present: undefined}
					: {...ui.log, anchor: undefined, present};
			return {...ui, log, past: action.past};
		}
		case 'log.visit': {
			const find = ui.overlays.findLast(overlay => overlay.kind === 'find');
			const found = find?.kind === 'find' ? find : ui.found;
			// Between lines that a filter leaves out it would stand alone, or not at all.
			const log = {...ui.log, filter: emptyText, typing: false, anchor: action.anchor};
			return {...reduceUi(ui, {type: 'pane.focus', pane: 'log'}), log, overlays: [], found};
		}
		case 'overlay.open': {
			const {overlay} = action;
			const found = overlay.kind === 'find' ? undefined : ui.found;
			// What was kept of it stands in it from now on.
			const forms = overlay.kind === 'form' ? withoutForm(ui.forms, overlay) : ui.forms;
			return {...ui, found, forms, overlays: [...ui.overlays, overlay]};
		}
		case 'overlay.replace':
			return withTop(ui, action.overlay);
		case 'overlay.close':
			return {...ui, overlays: ui.overlays.slice(0, -1)};
		case 'answer.input': {
			const overlay = topOverlay(ui);
			if (overlay?.kind !== 'requests') return ui;
			const {input} = action;
			const left = overlay.sending ? undefined : typedAnswer(overlay.requestId, overlay.input);
			// What was kept of the new one stands in it from now on.
			const keptAnswers = withoutAnswer(withAnswer(ui.keptAnswers, left), overlay.requestId, input?.kind);
			return withTop({...ui, keptAnswers}, {...overlay, input, top: 0, problem: undefined});
		}
		case 'answer.keep': {
			const answer = typedAnswer(action.requestId, action.input);
			const newer = keptAnswer(ui.keptAnswers, action.requestId, action.input?.kind);
			return newer === undefined ? {...ui, keptAnswers: withAnswer(ui.keptAnswers, answer)} : ui;
		}
		case 'answers.wait':
			return {...ui, answers: [...ui.answers, action.answer]};
		case 'answers.sending':
			return {
				...ui,
				answers: ui.answers.map(answer => (nameOf(answer) === action.name ? {...answer, sending: true} : answer)),
			};
		case 'answers.drop':
			return {...ui, answers: ui.answers.filter(answer => nameOf(answer) !== action.name)};
		case 'form.move':
			return moveField(ui, action.step);
		case 'form.leave': {
			const form = topOverlay(ui);
			if (form?.kind !== 'form') return ui;
			// What is on its way would be sent twice.
			const forms = form.sending ? ui.forms : withForm(ui.forms, form);
			return {...ui, forms, overlays: ui.overlays.slice(0, -1)};
		}
		case 'form.keep':
			// What was typed since is newer.
			return keptOf(ui.forms, action.form) === undefined ? {...ui, forms: withForm(ui.forms, action.form)} : ui;
		case 'sending':
			return markSending(ui, action);
		case 'notice':
			return ui.notice === action.notice ? ui : {...ui, notice: action.notice};
		case 'keys.page':
			return ui.keysPage === action.page ? ui : {...ui, keysPage: action.page};
		case 'plan.chart':
			return {...ui, plan: {...ui.plan, chart: !ui.plan.chart}};
		case 'undo.keep':
			return {...ui, undo: [...ui.undo, action.undo].slice(-undoMax)};
		case 'undo.drop':
			return {...ui, undo: ui.undo.slice(0, -1)};
		case 'mouse.toggle':
			return {...ui, mouse: !ui.mouse};
		case 'inbox.leave':
			return {...ui, overlays: ui.overlays.slice(0, -1), inboxLeftAt: action.at};
		case 'inbox.forget':
			return ui.inboxLeftAt === undefined ? ui : {...ui, inboxLeftAt: undefined};
		case 'quit.arm':
			return ui.quitArmedAt === action.at ? ui : {...ui, quitArmedAt: action.at};
		default:
			return action satisfies never;
	}
};
