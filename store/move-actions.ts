import {
	agentOfStep,
	always,
	listedAgent,
	noAgent,
	noRun,
	noStep,
	type Outcome,
	open,
	type Rule,
	selectedAgent,
	selectedStep,
	ui,
	type View,
} from './action.ts';
import {candidateAt, candidatesOf} from './approve-some.ts';
import {movedHit} from './find.ts';
import {moveBar} from './log-moves.ts';
import {landing, type Move} from './move.ts';
import {type EventOverlay, type PaletteOverlay, stepDetails, transcriptOf} from './overlay.ts';
import {palettePage, rowOf} from './palette-list.ts';
import {stepFieldNames} from './step-fields.ts';
import {changeTranscript} from './transcript-actions.ts';
import {topOverlay} from './ui.ts';

const scrollTranscript = (view: View, move: Move): Outcome => {
	const seen = view.facts.transcript;
	if (seen === undefined) return ui();
	if ('to' in move)
		return changeTranscript(view, {
			anchor: move.to === 'last' ? {kind: 'tail'} : {kind: 'at', seq: 0, part: 0, row: 0},
			cursor: undefined,
		});
	if ('rows' in move && (move.rows === 1 || move.rows === -1)) return changeTranscript(view, seen.step(move.rows));
	const anchor = seen.scroll('rows' in move ? move.rows : move.pages * Math.max(1, seen.height - 1));
	// Who goes back to the end goes on with what comes there.
	return changeTranscript(view, {anchor, cursor: anchor.kind === 'tail' ? undefined : seen.cursor});
};

const movePalette = (view: View, overlay: PaletteOverlay, move: Move): Outcome => {
	const rows = view.facts.palette;
	const chosen = rowOf(rows, overlay);
	const at = chosen === undefined ? -1 : rows.indexOf(chosen);
	const row = rows[landing(move, at, rows.length, palettePage)];
	return row === undefined ? ui() : ui({type: 'overlay.replace', overlay: {...overlay, chosen: row.id}});
};

const moveAgents = (view: View, move: Move): Outcome => {
	const {agents, pageRows} = view.facts;
	const agent = listedAgent(view);
	const at = agent === undefined ? -1 : agents.indexOf(agent.id);
	const agentId = agents[landing(move, at, agents.length, pageRows.agents)];
	return agentId === undefined ? ui() : ui({type: 'agent.select', agentId});
};

/** The first row of a text that is seen after a movement. */
const scrolled = ({facts: {overlay: seen}}: View, move: Move): number =>
	landing(move, seen.top, Math.max(0, seen.rows - seen.height) + 1, seen.height);

const moveEvent = (view: View, overlay: EventOverlay, move: Move): Outcome => {
	const moved = moveBar(view, move, true);
	return moved.kind === 'ui' ? ui(...moved.actions, {type: 'overlay.replace', overlay: {...overlay, top: 0}}) : moved;
};

const scrollOverlay = (view: View, move: Move): Outcome => {
	const overlay = topOverlay(view.ui);
	const seen = view.facts.overlay;
	switch (overlay?.kind) {
		case 'transcript':
			return scrollTranscript(view, move);
		case 'palette':
			return movePalette(view, overlay, move);
		case 'find':
			return ui({
				type: 'overlay.replace',
				overlay: movedHit(overlay, (at, count) => landing(move, at, count, palettePage)),
			});
		case 'peek':
			return moveAgents(view, move);
		case 'fields': {
			const at = landing(move, stepFieldNames.indexOf(overlay.field), stepFieldNames.length, seen.height);
			return ui({type: 'overlay.replace', overlay: {...overlay, field: stepFieldNames[at] ?? overlay.field}});
		}
		case 'approve': {
			const candidates = view.run === undefined ? [] : candidatesOf(view.run, overlay);
			const at = landing(move, candidateAt(candidates, overlay), candidates.length, seen.height);
			return ui({type: 'overlay.replace', overlay: {...overlay, on: candidates[at]?.step.id}});
		}
		case 'files': {
			const {rows, at, height} = view.facts.files;
			const from = Math.max(
				0,
				rows.findIndex(({id}) => id === at),
			);
			const row = rows[landing(move, from, rows.length, height)];
			return row === undefined ? ui() : ui({type: 'overlay.replace', overlay: {...overlay, at: row.id}});
		}
		case 'file': {
			const {file} = view.facts;
			if (file === undefined) return ui();
			return ui({
				type: 'overlay.replace',
				overlay: {...overlay, at: Math.max(0, landing(move, file.at, file.count, file.height))},
			});
		}
		case 'event':
			// Rows are those of the log below it, pages those of a long line.
			if ('rows' in move) return moveEvent(view, overlay, move);
			return ui({type: 'overlay.replace', overlay: {...overlay, top: scrolled(view, move)}});
		case 'help':
		case 'costs':
		case 'step':
		case 'requests':
			return ui({type: 'overlay.replace', overlay: {...overlay, top: scrolled(view, move)}});
		default:
			return ui();
	}
};

/** Moves in the overlay on top or the pane in use. */
export const moveIn = (view: View, move: Move): Outcome => {
	const {ui: state, facts} = view;
	if (topOverlay(state) !== undefined) return scrollOverlay(view, move);
	switch (state.pane) {
		case 'plan': {
			const step = selectedStep(view);
			const at = step === undefined ? -1 : facts.steps.indexOf(step.id);
			const stepId = facts.steps[landing(move, at, facts.steps.length, facts.pageRows.plan)];
			return stepId === undefined ? ui() : ui({type: 'step.select', stepId});
		}
		case 'agents':
			return moveAgents(view, move);
		case 'log':
			return moveBar(view, move);
		case 'cost':
			return ui();
		default:
			return state.pane satisfies never;
	}
};

const by = (move: Move): Rule => ({disabled: always, act: view => moveIn(view, move)});

/** Of a text that is seen whole there is no other page; in lists the selection moves all the same. */
const byPages = (pages: 1 | -1): Rule => ({
	disabled: ({ui: state, facts: {overlay: seen}}) => {
		const overlay = topOverlay(state);
		const scrolls = overlay !== undefined && 'top' in overlay;
		return scrolls && seen.rows <= seen.height ? 'All of it is on screen.' : undefined;
	},
	act: view => moveIn(view, {pages}),
});

/** Whose transcript or details Enter opens. */
const openItem = (view: View): Outcome => {
	const {run, ui: state} = view;
	if (run === undefined) return ui();
	const overlay = topOverlay(state);
	const step = overlay?.kind === 'step' || state.pane === 'plan' ? selectedStep(view) : undefined;
	const agent = step === undefined ? selectedAgent(view) : agentOfStep(run, step);
	if (agent !== undefined)
		return ui({
			type: overlay?.kind === 'step' ? 'overlay.replace' : 'overlay.open',
			overlay: transcriptOf(agent.id),
		});
	return step === undefined || overlay?.kind === 'step' ? ui() : open(stepDetails(step.id));
};

/** Moving through rows and text, and opening what is selected. */
export const moveActions = {
	'move.up': by({rows: -1}),
	'move.down': by({rows: 1}),
	'move.pageUp': byPages(-1),
	'move.pageDown': byPages(1),
	'move.first': by({to: 'first'}),
	'move.last': by({to: 'last'}),
	'item.open': {
		disabled: view => {
			const {ui: state, run} = view;
			if (run === undefined) return noRun(view);
			if (topOverlay(state)?.kind === 'step') {
				const step = selectedStep(view);
				return step !== undefined && agentOfStep(run, step) === undefined
					? 'No agent has worked on this step yet.'
					: undefined;
			}
			if (state.pane === 'plan' && selectedStep(view) === undefined && selectedAgent(view) === undefined)
				return noStep(view);
			return state.pane === 'agents' && selectedAgent(view) === undefined ? noAgent(view) : undefined;
		},
		act: openItem,
	},
	'step.open': {
		disabled: view => (selectedStep(view) === undefined ? noStep(view) : undefined),
		act: view => {
			const step = selectedStep(view);
			return step === undefined ? ui() : open(stepDetails(step.id));
		},
	},
} as const satisfies Readonly<Record<string, Rule>>;
