import {activeField, withBuffer} from './form.ts';
import type {TextBuffer} from './text-buffer.ts';
import {draftOf, topOverlay, type UiState} from './ui.ts';

/** The text the person is typing into. While there is one, letters are letters: typed text can never approve. */
type TextTarget = {
	readonly buffer: TextBuffer;
	readonly lines: 'one' | 'many';
	/** The state with another text in that place. */
	readonly put: (buffer: TextBuffer) => UiState;
};

export const textTarget = (ui: UiState): TextTarget | undefined => {
	const {prompt} = ui;
	if (prompt.typing) {
		const {to} = prompt;
		if (to === undefined) return undefined;
		const draft = draftOf(prompt);
		const put = (buffer: TextBuffer): UiState => ({
			...ui,
			prompt: {...prompt, drafts: {...prompt.drafts, [to]: {...draft, buffer}}},
		});
		return {buffer: draft.buffer, lines: 'many', put};
	}
	const {past} = ui;
	if (past?.to !== undefined) return {buffer: past.to, lines: 'one', put: to => ({...ui, past: {...past, to}})};
	const overlay = topOverlay(ui);
	if (overlay === undefined) {
		const {plan, agents} = ui;
		if (plan.typing) return {buffer: plan.filter, lines: 'one', put: filter => ({...ui, plan: {...plan, filter}})};
		if (agents.typing)
			return {buffer: agents.filter, lines: 'one', put: filter => ({...ui, agents: {...agents, filter}})};
		if (!ui.log.typing) return undefined;
		return {buffer: ui.log.filter, lines: 'one', put: filter => ({...ui, log: {...ui.log, filter, anchor: undefined}})};
	}
	const below = ui.overlays.slice(0, -1);
	switch (overlay.kind) {
		case 'transcript':
			if (!overlay.typing) return undefined;
			return {
				buffer: overlay.query,
				lines: 'one',
				put: query => ({...ui, overlays: [...below, {...overlay, query, match: undefined}]}),
			};
		case 'requests': {
			const {input} = overlay;
			if (input === undefined || !('buffer' in input)) return undefined;
			return {
				buffer: input.buffer,
				lines: input.kind === 'text' ? 'many' : 'one',
				put: buffer => ({...ui, overlays: [...below, {...overlay, input: {kind: input.kind, buffer}}]}),
			};
		}
		case 'find':
		case 'palette':
			return {
				buffer: overlay.query,
				lines: 'one',
				put: query => ({...ui, overlays: [...below, {...overlay, query, chosen: undefined}]}),
			};
		case 'form': {
			const field = activeField(overlay);
			if (field?.kind !== 'text') return undefined;
			return {
				buffer: field.buffer,
				lines: field.rows > 1 ? 'many' : 'one',
				put: buffer => ({...ui, overlays: [...below, withBuffer(overlay, buffer)]}),
			};
		}
		case 'approve':
			if (!overlay.typing) return undefined;
			return {
				buffer: overlay.text,
				lines: 'one',
				put: text => ({...ui, overlays: [...below, {...overlay, text}]}),
			};
		case 'fields':
		case 'remove':
		case 'help':
		case 'files':
		case 'costs':
		case 'file':
		case 'step':
		case 'peek':
		case 'event':
		case 'kill':
		case 'quit':
			return undefined;
		default:
			return overlay satisfies never;
	}
};
