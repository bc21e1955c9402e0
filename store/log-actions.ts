import {always, type Rule, ui} from './action.ts';

/** Following and filtering what happened. */
export const logActions = {
	'log.follow': {
		disabled: always,
		act: ({ui: {log}, facts}) => {
			const top = facts.log[Math.max(0, facts.log.length - facts.pageRows.log)];
			const newest = facts.log.at(-1);
			const stay = log.anchor === undefined && top !== undefined && newest !== undefined;
			return ui({type: 'log.anchor', anchor: stay ? {top, newest} : undefined});
		},
	},
	'log.details': {disabled: always, act: () => ui({type: 'log.details'})},
	'log.filter': {disabled: always, act: () => ui({type: 'log.typing', typing: true})},
	'filter.keep': {disabled: always, act: () => ui({type: 'log.typing', typing: false})},
} as const satisfies Readonly<Record<string, Rule>>;
