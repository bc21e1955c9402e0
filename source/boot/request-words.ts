import {agentPath} from '../../components/parts/agent-path.ts';
import {amount} from '../../components/parts/amount.ts';
import {fullWords} from '../../components/parts/limit-words.ts';
import {sanitiseLine} from '../../components/text/sanitise.ts';
import type {StepId} from '../domain/id.ts';
import {stepsOf} from '../domain/plan.ts';
import type {Ask, Request} from '../domain/request.ts';
import {agentIn, agentsOnLane, type Run, stepsOnLane} from '../domain/run.ts';
import type {Step} from '../domain/step.ts';
import {limitUnits} from './limit-unit.ts';

/** Who asks: the agent behind those it works for; undefined when nobody in particular does. */
export const askerOf = (run: Run, {agentId}: Request): string | undefined => {
	const agent = agentIn(run, agentId);
	return agent === undefined ? undefined : agentPath(run, agent);
};

const isOpen = ({status: {kind}}: Step): boolean =>
	kind === 'proposed' || kind === 'held' || kind === 'approved' || kind === 'working';

/** The steps that cannot be done before a request is answered, by key, in the order of the plan. */
export const blockedBy = (run: Run, {ask, agentId, stepId}: Request): readonly string[] => {
	const steps = stepsOf(run.plan);
	const open = steps.filter(isOpen);
	const blocked = new Set<StepId>();
	if (ask.kind === 'lane') {
		for (const {id} of stepsOnLane(run, ask.lane)) blocked.add(id);
		for (const agent of agentsOnLane(run, ask.lane)) if (agent.stepId !== undefined) blocked.add(agent.stepId);
	} else if (agentId === undefined) return open.map(({key}) => key);
	else if (stepId === undefined) return [];
	else blocked.add(stepId);
	// A plan has no cycle, and few steps: look until nothing more is found.
	for (let size = 0; size < blocked.size; ) {
		size = blocked.size;
		for (const step of open) if (step.dependsOn.some(id => blocked.has(id))) blocked.add(step.id);
	}
	return open.filter(({id}) => blocked.has(id)).map(({key}) => key);
};

/** What is asked, in one line that holds no line break of anybody else's. */
export const askInOneLine = (ask: Ask): string => {
	switch (ask.kind) {
		case 'plan':
			return 'Approve the plan?';
		case 'call':
			return sanitiseLine(`${ask.tool}: ${ask.preview.title}`);
		case 'question':
			return sanitiseLine(ask.question);
		case 'blocker':
			return sanitiseLine(`cannot go on: ${ask.problem}`);
		case 'budget':
			return `the limit ${ask.scope}.${limitUnits[ask.what]} of ${amount(ask.what, ask.limit)} ${fullWords(ask)}`;
		case 'unknown':
			return sanitiseLine(`what came of ${ask.tool}: ${ask.preview.title}?`);
		case 'network':
			return sanitiseLine(`reach ${ask.host}?`);
		case 'lane':
			return sanitiseLine(`the lane ${ask.lane} is closed: ${ask.failure.message}`);
		default:
			return ask satisfies never;
	}
};
