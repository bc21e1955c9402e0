import {stepsOf} from '../source/domain/plan.ts';
import {agentIn, runWord} from '../source/domain/run.ts';
import {selectedAgent, type View} from '../store/action.ts';
import type {ActionId} from '../store/keymap.ts';
import type {LogEntry} from '../store/log-entry.ts';
import type {TextBuffer} from '../store/text-buffer.ts';
import {draftOf, isSendingMessage, topOverlay} from '../store/ui.ts';
import type {Rect} from './layout.ts';
import {type Cell, drawField} from './overlays/field.ts';
import {approvalWords} from './parts/approval-words.ts';
import {clockTime} from './parts/clock-time.ts';
import {keyHere} from './parts/key-here.ts';
import {cutStart} from './text/cut-start.ts';
import {cut} from './text/fit.ts';
import {sanitiseLine} from './text/sanitise.ts';
import {drawLine, type Line, span} from './text/spans.ts';
import {widthOf} from './text/width.ts';
import {glyphOf, type Theme} from './theme.ts';

type PromptPicture = {readonly text: string; readonly cursor: Cell | undefined};

type Typing = {readonly label: string; readonly buffer: TextBuffer};

/** The line at the bottom belongs to whatever is being typed outside of dialogs. */
const typingOf = ({run, ui}: View): Typing | undefined => {
	const {prompt, plan, agents, log, past} = ui;
	if (prompt.typing) {
		const name = prompt.to === undefined ? '' : (agentIn(run, prompt.to)?.name ?? prompt.to);
		return {label: `to ${name}${isSendingMessage(prompt) ? ' (sending)' : ''} ❯ `, buffer: draftOf(prompt).buffer};
	}
	if (past?.to !== undefined) return {label: 'go to # or time ❯ ', buffer: past.to};
	const overlay = topOverlay(ui);
	if (overlay?.kind === 'transcript' && overlay.typing) return {label: 'search / ', buffer: overlay.query};
	if (overlay?.kind === 'approve' && overlay.typing) return {label: 'only steps with / ', buffer: overlay.text};
	const filtered = [plan, agents, log].find(pane => pane.typing);
	return overlay === undefined && filtered !== undefined ? {label: 'filter / ', buffer: filtered.filter} : undefined;
};

const gap = '   ';

/** What a key is good for, if it can be pressed here and now. */
const offer = (view: View, id: ActionId, what: string): readonly string[] => {
	const key = keyHere(view, id);
	return key === undefined ? [] : [`${key}: ${what}`];
};

/** How the run ended, and why. Many reasons say the first themselves. */
const endWords = (word: string, reason: string): string =>
	reason.startsWith(`${word}:`) || reason.endsWith(` ${word}`) ? reason : `${word}: ${reason}`;

const writtenWord = ' · written: ';
/** Fewer columns than these say nothing of where a file is. */
const writtenColumnsMin = 12;

/** Where the run has left what it was for; undefined while it goes on. Of long paths the end is kept: the files' names. */
const handedOver = (view: View, width: number): Line | undefined => {
	const {run} = view;
	if (run?.status.kind !== 'ended') return undefined;
	const produced = stepsOf(run.plan).flatMap(step => (step.status.kind === 'done' ? step.status.packet.produced : []));
	const written = [...new Set(produced)].join(', ');
	const end = endWords(runWord(run), run.status.reason);
	const mark = run.status.outcome === 'failed' ? `${glyphOf('failed', undefined)} ` : '';
	const retry = offer(view, 'step.retry', 'retry the failed step').map(words => ` · ${words}`);
	const left = width - widthOf(sanitiseLine([mark, end, ...retry, writtenWord].join('')));
	const more = [
		...retry,
		...(written === '' || left < writtenColumnsMin ? [] : [writtenWord, cutStart(written, left)]),
	].join('');
	return run.status.outcome === 'failed'
		? [span(mark + end, 'failed'), span(more, 'muted')]
		: [span(end + more, 'muted')];
};

/**
 * What the line is good for when nothing is typed, as far as the keys for it work here: what has become of the run, where
 * its panes are; what a yes would come to is told first, wherever it can be said, and whatever panes there is room for.
 */
const idleLine = (view: View, width: number): Line => {
	const over = topOverlay(view.ui) === undefined ? handedOver(view, width) : undefined;
	if (over !== undefined) return over;
	const yes = approvalWords(view, width);
	const parts = [
		...offer(view, 'agent.message', `message ${selectedAgent(view)?.name ?? ''}`),
		...offer(view, 'agent.create', 'new agent'),
	].join(' · ');
	if (yes === undefined) return [span(parts, 'muted')];
	const left = width - widthOf(yes) - gap.length;
	return [span(yes, 'you'), ...(parts === '' || widthOf(parts) > left ? [] : [span(gap), span(parts, 'muted')])];
};

/** Also what the log leaves out is told of a moment in the past. */
const happenedText = ({at, agentName, text}: LogEntry): string =>
	[clockTime(at), ...(agentName === undefined ? [] : [agentName]), text].join(' ');

/**
 * The prompt line. The cursor is counted from the top left of the screen. `happened` is the event that leads to the
 * moment in the past that is looked at.
 */
export const paintPrompt = (
	theme: Theme,
	view: View,
	{x, y, width}: Rect,
	happened: LogEntry | undefined,
): PromptPicture => {
	const typing = typingOf(view);
	const label = typing === undefined ? '' : cut(typing.label, Math.max(0, width - 10));
	const labelColumns = widthOf(label);
	const field = typing === undefined ? undefined : drawField(theme, typing.buffer, width - labelColumns, 1);
	const line =
		field === undefined
			? drawLine(theme, happened === undefined ? idleLine(view, width) : [span(happenedText(happened), 'muted')], width)
			: drawLine(theme, [span(label, 'strong')], labelColumns) + (field.lines[0] ?? '');
	return {
		text: line,
		cursor: field === undefined ? undefined : {x: x + labelColumns + field.cursor.x, y},
	};
};
