import {isEnded} from '../../source/domain/agent.ts';
import type {Command} from '../../source/domain/command.ts';
import {tiers} from '../../source/domain/model.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import type {Answer, Request} from '../../source/domain/request.ts';
import {agentsOf, openRequests, type Run} from '../../source/domain/run.ts';
import type {StepFields} from '../../source/domain/step.ts';
import type {Random} from './random.ts';

const answerTo = (random: Random, {ask}: Request): Answer => {
	switch (ask.kind) {
		case 'plan':
			return {kind: 'approve'};
		case 'call':
			return random.chance(0.7) ? {kind: 'approve'} : {kind: 'deny', reason: random.pick(['', 'not that'])};
		case 'question':
			return random.chance(0.8) ? {kind: 'text', text: 'this'} : {kind: 'deny', reason: ''};
		case 'budget':
			return random.chance(0.9)
				? {kind: 'raise', limit: ask.needed * random.between(1, 3)}
				: {kind: 'deny', reason: ''};
		default:
			return ask satisfies never;
	}
};

/** Somebody at the keyboard. First they meddle with everything, later they only do what is asked of them. */
export const createPerson = (random: Random) => {
	const onSteps = (run: Run): readonly Command[] => {
		const runId = run.id;
		const stepId = random.oneOf(stepsOf(run.plan))?.id ?? 'step_nowhere';
		const other = random.oneOf(stepsOf(run.plan))?.id ?? 'step_nowhere';
		const edit = (patch: Partial<StepFields>): Command => ({type: 'step.edit', runId, stepId, patch});
		return [
			{type: 'plan.approve', runId},
			{type: 'step.approve', runId, stepId},
			{type: 'step.hold', runId, stepId},
			{type: 'step.reject', runId, stepId, reason: 'not needed'},
			{type: 'step.retry', runId, stepId},
			edit({title: random.pick(['Other', '']), tier: random.pick(tiers)}),
			edit({dependsOn: [other]}),
			edit({role: random.pick(['scout', 'wizard']), toolBudget: random.between(-1, 5)}),
		];
	};

	const onAgents = (run: Run): readonly Command[] => {
		const runId = run.id;
		const agents = agentsOf(run);
		const agentId =
			random.oneOf(random.chance(0.8) ? agents.filter(agent => !isEnded(agent)) : agents)?.id ?? 'agent_nowhere';
		return [
			{
				type: 'agent.create',
				runId,
				role: random.pick(['scout', 'builder', 'wizard']),
				objective: random.pick(['Look once more.', 'Count.', '']),
				tier: random.chance(0.5) ? undefined : random.pick(tiers),
			},
			{type: 'agent.message', runId, agentId, text: random.pick(['Faster.', 'Look in src.', ' '])},
			{type: 'agent.interrupt', runId, agentId},
			{type: 'agent.continue', runId, agentId},
			{type: 'agent.kill', runId, agentId, reason: 'enough of it'},
		];
	};

	const onRun = (run: Run): readonly Command[] => {
		const runId = run.id;
		const standing = {plan: random.chance(0.3), edits: random.chance(0.3), calls: random.chance(0.3)};
		const budget = random.chance(0.5) ? run.settings.budget : random.between(1, 500) * 10_000_000;
		return [
			{type: 'run.pause', runId},
			{type: 'run.resume', runId},
			{type: 'run.permit', runId, standing, budget},
			random.chance(0.15) ? {type: 'run.stop', runId, reason: 'enough'} : {type: 'run.resume', runId},
		];
	};

	const onRequests = (run: Run): readonly Command[] => {
		const request = random.oneOf(random.chance(0.8) ? openRequests(run) : Object.values(run.requests));
		if (request === undefined) return onSteps(run);
		const answer: Answer = random.chance(0.9) ? answerTo(random, request) : {kind: 'raise', limit: 1};
		return [{type: 'request.answer', runId: run.id, requestId: request.id, answer}];
	};

	/** Any command a window or a script could send now, sensible or not. */
	const meddle = (run: Run): Command => {
		const commands = random.pick([onSteps, onAgents, onRequests, onRun])(run);
		return random.oneOf(commands) ?? {type: 'run.resume', runId: run.id};
	};

	/** All that a patient person does so that a run can end. */
	const attend = (run: Run): readonly Command[] => {
		const runId = run.id;
		const commands: Command[] = [];
		for (const step of stepsOf(run.plan)) {
			if (step.status.kind !== 'proposed' && step.status.kind !== 'held') continue;
			if (random.chance(0.9)) commands.push({type: 'step.approve', runId, stepId: step.id});
			else commands.push({type: 'step.reject', runId, stepId: step.id, reason: 'not needed'});
		}
		for (const request of openRequests(run))
			if (request.ask.kind !== 'plan')
				commands.push({type: 'request.answer', runId, requestId: request.id, answer: answerTo(random, request)});
		for (const agent of agentsOf(run)) {
			if (agent.status.kind !== 'interrupted') continue;
			if (random.chance(0.7)) commands.push({type: 'agent.continue', runId, agentId: agent.id});
			else commands.push({type: 'agent.message', runId, agentId: agent.id, text: 'Go on.'});
		}
		if (run.status.kind === 'paused' && run.status.by === 'person') commands.push({type: 'run.resume', runId});
		return commands;
	};

	/** Take up again a run that has ended badly. */
	const revive = (run: Run): Command => {
		const failed = random.oneOf(stepsOf(run.plan).filter(step => step.status.kind === 'failed'));
		return failed !== undefined && random.chance(0.3)
			? {type: 'step.retry', runId: run.id, stepId: failed.id}
			: {type: 'run.resume', runId: run.id};
	};

	return {meddle, attend, revive};
};
