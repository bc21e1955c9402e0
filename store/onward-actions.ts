import {type Agent, isEnded} from '../source/domain/agent.ts';
import {stepsOf} from '../source/domain/plan.ts';
import type {Request} from '../source/domain/request.ts';
import {needsPerson, openRequests} from '../source/domain/run.ts';
import type {Step} from '../source/domain/step.ts';
import type {Waiting} from '../source/domain/waiting.ts';
import {type Outcome, open, type Rule, ui, type View} from './action.ts';
import {stays} from './home/home-elsewhere.ts';
import {requestsOf} from './overlay.ts';
import type {UiAction} from './reduce-ui.ts';
import {requestActions} from './request-actions.ts';
import {sayKey} from './say-key.ts';
import {shownRequest} from './shown-request.ts';
import {topOverlay} from './ui.ts';
import {unanswered} from './waiting-answer.ts';
import {elsewhereWords} from './waits-elsewhere.ts';

/**
 * The request of another run that waits longest, where this window can be left for it. From the past nobody is led out
 * of the run.
 */
const oldestElsewhere = (view: View): Waiting | undefined =>
	stays(view) === undefined && view.ui.past === undefined ? view.waitsElsewhere?.[0] : undefined;

/** To the window on its run, right at it. */
const goTo = ({runId, goal, requestId}: Waiting): Outcome => ({kind: 'home', to: {runId, goal, place: {requestId}}});

/** Why nothing can be gone on to, in words. */
const noWay = (view: View): string => {
	const count = view.waitsElsewhere?.length ?? 0;
	const reason = stays(view);
	if (view.ui.past !== undefined)
		return `Nothing waited for you at this moment: ${sayKey(view.keymap, 'time.travel', 'past')} goes back to the present.`;
	return count === 0 || reason === undefined
		? 'Nothing waits for you.'
		: `Nothing waits for you here; ${elsewhereWords(count, false)}. ${reason}`;
};

/** The requests here that are not on screen and wait for an answer, in the order in which they are gone through. */
const othersHere = (view: View): readonly Request[] => {
	const {run, ui: state} = view;
	if (run === undefined) return [];
	const shown = shownRequest(view)?.request.id;
	const all = openRequests(run);
	const at = all.findIndex(({id}) => id === shown);
	const waiting = unanswered(run, state);
	return [...all.slice(at + 1), ...all.slice(0, Math.max(0, at))].filter(one => waiting.includes(one));
};

/** The step that a person holds, when nothing else goes on. */
const heldUp = ({run}: View): Step | undefined =>
	run !== undefined && needsPerson(run) ? stepsOf(run.plan).find(({status}) => status.kind === 'held') : undefined;

/** The agent that stands still until a person lets it go on, when nothing else goes on. In a paused run that helps nobody. */
const haltedAgent = ({run}: View): Agent | undefined =>
	run !== undefined && run.status.kind !== 'paused' && needsPerson(run)
		? run.agents.find(agent => !isEnded(agent) && (agent.paused || agent.status.kind === 'interrupted'))
		: undefined;

/** To a row of a pane, from whatever was open over it, with a word about its keys: they must mean that row. */
const toRow = ({ui: {overlays}}: View, row: readonly UiAction[], text: string): Outcome =>
	ui(...overlays.map(() => ({type: 'overlay.close'}) as const), ...row, {type: 'notice', notice: {tone: 'info', text}});

const toHeld = (view: View, {id, key}: Step): Outcome =>
	toRow(
		view,
		[
			{type: 'pane.focus', pane: 'plan'},
			{type: 'step.select', stepId: id},
		],
		`You hold ${key}, and nothing else goes on: ${sayKey(view.keymap, 'step.approve')} approves it.`,
	);

const toHalted = (view: View, {id, name, paused}: Agent): Outcome => {
	const goesOn = sayKey(view.keymap, paused ? 'agent.pause' : 'agent.continue');
	const tells = sayKey(view.keymap, 'agent.message');
	return toRow(
		view,
		[
			{type: 'pane.focus', pane: 'agents'},
			{type: 'agent.select', agentId: id},
		],
		`${name} ${paused ? 'is paused' : 'was interrupted'}, and nothing else goes on: ${goesOn} lets it go on, ${tells} tells it something.`,
	);
};

/** What the person themselves keeps from going on, when nothing else goes on; nobody asks for that. */
const toHeldUp = (view: View): Outcome | undefined => {
	if (view.ui.past !== undefined) return undefined;
	const agent = haltedAgent(view);
	if (agent !== undefined) return toHalted(view, agent);
	const step = heldUp(view);
	return step === undefined ? undefined : toHeld(view, step);
};

/** Going on to what waits: in this run first, then in the others. */
export const onwardActions = {
	'requests.open': {
		disabled: view =>
			(view.run === undefined || openRequests(view.run).length === 0) &&
			oldestElsewhere(view) === undefined &&
			toHeldUp(view) === undefined
				? noWay(view)
				: undefined,
		act: view => {
			const {run, ui: state} = view;
			const here = run === undefined ? [] : unanswered(run, state);
			const oldest = oldestElsewhere(view);
			const held = here.length === 0 ? toHeldUp(view) : undefined;
			if (held !== undefined) return held;
			if (here.length === 0 && oldest !== undefined) return goTo(oldest);
			const waiting = run === undefined ? [] : [...here, ...openRequests(run)];
			// Whoever looks over a shoulder means that agent's own.
			const peeked =
				topOverlay(state)?.kind === 'peek' ? waiting.find(one => one.agentId === state.agentId) : undefined;
			return open(requestsOf((peeked ?? waiting[0])?.id));
		},
	},
	'request.onward': {
		disabled: view => (oldestElsewhere(view) === undefined ? requestActions['request.next'].disabled(view) : undefined),
		act: (view, key) => {
			const oldest = oldestElsewhere(view);
			if (oldest === undefined) return requestActions['request.next'].act(view, key);
			const overlay = topOverlay(view.ui);
			const [next] = othersHere(view);
			if (next === undefined || overlay?.kind !== 'requests') return goTo(oldest);
			return ui({
				type: 'overlay.replace',
				overlay: {...overlay, requestId: next.id, appearedAt: undefined, top: 0, problem: undefined},
			});
		},
	},
} as const satisfies Readonly<Record<string, Rule>>;
