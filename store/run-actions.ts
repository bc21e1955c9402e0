import {isEnded} from '../source/domain/agent.ts';
import {always, nothing, open, type Rule, ui, type View} from './action.ts';
import {limitForm} from './limit-form.ts';
import {sayKey} from './say-key.ts';

export const agentsAtWork = ({run}: View): number =>
	run === undefined || run.status.kind === 'ended' ? 0 : run.agents.filter(agent => !isEnded(agent)).length;

/** How long the second Ctrl+C may take, ms. */
const armedMs = 2000;

/** What concerns the run as a whole and the window. */
export const runActions = {
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
						{
							type: 'notice',
							notice: {
								tone: 'info',
								text: 'Press Ctrl+C once more to leave at once.',
								until: {kind: 'time', at: now + armedMs},
							},
						},
					),
	},
} as const satisfies Readonly<Record<string, Rule>>;
