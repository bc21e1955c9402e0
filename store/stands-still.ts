import {isActive, isEnded} from '../source/domain/agent.ts';
import {agentIn, type Run} from '../source/domain/run.ts';
import type {Step} from '../source/domain/step.ts';

/** Whether nobody works on a step that has begun, until a person lets it go on. */
export const standsStill = (run: Run, {id, status}: Step): boolean => {
	if (status.kind !== 'working') return false;
	const owner = agentIn(run, status.agentId);
	if (owner === undefined || isActive(owner)) return false;
	const halted = run.suspended || run.status.kind === 'paused';
	if (!halted && !owner.paused && owner.status.kind !== 'interrupted') return false;
	return !run.agents.some(agent => agent.stepId === id && !isEnded(agent) && isActive(agent));
};
