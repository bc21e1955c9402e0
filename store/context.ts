import {activeField} from './form.ts';
import type {AnswerInput, Overlay} from './overlay.ts';
import {type Pane, topOverlay, type UiState} from './ui.ts';

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
