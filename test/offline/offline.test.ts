import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {briefOf} from '../../source/agents/brief.ts';
import {conversationOf} from '../../source/agents/conversation.ts';
import {guessTokens} from '../../source/domain/message.ts';
import {costOf} from '../../source/domain/model.ts';
import {planProblems} from '../../source/domain/plan.ts';
import {planOfOne} from '../../source/domain/plan-of-one.ts';
import {createOffline, offlineModel} from '../../source/providers/offline/offline.ts';
import type {ModelRequest, ProviderItem} from '../../source/providers/provider.ts';
import {makeTempProject, never, type TempProject} from '../workspace/temp-project.ts';
import {assignmentOf, collect, planOfSurvey, roles, work} from './fleet.ts';

const plan = await planOfSurvey('Fix the crash\n\nin the parser');
const [sizes] = plan.steps;
if (sizes === undefined) throw new Error('The plan has no steps.');

const requestOf = (words: string, rest: Partial<ModelRequest> = {}): ModelRequest => ({
	model: 'offline',
	role: 'analyst',
	system: '',
	tools: ['count_lines', 'list_dir', 'finish_step'].map(name => ({name, description: '', input: {}})),
	messages: [{role: 'user', blocks: [{type: 'text', text: words}]}],
	maxOutputTokens: 8192,
	...rest,
});

describe('the plan', () => {
	it('is sound, lets a scout and three analysts work side by side, then one writes and one reviews', () => {
		expect(planProblems(plan, Object.fromEntries(roles))).toEqual([]);
		const first = plan.steps.filter(step => step.dependsOn.length === 0);
		expect(first.map(step => step.role).sort()).toEqual(['analyst', 'analyst', 'analyst', 'scout']);
		expect(plan.steps.slice(first.length).map(({role, dependsOn}) => ({role, dependsOn}))).toEqual([
			{role: 'writer', dependsOn: first.map(step => step.key)},
			{role: 'reviewer', dependsOn: ['report']},
		]);
	});

	it('hands the goal to the writer, word for word', () => {
		expect(plan.steps.find(step => step.role === 'writer')?.objective).toContain('Fix the crash\n\nin the parser');
	});

	it('has no analysts for an empty folder', async () => {
		const small = await planOfSurvey('Anything', 'Project folder: x\nFiles: 0 (not a git repository)');
		expect(small.steps.map(step => step.role)).toEqual(['scout', 'writer', 'reviewer']);
		expect(planProblems(small, Object.fromEntries(roles))).toEqual([]);
	});

	it('says in the thinking before it that it is the offline model', async () => {
		const items = await collect(requestOf('Plan', {role: 'planner', tools: [], schema: {type: 'object'}}));
		expect(items[0]?.type).toBe('thinking');
		const thinking = items.flatMap(item => (item.type === 'thinking' ? [item.delta] : [])).join('');
		expect(thinking).toContain('I am the built-in offline model: whatever the goal');
	});
});

describe('the stream', () => {
	it('is the same for the same request, and its pieces are the reply', async () => {
		const request = requestOf(briefOf(assignmentOf(sizes, [])));
		const items = await collect(request);
		expect(await collect(request)).toEqual(items);
		const said = (type: ProviderItem['type']): string =>
			items.flatMap(item => (item.type === type && 'delta' in item ? [item.delta] : [])).join('');
		const last = items.at(-1);
		if (last?.type !== 'done') throw new Error('The reply did not end well.');
		const [thinking, text, ...calls] = last.content;
		expect(thinking).toMatchObject({type: 'thinking', text: said('thinking')});
		expect(text).toEqual({type: 'text', text: said('text')});
		expect(said('tool_input')).toBe(
			calls.map(call => (call.type === 'tool_use' ? JSON.stringify(call.input) : '')).join(''),
		);
		expect(calls.map(call => (call.type === 'tool_use' ? [call.useId, call.name] : []))).toEqual([
			['use_1', 'count_lines'],
			['use_2', 'list_dir'],
		]);
		expect(last.stopReason).toBe('tool_use');
	});

	it('counts its tokens and costs nothing', async () => {
		const request = requestOf('x'.repeat(3500));
		const last = (await collect(request)).at(-1);
		if (last?.type !== 'done') throw new Error('The reply did not end well.');
		expect(last.usage.input).toBeGreaterThan(1000);
		expect(last.usage.output).toBeGreaterThan(last.usage.thinking);
		expect(last.usage.thinking).toBeGreaterThan(0);
		expect(costOf(last.usage, offlineModel.price)).toBe(0);
	});

	it('speaks at a human pace, or at the pace that was asked for', async () => {
		const secondsAt = async (pace: 'human' | number): Promise<readonly [seconds: number, tokens: number]> => {
			let ms = 0;
			const timer = (wait: number, fire: () => void) => {
				ms += wait;
				fire();
				return () => undefined;
			};
			let characters = 0;
			const request = requestOf('Look.', {tools: []});
			for await (const item of createOffline({timer, pace}).stream(request, never))
				if ('delta' in item) characters += item.delta.length;
			return [ms / 1000, guessTokens(characters)];
		};
		const [human, tokens] = await secondsAt('human');
		expect(tokens / human).toBeGreaterThan(40);
		expect(tokens / human).toBeLessThan(140);
		const [slow] = await secondsAt(10);
		expect(slow / human).toBeCloseTo(10, 5);
	});

	it('stops at once when it is cut off, with what it had said, and calls off its timer', async () => {
		const timers: {readonly fire: () => void; calledOff: boolean}[] = [];
		const timer = (_: number, fire: () => void) => {
			const one = {fire, calledOff: false};
			timers.push(one);
			return () => {
				one.calledOff = true;
			};
		};
		const cut = new AbortController();
		const stream = createOffline({timer, pace: 'human'}).stream(requestOf('Look.'), cut.signal);
		const items: ProviderItem[] = [];
		const reading = (async () => {
			for await (const item of stream) items.push(item);
		})();
		const text = (): string => items.flatMap(item => (item.type === 'text' ? [item.delta] : [])).join('');
		while (text().length < 20) {
			timers.at(-1)?.fire();
			await Promise.resolve();
		}
		const before = text();
		cut.abort();
		await reading;
		expect(timers.at(-1)?.calledOff).toBe(true);
		const last = items.at(-1);
		if (last?.type !== 'failed') throw new Error('The reply was not cut off.');
		expect(last.failure.kind).toBe('aborted');
		expect(last.partial).toEqual([{type: 'text', text: before}]);
		expect(last.usage?.output).toBeGreaterThan(0);
		expect(items.filter(item => item.type === 'failed' || item.type === 'done')).toHaveLength(1);
	});

	it('says nothing when it was cut off before it began', async () => {
		expect(await collect(requestOf('Look.'), AbortSignal.abort())).toMatchObject([{type: 'failed', partial: []}]);
	});
});

describe('an agent', () => {
	let project: TempProject;
	beforeEach(async () => {
		project = await makeTempProject();
		await project.write({
			'source/parse.ts': 'export const parseConfig = 1;\nparseConfig;\n',
			'notes/todo.md': '# Plans for tomorrow\n\n- one\n',
		});
	});
	afterEach(() => project.remove());

	const task = (objective: string) => ({
		...assignmentOf(sizes, []),
		kind: 'task' as const,
		title: 'A task',
		toolBudget: 20,
		acceptance: [],
		objective,
	});

	it('reports at once in its last turn, naming what is missing', async () => {
		const {packet, turns} = await work({...assignmentOf(sizes, []), toolBudget: 2}, project);
		expect(turns).toBe(2);
		expect(packet?.status).toBe('UNVERIFIED');
		expect(packet?.findings[0]).toBe('Files: 2 ← count_lines');
		expect(packet?.risks).toContain('Not done: count what is in source/ (no turn or call was left for it).');
		const first = await work({...assignmentOf(sizes, []), maxTurns: 1}, project);
		expect(first.packet).toMatchObject({status: 'UNVERIFIED', findings: []});
	});

	it('does what a person asks for in a task of their own, and says what it found', async () => {
		const {packet, text} = await work(task('Please find where parseConfig is used'), project);
		const found = '2 lines in 1 file with “parseConfig”; first at source/parse.ts:1, source/parse.ts:2';
		expect(packet?.findings[0]).toBe(`You asked “Please find where parseConfig is used”: ${found} ← grep parseConfig`);
		expect(text).toContain(found.slice(0, 60));
	});

	it('does for a scout what the goal asks, and says of a builder that its work is not done', async () => {
		const one = (role: string) => {
			const facts = roles.get(role)?.facts;
			if (facts === undefined) throw new Error(`There is no role ${role}.`);
			const [step] = planOfOne('Find where parseConfig is used', facts, undefined).steps;
			if (step === undefined) throw new Error('The plan has no step.');
			return work(assignmentOf(step, []), project);
		};
		const scout = (await one('scout')).packet;
		expect(scout?.status).toBe('VERIFIED');
		expect(scout?.findings[0]).toContain('2 lines in 1 file with “parseConfig”');
		const builder = (await one('builder')).packet;
		expect(builder?.status).toBe('FAIL');
		expect(builder?.summary).toMatch(/^I am the offline model, .*: the work of a builder is not done\. Instead, /);
		expect((await one('reviewer')).packet?.summary).toContain('There is no report that I could review');
		expect((await one('writer')).packet).toMatchObject({status: 'PENDING_REVIEW', produced: [expect.any(String)]});
	});

	it('reads a file that a person names in a message, and looks elsewhere when it is not there', async () => {
		const {packet, messages} = await work(assignmentOf(sizes, []), project, {
			letters: {1: 'What is in notes/todo.md?', 2: 'And in parse.ts?'},
		});
		expect(packet?.findings).toContain(
			'You asked “What is in notes/todo.md?”: notes/todo.md has 3 lines, 28 bytes; it begins “# Plans for tomorrow” ← read_file notes/todo.md',
		);
		expect(packet?.findings).toContain(
			'You asked “And in parse.ts?”: parse.ts cannot be read; files of that name: source/parse.ts ← glob parse.ts',
		);
		expect(JSON.stringify(messages)).toContain('You wrote: “What is in notes/todo.md?”. I take it in.');
	});

	it('takes a message in the words in which the fleet delivers it', async () => {
		const at = {runId: 'run_1' as const, at: 0, cause: ''};
		const agentId = 'agent_1' as const;
		const letter = {
			type: 'agent.messaged',
			agentId,
			messageId: 'message_1',
			text: 'Look for parseConfig',
			from: 'person',
		} as const;
		const turn = {
			type: 'turn.started',
			turnId: 'turn_1',
			agentId,
			promptGuess: 0,
			reserved: 0,
			reservedTokens: 0,
			delivers: ['message_1'],
			last: false,
		} as const;
		const messages = conversationOf(
			[
				{...at, seq: 1, event: letter},
				{...at, seq: 2, event: turn},
			],
			'Go.',
		);
		const items = await collect({...requestOf(''), messages});
		const text = items.flatMap(item => (item.type === 'text' ? [item.delta] : [])).join('');
		expect(text).toContain('You wrote: “Look for parseConfig”.');
	});

	it('makes a call again that was cut off before it ran', async () => {
		const first = await collect(requestOf('Go.'));
		const last = first.at(-1);
		if (last?.type !== 'done') throw new Error('The reply did not end well.');
		const at = {runId: 'run_1', at: 0, cause: ''} as const;
		const of = {agentId: 'agent_1', turnId: 'turn_1'} as const;
		const start = {
			type: 'turn.started',
			...of,
			promptGuess: 0,
			reserved: 0,
			reservedTokens: 0,
			delivers: [],
			last: false,
		} as const;
		const settlement = {usage: last.usage, cost: 0, estimated: false};
		const {content, stopReason} = last;
		const finished = {type: 'turn.finished', ...of, content, stopReason, settlement} as const;
		const story = [start, finished, {...start, turnId: 'turn_2'} as const];
		const messages = conversationOf(
			story.map((event, seq) => ({...at, seq, event})),
			'Go.',
		);
		const again = (await collect({...requestOf(''), messages})).at(-1);
		const namesOf = (item: ProviderItem | undefined): readonly unknown[] =>
			item?.type === 'done' ? item.content.flatMap(block => (block.type === 'tool_use' ? [block.input] : [])) : [];
		expect(namesOf(again)).toEqual(namesOf(last));
		expect(namesOf(again)).toHaveLength(2);
	});

	it('goes on after its end when a person writes again', async () => {
		const first = await work(task('Find parseConfig'), project);
		const uses = first.messages.at(-1)?.blocks.flatMap(block => (block.type === 'tool_use' ? [block.useId] : [])) ?? [];
		const again = await work(task('Find parseConfig'), project, {
			before: [
				...first.messages,
				{
					role: 'user',
					blocks: [
						...uses.map(
							useId => ({type: 'tool_result', useId, text: 'The step is finished.', isError: false}) as const,
						),
						{type: 'text', text: 'Message from the person:\nNow search for “tomorrow”'},
					],
				},
			],
		});
		expect(again.calls.map(call => call.name)).toEqual(['grep']);
		expect(again.packet?.findings.join('\n')).toContain('1 line in 1 file with “tomorrow”; first at notes/todo.md:1');
	});

	it('counts files another way when its tool is missing, and reports what it cannot do', async () => {
		const {packet} = await work({...assignmentOf(sizes, []), tools: ['glob', 'finish_step']}, project);
		expect(packet?.findings).toEqual(['Files: 2 ← glob *']);
		expect(packet?.status).toBe('UNVERIFIED');
	});

	it('says that the report could not be written when every way to write is closed', async () => {
		const report = plan.steps.find(step => step.role === 'writer');
		if (report === undefined) throw new Error('The plan has no writer.');
		const closed = {root: project.root, outputs: path.join(project.root, 'notes/todo.md')};
		const {packet} = await work(assignmentOf(report, []), closed);
		expect(packet).toMatchObject({status: 'FAIL', produced: []});
		expect(packet?.summary).toContain('could not be written');
	});

	it('quotes the goal in the report', async () => {
		const report = plan.steps.find(step => step.role === 'writer');
		if (report === undefined) throw new Error('The plan has no writer.');
		await work(assignmentOf(report, []), project);
		const text = await readFile(path.join(project.outputs, 'report.md'), 'utf8');
		expect(text).toContain('> The goal of the run: Fix the crash in the parser\n');
		expect(text).toContain('written by the built-in offline model of Flotilla');
	});

	it('ends with words when its report was refused, instead of trying for ever', async () => {
		const use = {type: 'tool_use', useId: 'use_1', name: 'finish_step', input: {}} as const;
		const items = await collect({
			...requestOf('Go.', {tools: [{name: 'finish_step', description: '', input: {}}]}),
			messages: [
				{role: 'user', blocks: [{type: 'text', text: 'Go.'}]},
				{role: 'assistant', blocks: [use]},
				{role: 'user', blocks: [{type: 'tool_result', useId: 'use_1', text: 'It does not fit.', isError: true}]},
			],
		});
		expect(items.at(-1)).toMatchObject({type: 'done', stopReason: 'end_turn'});
	});
});
