import type {Ask, Request} from '../../source/domain/request.ts';
import type {Run} from '../../source/domain/run.ts';
import type {View} from '../../store/action.ts';
import {unitOf} from '../../store/amount.ts';
import type {ActionId, Keymap} from '../../store/keymap.ts';
import type {AnswerInput, RequestsOverlay} from '../../store/overlay.ts';
import {grantOf, reachesOf} from '../../store/request-choices.ts';
import {setsOf} from '../../store/request-sets.ts';
import {sayKey} from '../../store/say-key.ts';
import type {UiState} from '../../store/ui.ts';
import {sanitiseLine} from '../text/sanitise.ts';
import {drawLine, span} from '../text/spans.ts';
import {wrapLine} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';
import {type Cell, drawField} from './field.ts';

/** What saying no comes to. */
const noWords = (ask: Ask): string => {
	switch (ask.kind) {
		case 'question':
			return 'Leave it to the agent, because';
		case 'blocker':
			return 'Give the agent up, because';
		case 'budget':
			return ask.scope === 'run' || ask.scope === 'day' ? 'Stop the run, because' : 'Stop the agent, because';
		case 'unknown':
			return 'You do not know what came of it';
		case 'lane':
			return 'Give up those that wait for it, because';
		case 'plan':
		case 'call':
		case 'network':
			return 'Say no, because';
		default:
			return ask satisfies never;
	}
};

const labelOf = (request: Request, input: Exclude<AnswerInput, {kind: 'many'}>, keymap: Keymap): string => {
	const {ask} = request;
	const where = input.kind === 'reach' || input.kind === 'sets' ? 'reach' : 'answer';
	const key = (id: ActionId): string => sayKey(keymap, id, where);
	const send = key('form.send');
	const leave = `${key('back')} goes back`;
	const choose = `its number, or ${key('choice.previous')} ${key('choice.next')} and ${send}; ${leave}`;
	switch (input.kind) {
		case 'deny':
			return `${noWords(ask)} (${send} sends, ${leave}):`;
		case 'text':
			return `Your answer (${send} sends, Alt+Enter breaks the line, ${leave}):`;
		case 'raise':
			return `New limit in ${ask.kind === 'budget' ? unitOf[ask.what] : ''}; what you type takes its place (${send} sends, ${leave}):`;
		case 'reach':
			return `Allow ${grantOf(request) ?? ''} (${choose}):`;
		case 'sets':
			return `Answer together (${choose}):`;
		default:
			return input satisfies never;
	}
};

/** What stands to choice: how far a yes reaches, or what is answered together. */
const optionsOf = (
	run: Run,
	request: Request,
	overlay: RequestsOverlay,
	ui: Pick<UiState, 'answers'>,
): readonly string[] =>
	overlay.input?.kind === 'sets'
		? setsOf(run, ui, overlay).map(({words, requests}) => `${words} (${requests.length})`)
		: reachesOf(run, request).map(({words}) => words);

const textRows = 3;
const marker = '❯ ';

/** The answer that is being given to a request: lines below its card, and the cursor from their top. */
export const drawAnswerInput = (
	theme: Theme,
	run: Run,
	request: Request,
	overlay: RequestsOverlay,
	{ui, keymap}: Pick<View, 'ui' | 'keymap'>,
	width: number,
): {readonly lines: readonly string[]; readonly cursor: Cell | undefined} => {
	const {input} = overlay;
	if (input === undefined || input.kind === 'many') return {lines: [], cursor: undefined};
	const label = wrapLine(sanitiseLine(labelOf(request, input, keymap)), width).map(({text}) =>
		drawLine(theme, [span(text, 'strong')], width),
	);
	if (input.kind === 'reach' || input.kind === 'sets') {
		// Never cut: at its end may stand the file that a rule is written to.
		const rows = optionsOf(run, request, overlay, ui).flatMap((words, i) => {
			const chosen = i === input.at;
			return wrapLine(sanitiseLine(`${i + 1}  ${words}`), width - marker.length).map(({text}, row) => {
				const mark = chosen && row === 0 ? marker : ' '.repeat(marker.length);
				return drawLine(theme, [span(mark, 'accent'), span(text, chosen ? 'strong' : 'plain')], width, chosen);
			});
		});
		return {lines: [...label, ...rows], cursor: undefined};
	}
	const field = drawField(theme, input.buffer, width, input.kind === 'text' ? textRows : 1);
	return {lines: [...label, ...field.lines], cursor: {x: field.cursor.x, y: field.cursor.y + label.length}};
};
