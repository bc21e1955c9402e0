import {isEnded} from '../source/domain/agent.ts';
import {always, noLiveRun, nothing, open, type Rule, ui, type View} from './action.ts';
import {limitForm} from './limit-form.ts';
import {openForm} from './open-form.ts';
import {isSecond, onceMore} from './quit-twice.ts';
import {sayKey} from './say-key.ts';

export const agentsAtWork = ({run}: View): number =>
	run === undefined || run.status.kind === 'ended' ? 0 : run.agents.filter(agent => !isEnded(agent)).length;

/** What concerns the run as a whole and the window. */
export const runActions = {
	'run.pause': {
		disabled: view => {
			const status = view.run?.status;
			return status?.kind === 'paused' && status.by === 'budget'
				? `The run waits for its limit: press ${sayKey(view.keymap, 'requests.open')} to raise it.`
				: noLiveRun(view);
		},
		word: ({run}) => (run?.status.kind === 'paused' ? 'continue run' : undefined),
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
		disabled: noLiveRun,
		act: view => (view.run === undefined ? ui() : openForm(view, limitForm(view.run))),
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
			isSecond(quitArmedAt, now)
				? {kind: 'quit'}
				: ui({type: 'quit.arm', at: now}, {type: 'notice', notice: onceMore(now)}),
	},
} as const satisfies Readonly<Record<string, Rule>>;
