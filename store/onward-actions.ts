import {stepsOf} from '../source/domain/plan.ts';
import type {Request} from '../source/domain/request.ts';
import {needsPerson, openRequests} from '../source/domain/run.ts';
import type {Step} from '../source/domain/step.ts';
import type {Waiting} from '../source/domain/waiting.ts';
import {type Outcome, open, type Rule, ui, type View} from './action.ts';
import {stays} from './home/home-elsewhere.ts';
import {requestsOf} from './overlay.ts';
import {requestActions} from './request-actions.ts';
import {sayKey} from './say-key.ts';
import {shownRequest} from './shown-request.ts';
import {topOverlay} from './ui.ts';
import {unanswered} from './waiting-answer.ts';
import {elsewhereWords} from './waits-elsewhere.ts';

/** The request of another run that waits longest, where this window can be left for it. */
const oldestElsewhere = (view: View): Waiting | undefined =>
	stays(view) === undefined ? view.waitsElsewhere?.[0] : undefined;

/** To the window on its run, right at it. */
const goTo = ({runId, goal, requestId}: Waiting): Outcome => ({kind: 'home', to: {runId, goal, place: {requestId}}});

/** Why nothing can be gone on to, in words. */
const noWay = (view: View): string => {
	const count = view.waitsElsewhere?.length ?? 0;
	const reason = stays(view);
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

const toHeld = ({keymap}: View, {id, key}: Step): Outcome => {
	const text = `You hold ${key}, and nothing else goes on: ${sayKey(keymap, 'step.approve')} approves it.`;
	return ui(
		{type: 'pane.focus', pane: 'plan'},
		{type: 'step.select', stepId: id},
		{type: 'notice', notice: {tone: 'info', text}},
	);
};

/** Going on to what waits: in this run first, then in the others. */
export const onwardActions = {
	'requests.open': {
		disabled: view =>
			(view.run === undefined || openRequests(view.run).length === 0) &&
			oldestElsewhere(view) === undefined &&
			heldUp(view) === undefined
				? noWay(view)
				: undefined,
		act: view => {
			const {run, ui: state} = view;
			const here = run === undefined ? [] : unanswered(run, state);
			const oldest = oldestElsewhere(view);
			const held = here.length === 0 ? heldUp(view) : undefined;
			if (held !== undefined) return toHeld(view, held);
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
