import {always, noRun, type Outcome, type Rule, ui} from './action.ts';
import {contextOf} from './context.ts';
import {lineAtBar} from './log-place.ts';
import {emptyText} from './text-buffer.ts';
import type {Journey} from './travel.ts';
import {type PastView, topOverlay, type UiState} from './ui.ts';

const change = ({past}: UiState, changed: Partial<PastView>): Outcome =>
	past === undefined ? ui() : ui({type: 'past.look', past: {...past, ...changed}});

const journey = (to: Journey): Rule => ({disabled: always, act: () => ({kind: 'travel', to})});

const speeds = [1, 2, 5, 10, 20, 50, 100];

const paced = (step: 1 | -1): Rule => ({
	disabled: ({ui: {past}}) => {
		const end = step === 1 ? speeds.at(-1) : speeds[0];
		if (past?.speed !== end) return undefined;
		return step === 1 ? 'It cannot be played faster.' : 'It cannot be played slower than the run was.';
	},
	act: ({ui: state}) => change(state, {speed: speeds[speeds.indexOf(state.past?.speed ?? 1) + step] ?? 1}),
});

/** Looking at the run as it was. */
export const timeActions = {
	'time.travel': {
		disabled: noRun,
		act: (view, key) => {
			if (topOverlay(view.ui)?.kind === 'event') return {kind: 'run', id: 'time.travel', key};
			if (view.ui.past !== undefined) return ui({type: 'past.look', past: undefined});
			const line = contextOf(view.ui) === 'log' ? lineAtBar(view) : undefined;
			return {kind: 'travel', to: line === undefined ? {to: 'last'} : {seq: line.seq}};
		},
	},
	'time.back': journey({by: -1}),
	'time.forward': journey({by: 1}),
	'time.backTen': journey({by: -10}),
	'time.forwardTen': journey({by: 10}),
	'time.backHundred': journey({by: -100}),
	'time.forwardHundred': journey({by: 100}),
	'time.previousStep': journey({step: -1}),
	'time.nextStep': journey({step: 1}),
	'time.first': journey({to: 'first'}),
	'time.last': journey({to: 'last'}),
	'time.seek': {disabled: always, act: ({ui: state}) => change(state, {to: emptyText, playing: false})},
	'time.go': {
		disabled: always,
		act: ({ui: {past}}) => ({kind: 'travel', to: {text: past?.to?.text ?? ''}}),
	},
	'time.play': {
		disabled: always,
		act: ({ui: state}) => change(state, {playing: state.past?.playing === false, shortened: undefined}),
	},
	'time.faster': paced(1),
	'time.slower': paced(-1),
	'time.leave': {disabled: always, act: () => ui({type: 'past.look', past: undefined})},
} as const satisfies Readonly<Record<string, Rule>>;
