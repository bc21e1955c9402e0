import type {Agent} from '../../source/domain/agent.ts';
import {agentIn, type Run} from '../../source/domain/run.ts';

/** An agent behind those it works for: `builder-1 › scout-2`. */
export const agentPath = (run: Run, agent: Agent): string => {
	const names: string[] = [];
	for (let one: Agent | undefined = agent; one !== undefined && names.length < 10; ) {
		names.unshift(one.name);
		one = agentIn(run, one.parent?.agentId);
	}
	return names.join(' › ');
};
