import {stepsOf} from '../source/domain/plan.ts';
import {type Run, runWord} from '../source/domain/run.ts';
import {selectedAgent, type View} from '../store/action.ts';
import {disabledReason} from '../store/actions.ts';
import type {ActionId} from '../store/keymap.ts';
import {matchKey} from '../store/match-key.ts';
import type {TextBuffer} from '../store/text-buffer.ts';
import {contextOf, draftOf, topOverlay} from '../store/ui.ts';
import type {Place} from './layout.ts';
import {type Cell, drawField} from './overlays/field.ts';
import {drawBox} from './panes/dialog-box.ts';
import {cut} from './text/fit.ts';
import {drawLine, span} from './text/spans.ts';
import {widthOf} from './text/width.ts';
import type {Theme} from './theme.ts';

type PromptPicture = {readonly text: string; readonly cursor: Cell | undefined};

type Typing = {readonly label: string; readonly buffer: TextBuffer};

/** The line at the bottom belongs to whatever is being typed outside of dialogs. */
const typingOf = ({run, ui}: View): Typing | undefined => {
	const {prompt, log} = ui;
	if (prompt.typing) {
		const name = prompt.to === undefined ? '' : (run?.agents[prompt.to]?.name ?? prompt.to);
		return {label: `to ${name}${prompt.sending ? ' (sending)' : ''} ❯ `, buffer: draftOf(prompt)};
	}
	const overlay = topOverlay(ui);
	if (overlay?.kind === 'transcript' && overlay.typing) return {label: 'search / ', buffer: overlay.query};
	return overlay === undefined && log.typing ? {label: 'filter / ', buffer: log.filter} : undefined;
};

/** Where the run has left what it was for; undefined while it goes on. */
const handedOver = (run: Run | undefined): string | undefined => {
	if (run?.status.kind !== 'ended') return undefined;
	const produced = stepsOf(run.plan).flatMap(step => (step.status.kind === 'done' ? step.status.packet.produced : []));
	const written = [...new Set(produced)].join(', ');
	return `${runWord(run)}: ${run.status.reason}${written === '' ? '' : ` · written: ${written}`}`;
};

/** What the line is good for when nothing is typed, as far as the keys for it work here. */
const idleText = (view: View): string => {
	const over = handedOver(view.run);
	if (over !== undefined) return over;
	const context = contextOf(view.ui);
	const may = (id: ActionId, key: string): boolean =>
		matchKey(context, key) === id && disabledReason(id, view) === undefined;
	const parts = [
		...(may('agent.message', 'm') ? [`m: message ${selectedAgent(view)?.name ?? ''}`] : []),
		...(may('agent.create', 'n') ? ['n: new agent'] : []),
	];
	return parts.join(' · ');
};

/** The prompt line. The cursor is counted from the top left of the screen. */
export const paintPrompt = (theme: Theme, view: View, {frame, body}: Place): PromptPicture => {
	const typing = typingOf(view);
	const {width} = body;
	const label = typing === undefined ? '' : cut(typing.label, Math.max(0, width - 10));
	const labelColumns = widthOf(label);
	const field = typing === undefined ? undefined : drawField(theme, typing.buffer, width - labelColumns, 1);
	const line =
		field === undefined
			? drawLine(theme, [span(idleText(view), 'muted')], width)
			: drawLine(theme, [span(label, 'strong')], labelColumns) + (field.lines[0] ?? '');
	const lines =
		body.height < frame.height
			? drawBox({theme, title: '', focused: typing !== undefined, lines: [line]}, frame.width, frame.height)
			: [line];
	return {
		text: lines.join('\n'),
		cursor: field === undefined ? undefined : {x: body.x + labelColumns + field.cursor.x, y: body.y},
	};
};
