import {activeField, withBuffer} from '../form.ts';
import type {TextBuffer} from '../text-buffer.ts';
import type {HomeUi} from './home-ui.ts';

type HomeTextTarget = {
	readonly buffer: TextBuffer;
	readonly lines: 'one' | 'many';
	readonly put: (buffer: TextBuffer) => HomeUi;
};

/** The text the person is typing into. */
export const homeTextTarget = (ui: HomeUi): HomeTextTarget | undefined => {
	const {overlay, typing} = ui;
	if (overlay?.kind === 'form') {
		const field = activeField(overlay);
		if (field?.kind !== 'text') return undefined;
		const put = (buffer: TextBuffer): HomeUi => ({...ui, overlay: withBuffer(overlay, buffer)});
		return {buffer: field.buffer, lines: field.rows > 1 ? 'many' : 'one', put};
	}
	if (overlay?.kind === 'palette' || overlay?.kind === 'find')
		return {
			buffer: overlay.query,
			lines: 'one',
			put: query => ({...ui, overlay: {...overlay, query, chosen: undefined}}),
		};
	if (overlay !== undefined || typing === undefined) return undefined;
	return typing === 'goal'
		? {buffer: ui.goal.buffer, lines: 'many', put: buffer => ({...ui, goal: {...ui.goal, buffer}})}
		: {buffer: ui.filter, lines: 'one', put: filter => ({...ui, filter, chosen: undefined})};
};
