import {type Agent, ownsStep} from '../source/domain/agent.ts';
import type {Command} from '../source/domain/command.ts';
import type {RequestId, RunId} from '../source/domain/id.ts';
import {agentIn, type Run, stepOf} from '../source/domain/run.ts';
import type {Step} from '../source/domain/step.ts';
import type {Waiting} from '../source/domain/waiting.ts';
import type {Facts} from './facts.ts';
import type {Place} from './find.ts';
import type {ActionId, Keymap} from './keymap.ts';
import type {Overlay} from './overlay.ts';
import type {ReadHistory} from './read-history.ts';
import type {UiAction} from './reduce-ui.ts';
import type {Seek} from './seek-event.ts';
import type {Journey} from './travel.ts';
import {topOverlay, type UiState} from './ui.ts';
import type {GivenAnswer} from './waiting-answer.ts';

/** Everything an action may look at. `now` is ms since 1970. */
export type View = {
	/** Whether the agents go on when the window is left; not when absent. */
	readonly outlives?: boolean;
	/** Whether the list of all runs can be gone to; not when absent. */
	readonly hasHome?: boolean;
	readonly run: Run | undefined;
	readonly ui: UiState;
	readonly facts: Facts;
	/** The requests that wait in other runs, the oldest first; none when absent. */
	readonly waitsElsewhere?: readonly Waiting[];
	readonly now: number;
	readonly keymap: Keymap;
};

/** What follows from a command that was stored; asked then, for the run has moved. */
export type After = (view: View) => readonly UiAction[];

/** Where in its run a window opens: at a place in a transcript, or in the inbox with a request. */
export type Opening = Place | {readonly requestId: RequestId};

/** The window on another run, perhaps at a place in it. */
export type WindowPlace = {readonly runId: RunId; readonly goal: string; readonly place: Opening | undefined};

/** What an action comes to. Data, so that it can be tested without a window. */
export type Outcome =
	| {readonly kind: 'ui'; readonly actions: readonly UiAction[]}
	/** `after` happens once the command is stored; a refusal is told where it was asked. */
	| {
			readonly kind: 'send';
			readonly command: Command;
			/** Sent after it, one by one, each for the run as it is by then; none after a refusal. */
			readonly more?: readonly ((run: Run) => Command | undefined)[];
			readonly after: After;
	  }
	/** Answers to requests. They wait a moment, in which they can be taken back. */
	| {readonly kind: 'answer'; readonly answers: readonly GivenAnswer[]}
	/** What was answered is sent without waiting. */
	| {readonly kind: 'sendAnswers'}
	/** What was entered cannot be sent as it is. */
	| {readonly kind: 'problem'; readonly text: string}
	/** A text goes to the person's editor, and what becomes of it to `next`; asked then, for the run has moved. */
	| {
			readonly kind: 'edit';
			/** Of the file the editor shows, such as `step.md`. */
			readonly name: string;
			readonly text: string;
			readonly next: (view: View, text: string) => Outcome;
	  }
	/** A text goes to the person's pager or editor only to be read. */
	| {
			readonly kind: 'show';
			readonly by: 'pager' | 'editor';
			readonly name: string;
			readonly text: (read: ReadHistory) => Promise<string>;
	  }
	/** A text goes to the clipboard; `what` it is, for the person. `closes`: the dialog it was chosen in goes. */
	| {readonly kind: 'copy'; readonly text: string; readonly what: string; readonly closes?: true}
	/** A text is looked for in the whole history of an agent, and what follows from where it is. */
	| {
			readonly kind: 'seek';
			readonly seek: Seek;
			readonly found: (view: View, seq: number) => Outcome;
			/** What is said when it is nowhere. */
			readonly missing: string;
	  }
	| {readonly kind: 'suspend'}
	/** The overlay on top goes, and then it is as if this key had been pressed for this action. */
	| {readonly kind: 'run'; readonly id: ActionId; readonly key: string}
	/** To the log at an event; in the past where memory does not reach back so far. */
	| {readonly kind: 'event'; readonly seq: number}
	/** To another moment of the past. */
	| {readonly kind: 'travel'; readonly to: Journey}
	| {readonly kind: 'quit'}
	/** The window is left for the list of all runs, or for the window on another run. */
	| {readonly kind: 'home'; readonly to: WindowPlace | undefined};

export type Rule = {
	/** Why the action does not fit what is there, in words for the footer; undefined when it does. */
	readonly disabled: (view: View) => string | undefined;
	/** Why an action that fits must wait a moment. Its key keeps its place in the footer. */
	readonly notYet?: (view: View) => string | undefined;
	/** What the footer calls it where it does another thing than its name says; undefined where the name fits. */
	readonly word?: (view: View) => string | undefined;
	/** Called only when the action is not disabled. `key` is the name of the key that led here. */
	readonly act: (view: View, key: string) => Outcome;
};

export const ui = (...actions: readonly UiAction[]): Outcome => ({kind: 'ui', actions});

export const nothing: After = () => [];

/** The dialog it was sent from goes. */
export const closing: After = () => [{type: 'overlay.close'}];

/** What was entered cannot be sent as it is. */
export const problem = (text: string): Outcome => ({kind: 'problem', text});

/** What it was meant for is not there to take it. */
export const gone: Outcome = problem('This is no longer part of the run.');

/** An overlay on top of the others. */
export const open = (overlay: Overlay): Outcome => ui({type: 'overlay.open', overlay});

export const always = (): undefined => undefined;

/** The step the selection is on; without a choice that is listed, the first row. */
export const selectedStep = ({run, ui, facts}: View): Step | undefined => {
	if (run === undefined) return undefined;
	const overlay = topOverlay(ui);
	if (overlay?.kind === 'step' || overlay?.kind === 'fields') return stepOf(run, overlay.stepId);
	return stepOf(run, facts.steps.find(id => id === ui.stepId) ?? facts.steps[0]);
};

/**
 * The agent that is meant: the one whose transcript is open, in the plan the one of the selected step, elsewhere the
 * selected one or the first. A step without an agent means none, so that no message goes astray.
 */
export const selectedAgent = (view: View): Agent | undefined => {
	const {run, ui} = view;
	if (run === undefined) return undefined;
	const overlay = topOverlay(ui);
	if (overlay?.kind === 'transcript') return agentIn(run, overlay.agentId);
	if (ui.pane === 'plan' && overlay === undefined) {
		const step = selectedStep(view);
		// While no step is listed none is meant; before there is a plan the agents are all there is.
		if (step !== undefined || run.plan !== undefined) return step === undefined ? undefined : agentOfStep(run, step);
	}
	return listedAgent(view);
};

/** The agent the selection in the list of agents is on; without a choice that is listed, the first row. */
export const listedAgent = ({run, ui, facts}: View): Agent | undefined => {
	const chosen = facts.agents.find(id => id === ui.agentId) ?? facts.agents[0];
	return agentIn(run, chosen);
};

/** Why there is no run, or no plan of one, in words; of a live one, also that it has ended. */
export const noRun = ({run}: View): string | undefined => (run === undefined ? 'There is no run yet.' : undefined);
export const noPlan = ({run}: View): string | undefined =>
	run?.plan === undefined ? 'There is no plan yet.' : undefined;
const hasEnded = ({run}: View): string | undefined => (run?.status.kind === 'ended' ? 'The run has ended.' : undefined);
export const noLiveRun = (view: View): string | undefined => noRun(view) ?? hasEnded(view);
export const noLivePlan = (view: View): string | undefined => noPlan(view) ?? hasEnded(view);

/** Why there is no selection in a list, in words. */
export const noStep = (view: View): string => noPlan(view) ?? 'The filter of the plan lets no step through.';
export const noAgent = ({run}: View): string =>
	run === undefined || run.agents.length === 0 ? 'There is no agent yet.' : 'No agent is listed.';

/** The agent whose step it is, or was last; those that help it are not meant. */
export const agentOfStep = (run: Run, step: Step): Agent | undefined =>
	run.agents.findLast(agent => agent.stepId === step.id && ownsStep(agent));
