import {describe, expect, it} from 'vitest';
import {askTurn} from '../../source/agents/ask-turn.ts';
import {readRoleFiles} from '../../source/agents/read-role-files.ts';
import {loadRoles} from '../../source/agents/roles.ts';
import {decide} from '../../source/domain/decide.ts';
import type {Stamped} from '../../source/domain/event.ts';
import {evolve} from '../../source/domain/evolve.ts';
import type {StopReason} from '../../source/domain/message.ts';
import type {StepDraft} from '../../source/domain/plan.ts';
import type {Run} from '../../source/domain/run.ts';
import type {RunSettings} from '../../source/domain/settings.ts';
import {noUsage} from '../../source/domain/usage.ts';
import {draftPlan} from '../../source/planner/draft-plan.ts';
import type {ModelRequest, Provider} from '../../source/providers/provider.ts';
import {settings} from '../agents/scripted-run.ts';

const {roles} = loadRoles(readRoleFiles());
const step = (key: string, rest: Partial<StepDraft> = {}): StepDraft => ({
	key,
	title: key,
	role: 'scout',
	objective: 'Look.',
	files: [],
	acceptance: ['Looked.'],
	dependsOn: [],
	tier: 'haiku',
	toolBudget: 10,
	...rest,
});

const planText = (...steps: readonly StepDraft[]): string => JSON.stringify({taskType: 'research', steps});

/** A run that is being planned, and what its planner brings when the model answers with these texts, one a turn. */
const startPlanning = (
	texts: readonly string[],
	more: Partial<RunSettings> = {},
	stopReason: StopReason = 'end_turn',
) => {
	const story: Stamped[] = [];
	let run: Run | undefined;
	const tell = (message: Parameters<typeof decide>[1]): void => {
		const decision = decide(run, message, story.length);
		if (decision.kind === 'rejection') throw new Error(decision.rejection.message);
		for (const event of decision.events) {
			const stamped: Stamped = {seq: story.length, at: story.length, runId: 'run_p', cause: message.type, event};
			story.push(stamped);
			run = evolve(run, stamped);
		}
	};
	const left = [...texts];
	const requests: ModelRequest[] = [];
	const provider: Provider = {
		name: 'scripted',
		async *stream(request) {
			requests.push(request);
			const text = left.shift();
			if (text === undefined)
				yield {
					type: 'failed',
					failure: {kind: 'unauthorized', message: 'No.'},
					partial: [],
					usage: undefined,
				};
			else yield {type: 'done', content: [{type: 'text', text}], stopReason, usage: noUsage};
		},
	};
	tell({type: 'run.create', runId: 'run_p', goal: 'Survey the harbour', settings: {...settings, ...more}});
	const current = (): Run => {
		if (run === undefined) throw new Error('The run has not begun.');
		return run;
	};
	/** One turn of the planner, decided upon like the engine does. */
	const turn = async () => {
		const now = current();
		const [agent] = now.agents;
		if (agent?.turn === undefined) throw new Error('The planner has no turn.');
		const report = await draftPlan({
			run: now,
			agentId: agent.id,
			turnId: agent.turn.id,
			map: 'Files: 12',
			roles,
			ask: (opening, schema) =>
				askTurn({
					...{agent, story, system: 'The house.', opening, schema, tools: [], provider},
					abort: new AbortController().signal,
					onDelta: () => {},
				}),
		});
		tell(report);
		return report;
	};
	return {turn, requests, run: current};
};

describe('a plan by a model', () => {
	it('is asked for with the goal, the map, the roles and the shape', async () => {
		const {turn, requests} = startPlanning([planText(step('look'))]);
		await turn();
		const [request] = requests;
		expect(request?.role).toBe('planner');
		expect(request?.tools).toEqual([]);
		expect(request?.schema).toMatchObject({type: 'object', required: ['taskType', 'steps']});
		const opening = JSON.stringify(request?.messages);
		for (const words of ['Survey the harbour', 'Files: 12', '- scout: ', 'researcher → analyst → writer'])
			expect(opening).toContain(words);
	});

	it('is proposed when it is valid, with aliases of roles understood', async () => {
		const {turn, run} = startPlanning([planText(step('look'), step('make', {role: 'coder', dependsOn: ['look']}))]);
		const report = await turn();
		expect(report.problems).toEqual([]);
		expect(report.draft?.steps.map(({role}) => role)).toEqual(['scout', 'builder']);
		expect(run().plan?.source).toBe('model');
	});

	it('may come in a fence', async () => {
		const {turn} = startPlanning([`\`\`\`json\n${planText(step('look'))}\n\`\`\``]);
		expect((await turn()).draft?.steps).toHaveLength(1);
	});

	it('keeps the kind of work that the person chose', async () => {
		const {turn} = startPlanning([planText(step('look'))], {taskType: 'design'});
		const report = await turn();
		expect(report.draft?.taskType).toBe('design');
		expect(report.template.taskType).toBe('design');
	});

	it.each([
		['Here is the plan: {…}', 'not JSON'],
		['{"taskType": "research"}', 'steps'],
		[planText(), 'no steps'],
		[planText(step('look', {role: 'juggler'})), 'unknown role "juggler"'],
		[planText(step('a', {dependsOn: ['b']}), step('b', {dependsOn: ['a']})), 'cycle: a → b → a'],
		[planText(step('look', {acceptance: []})), 'no acceptance'],
		[planText(step('look', {toolBudget: 0})), 'toolBudget'],
	])('that cannot be used comes back with its problems: %s', async (text, problem) => {
		const {turn} = startPlanning([text]);
		const report = await turn();
		expect(report.draft).toBeUndefined();
		expect(report.problems.join('\n')).toContain(problem);
	});

	it('that was cut off is not held for bad JSON', async () => {
		const report = await startPlanning(['{"steps": ['], {}, 'max_tokens').turn();
		expect(report.problems.join('\n')).toContain('cut off');
	});

	it('may be mended once: the model sees its plan and what is wrong with it', async () => {
		const {turn, requests, run} = startPlanning(['No plan.', planText(step('look'))]);
		await turn();
		await turn();
		expect(requests[1]?.messages.map(message => message.role)).toEqual(['user', 'assistant', 'user']);
		expect(JSON.stringify(requests[1]?.messages[2])).toContain('This plan cannot be used');
		expect(requests[1]?.system).toBe(requests[0]?.system);
		expect(requests[1]?.messages[0]).toEqual(requests[0]?.messages[0]);
		expect(run().plan?.source).toBe('model');
	});

	it('gives way to the template when it is bad twice', async () => {
		const {turn, run} = startPlanning(['No plan.', 'Still none.']);
		await turn();
		await turn();
		expect(run().plan).toMatchObject({source: 'template', taskType: 'research'});
	});

	it('that failed on the way is a failed reply, with the template at hand', async () => {
		const report = await startPlanning([]).turn();
		expect(report.reply.kind).toBe('failed');
		expect(report.draft).toBeUndefined();
		expect(report.template.steps.length).toBeGreaterThan(0);
	});
});
