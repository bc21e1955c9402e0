import {isEnded} from '../source/domain/agent.ts';
import {openRequests} from '../source/domain/run.ts';
import {always, nothing, open, type Rule, ui, type View} from './action.ts';
import {limitForm} from './limit-form.ts';
import {sayKey} from './say-key.ts';
import {requestsOf, topOverlay} from './ui.ts';
import {unanswered} from './waiting-answer.ts';

export const agentsAtWork = ({run}: View): number =>
	run === undefined || run.status.kind === 'ended' ? 0 : run.agents.filter(agent => !isEnded(agent)).length;

/** How long the second Ctrl+C may take, ms. */
const armedMs = 2000;

/** What concerns the run as a whole and the window. */
export const runActions = {
	'requests.open': {
		disabled: ({run}) => (run === undefined || openRequests(run).length === 0 ? 'Nothing waits for you.' : undefined),
		act: ({run, ui: state}) => {
			const waiting = run === undefined ? [] : [...unanswered(run, state), ...openRequests(run)];
			// Whoever looks over a shoulder means that agent's own.
			const peeked =
				topOverlay(state)?.kind === 'peek' ? waiting.find(one => one.agentId === state.agentId) : undefined;
			return open(requestsOf((peeked ?? waiting[0])?.id));
		},
	},
	'run.pause': {
		disabled: ({run, keymap}) => {
			if (run === undefined) return 'There is no run yet.';
			if (run.status.kind === 'ended') return 'The run has ended.';
			if (run.status.kind === 'paused' && run.status.by === 'budget')
				return `The run waits for its limit: press ${sayKey(keymap, 'requests.open')} to raise it.`;
			return undefined;
		},
		act: ({run}) =>
			run === undefined
				? ui()
				: {
						kind: 'send',
						command: {type: run.status.kind === 'paused' ? 'run.resume' : 'run.pause', runId: run.id},
						after: nothing,
					},
	},
	'limit.set': {
		disabled: ({run}) => {
			if (run === undefined) return 'There is no run yet.';
			return run.status.kind === 'ended' ? 'The run has ended.' : undefined;
		},
		act: ({run}) => (run === undefined ? ui() : open(limitForm(run))),
	},
	'help.open': {
		disabled: always,
		act: () => open({kind: 'help', top: 0}),
	},
	'app.quit': {
		disabled: always,
		// Who stops nothing by leaving need not be asked.
		act: view => (agentsAtWork(view) > 0 && view.outlives !== true ? open({kind: 'quit'}) : {kind: 'quit'}),
	},
	'mouse.toggle': {disabled: always, act: () => ui({type: 'mouse.toggle'})},
	'app.suspend': {disabled: always, act: () => ({kind: 'suspend'})},
	'app.interrupt': {
		disabled: always,
		act: ({ui: {quitArmedAt}, now}) =>
			quitArmedAt !== undefined && now - quitArmedAt <= armedMs
				? {kind: 'quit'}
				: ui(
						{type: 'quit.arm', at: now},
						{type: 'notice', notice: {tone: 'info', text: 'Press Ctrl+C once more to leave at once.'}},
					),
	},
} as const satisfies Readonly<Record<string, Rule>>;
