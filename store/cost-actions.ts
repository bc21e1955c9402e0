import {always, noRun, type Outcome, open, type Rule, ui, type View} from './action.ts';
import {type CostsOverlay, costSorts, costTabs} from './overlay.ts';
import {topOverlay} from './ui.ts';

const after = <T>(list: readonly T[], one: T, step: 1 | -1): T =>
	list[(list.indexOf(one) + step + list.length) % list.length] ?? one;

const change = (view: View, changed: (overlay: CostsOverlay) => Partial<CostsOverlay>): Outcome => {
	const overlay = topOverlay(view.ui);
	return overlay?.kind === 'costs'
		? ui({type: 'overlay.replace', overlay: {...overlay, ...changed(overlay), top: 0}})
		: ui();
};

/** What the run costs, in full. */
export const costActions = {
	'costs.open': {
		disabled: noRun,
		act: () => open({kind: 'costs', by: 'step', sort: 'cost', top: 0}),
	},
	'costs.next': {disabled: always, act: view => change(view, ({by}) => ({by: after(costTabs, by, 1)}))},
	'costs.previous': {disabled: always, act: view => change(view, ({by}) => ({by: after(costTabs, by, -1)}))},
	'costs.sort': {disabled: always, act: view => change(view, ({sort}) => ({sort: after(costSorts, sort, 1)}))},
} as const satisfies Readonly<Record<string, Rule>>;
