import {isEnded} from '../../source/domain/agent.ts';
import type {Run} from '../../source/domain/run.ts';

/** What a model is called for short: `opus` for `claude-opus-5-5`. */
const familyOf = (id: string): string => id.replace(/^claude-/, '').replace(/(-\d+)+$/, '');

/** How many agents use which model: those that have not ended, else all. The most used first: `opus 2 · haiku 5`. */
export const modelMix = (run: Run): string => {
	const going = run.agents.filter(agent => !isEnded(agent));
	const ids = Map.groupBy(going.length > 0 ? going : run.agents, ({model}) => model.id);
	const families = Map.groupBy(ids.keys(), familyOf);
	return [...ids]
		.toSorted(([, a], [, b]) => b.length - a.length)
		.map(([id, {length}]) => {
			const family = familyOf(id);
			// Two versions of one model are told apart.
			return `${families.get(family)?.length === 1 ? family : id.replace(/^claude-/, '')} ${length}`;
		})
		.join(' · ');
};
