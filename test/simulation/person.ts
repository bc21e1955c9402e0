import {isEnded} from '../../source/domain/agent.ts';
import type {Command} from '../../source/domain/command.ts';
import {limitScopes, quantities} from '../../source/domain/limits.ts';
import {tiers} from '../../source/domain/model.ts';
import {itemsOf} from '../../source/domain/pages.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import {ways} from '../../source/domain/plan-tree.ts';
import {type Answer, type Request, reaches} from '../../source/domain/request.ts';
import {openRequests, type Run} from '../../source/domain/run.ts';
import {joinProblem} from '../../source/domain/split-step.ts';
import type {NewStep, StepFields} from '../../source/domain/step.ts';
import type {Random} from './random.ts';

const answerTo = (random: Random, {ask}: Request): Answer => {
	const words = (yes: number): Answer =>
		random.chance(yes) ? {kind: 'text', text: 'this'} : {kind: 'deny', reason: random.pick(['', 'not that'])};
	switch (ask.kind) {
		case 'plan':
			return {kind: 'approve'};
		case 'call':
		case 'network': {
			if (!random.chance(0.7)) return {kind: 'deny', reason: random.pick(['', 'not that'])};
			const reach = random.pick(reaches);
			return ask.grant === undefined || reach === 'once' ? {kind: 'approve'} : {kind: 'approve', reach};
		}
		case 'question':
		case 'unknown':
			return words(0.8);
		case 'blocker':
			return words(0.7);
		case 'budget': {
			const draw = random.below(100);
			if (draw < 80) return {kind: 'raise', limit: ask.needed * random.between(1, 4)};
			return draw < 90 ? {kind: 'finish'} : {kind: 'deny', reason: ''};
		}
		case 'lane':
			return random.chance(0.8) ? {kind: 'approve'} : {kind: 'deny', reason: ''};
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
		// Most that are picked by chance have begun; what was decided of others can be taken back.
		const decided = stepsOf(run.plan).filter(({status: {kind}}) => kind === 'held' || kind === 'rejected');
		const edit = (patch: Partial<StepFields>): Command => ({type: 'step.edit', runId, stepId, patch});
		const added: NewStep = {
			key: random.pick(['more', 'other', 'third', '']),
			title: 'One more',
			role: random.pick(['scout', 'builder']),
			objective: 'Look once more.',
			files: random.pick([[], ['src/**'], ['../elsewhere']]),
			acceptance: ['It was seen.'],
			dependsOn: random.chance(0.5) ? [stepId] : [],
			tier: random.pick(tiers),
			toolBudget: 5,
			allowance: {},
			tools: random.pick([[], [], ['read_file', 'write_file'], ['magic']]),
		};
		const part = {title: random.pick(['A half', 'A half', '']), objective: 'Do the half of it.'};
		return [
			{type: 'plan.approve', runId},
			random.pick<Command>([
				{type: 'plan.approve', runId, steps: [stepId]},
				{type: 'step.propose', runId, stepId: random.oneOf(decided)?.id ?? stepId},
				{type: 'step.remove', runId, stepId},
			]),
			{type: 'step.add', runId, step: added, neededBy: random.chance(0.5) ? [other] : []},
			{type: 'step.approve', runId, stepId},
			random.pick<Command>([
				{type: 'step.hold', runId, stepId},
				{type: 'step.move', runId, stepId, way: random.pick(ways)},
			]),
			{type: 'step.reject', runId, stepId, reason: 'not needed'},
			{type: 'step.retry', runId, stepId},
			{type: 'step.skip', runId, stepId, reason: random.pick(['', 'I did it'])},
			{type: 'step.split', runId, stepId, into: Array.from({length: random.between(1, 3)}, () => part)},
			{type: 'step.join', runId, stepId},
			edit({title: random.pick(['Other', '']), tier: random.pick(tiers)}),
			edit({dependsOn: [other]}),
			edit({role: random.pick(['scout', 'wizard']), toolBudget: random.between(-1, 5)}),
			edit({
				allowance: random.chance(0.5) ? {} : {turns: random.between(1, 5), tokens: random.between(1, 30) * 10_000},
			}),
		];
	};

	const onAgents = (run: Run): readonly Command[] => {
		const runId = run.id;
		const agents = run.agents;
		const agent = random.oneOf(random.chance(0.8) ? agents.filter(one => !isEnded(one)) : agents);
		const agentId = agent?.id ?? 'agent_nowhere';
		const done = agents.filter(({assignment, status}) => assignment.kind === 'task' && status.kind === 'done');
		return [
			{
				type: 'agent.create',
				runId,
				role: random.pick(['scout', 'builder', 'scout', 'wizard']),
				objective: random.pick(['Look once more.', 'Count.', 'Look.', '']),
				tier: random.chance(0.5) ? undefined : random.pick(tiers),
			},
			{type: 'agent.message', runId, agentId, text: random.pick(['Faster.', 'Look in src.', ' '])},
			{type: 'agent.interrupt', runId, agentId},
			{type: 'agent.continue', runId, agentId},
			{type: 'agent.pause', runId, agentId},
			{
				type: 'agent.change',
				runId,
				agentId,
				tier: random.chance(0.5) ? undefined : random.pick(tiers),
				tools: random.pick([undefined, ['read_file', 'finish_step'], ['magic']]),
				instructions: random.pick([undefined, 'Be brief.', '']),
			},
			{
				type: 'agent.fork',
				runId,
				agentId,
				turnId: random.pick([undefined, itemsOf(agent?.turnIds ?? [])[0], 'turn_nowhere']),
				text: random.pick(['And now count.', '']),
			},
			{type: 'agent.retire', runId, agentId: random.oneOf(agents.filter(isEnded))?.id ?? 'agent_nowhere'},
			{type: 'agent.message', runId, agentId: random.oneOf(done)?.id ?? agentId, text: 'And now?'},
			{type: 'agent.retire', runId, agentId: random.oneOf(done)?.id ?? agentId},
			{type: 'agent.kill', runId, agentId, reason: 'enough of it'},
		];
	};

	const onRun = (run: Run): readonly Command[] => {
		const runId = run.id;
		const standing = {plan: random.chance(0.3), edits: random.chance(0.3), calls: random.chance(0.3)};
		const budget = random.chance(0.5) ? run.settings.limits.run.money : random.between(1, 500) * 10_000_000;
		const what = random.pick(quantities);
		const limit = random.pick([undefined, 0, random.between(1, 50) * (what === 'turns' || what === 'calls' ? 1 : 1e7)]);
		return [
			{type: 'run.pause', runId},
			{type: 'run.resume', runId},
			{type: 'run.permit', runId, standing, budget},
			{type: 'budget.set', runId, scope: random.pick(limitScopes), what, limit},
			random.chance(0.15) ? {type: 'run.stop', runId, reason: 'enough'} : {type: 'run.resume', runId},
		];
	};

	const onRequests = (run: Run): readonly Command[] => {
		const request = random.oneOf(random.chance(0.8) ? openRequests(run) : run.requests);
		if (request === undefined) return onSteps(run);
		const answer: Answer = random.chance(0.9) ? answerTo(random, request) : {kind: 'raise', limit: 1};
		return [
			{type: 'request.answer', runId: run.id, requestId: request.id, answer},
			{type: 'request.answer', runId: run.id, requestId: request.id, answer},
			{type: 'request.see', runId: run.id, requestId: request.id},
		];
	};

	/** Any command a window or a script could send now, sensible or not. */
	const meddle = (run: Run): Command => {
		// A moment later its parts have begun.
		const split = stepsOf(run.plan).find(step => joinProblem(run, step) === undefined);
		if (split !== undefined && random.chance(0.5)) return {type: 'step.join', runId: run.id, stepId: split.id};
		const commands = random.pick([onSteps, onAgents, onAgents, onRequests, onRequests, onRun])(run);
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
		for (const agent of run.agents) {
			if (agent.paused && !isEnded(agent)) commands.push({type: 'agent.continue', runId, agentId: agent.id});
			else if (agent.status.kind === 'interrupted')
				commands.push(
					random.chance(0.7)
						? {type: 'agent.continue', runId, agentId: agent.id}
						: {type: 'agent.message', runId, agentId: agent.id, text: 'Go on.'},
				);
		}
		if (run.status.kind === 'paused' && run.status.by !== 'budget') commands.push({type: 'run.resume', runId});
		return commands;
	};

	/** Take up again a run that has ended badly. */
	const revive = (run: Run): Command => {
		const failed = random.oneOf(stepsOf(run.plan).filter(step => step.status.kind === 'failed'));
		const runId = run.id;
		if (failed === undefined || random.chance(0.6)) return {type: 'run.resume', runId};
		const part = {title: 'A half', objective: 'Do the half of it.'};
		return random.pick<Command>([
			{type: 'step.retry', runId, stepId: failed.id},
			{type: 'step.skip', runId, stepId: failed.id, reason: ''},
			{type: 'step.split', runId, stepId: failed.id, into: [part, part]},
		]);
	};

	return {meddle, attend, revive};
};
