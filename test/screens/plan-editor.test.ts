import {afterEach, describe, expect, test} from 'vitest';
import {stepsOf} from '../../source/domain/plan.ts';
import {noUsage} from '../../source/domain/usage.ts';
import {noOutside} from '../../store/outside.ts';
import type {MakeRunOptions} from '../support/make-run.ts';
import type {Robot, RobotOptions} from '../support/robot.tsx';
import {openRobot, type Size, sizes} from './open-robot.ts';

const robots: Robot[] = [];

const open = async (size: Size, made: MakeRunOptions = {stage: 'proposed'}, options: Partial<RobotOptions> = {}) => {
	const opened = await openRobot(made, {...size, ...options});
	robots.push(opened.robot);
	const stepOf = (key: string) => stepsOf(opened.fleet.run().plan).find(step => step.key === key);
	return {...opened, stepOf};
};

afterEach(async () => {
	for (const robot of robots.splice(0)) if (!robot.isClosed()) await robot.leave();
});

describe.each(sizes)('the plan editor at $columns×$rows', size => {
	test('lists the fields of a step, and changes the one the bar is on', async () => {
		const {robot, stepOf} = await open(size);
		await robot.press('j', 'e');
		await robot.sees('Edit api');
		await robot.sees(/Role +analyst/);
		await robot.sees(/~\$0\.\d+ · reads/);
		await robot.press('j', 'enter');
		await robot.type('b');
		// What it would cost and could do is told before it is sent.
		await robot.sees('reads, writes, runs');
		await robot.sees('Enter change');
		await robot.press('enter');
		await robot.sees(/Role +builder/);
		expect(stepOf('api')?.role).toBe('builder');
		await robot.press('z');
		await robot.sees(/Role +analyst/);
		await robot.sees('Taken back: the change of api (role).');
		await robot.press('G');
		await robot.sees(/❯ Minutes/);
	});

	test('names the cycle while it is made, and keeps what was chosen', async () => {
		const {robot, fleet} = await open(size);
		await robot.press('j', 'e', ...'jjjjj', 'enter');
		await robot.sees('[x] scout');
		await robot.type('rr ');
		await robot.sees('[x] review');
		await robot.sees(/✕ The steps would form a cycle: api → review/);
		await robot.press('enter');
		await robot.sees('[x] review');
		expect(fleet.commands).toEqual([]);
		await robot.type(' ');
		await robot.seesNo('cycle');
	});

	test('shows what was typed in a form that was left, and what it would replace', async () => {
		const {robot, fleet, stepOf} = await open(size);
		await robot.press('I');
		await robot.type('Count gulls');
		await robot.press('esc');
		await robot.sees('What you entered is kept: opening this again shows it.');
		await robot.press('I');
		await robot.sees('What you entered before stands here again.');
		await robot.sees(/Title +Count gulls/);
		await robot.press('esc', 'j', 'e', 'enter', 'ctrl+u');
		await robot.type('Mine');
		await robot.press('esc');
		const stepId = stepOf('api')?.id;
		if (stepId === undefined) throw new Error('The made plan has a step api.');
		await fleet.port.send({type: 'step.edit', runId: fleet.run().id, stepId, patch: {title: 'Theirs'}});
		await robot.wait(100);
		await robot.sees(/Title +Theirs/);
		await robot.press('enter');
		await robot.sees(/Title +Mine/);
		await robot.sees('✕ Changed since you entered this: Title.');
	});

	test('adds a step and takes one out, each with what follows from it', async () => {
		const {robot, stepOf} = await open(size);
		await robot.press('I');
		await robot.sees('New step');
		await robot.type('Count gulls\tCount them.\tThere is a number.');
		await robot.press('ctrl+s');
		await robot.seesNo('New step');
		expect(stepOf('count-gulls')?.status.kind).toBe('proposed');
		await robot.sees(/❯ .*count-gulls/);
		await robot.press('g', 'j');
		await robot.press('D');
		await robot.sees('Remove?');
		await robot.sees('No agent has worked');
		await robot.press('y');
		await robot.sees(/\w+ is out of the plan/);
	});

	test('moves a step among those beside it, and back', async () => {
		const {robot} = await open(size);
		await robot.press('j');
		await robot.sees(/❯ [^\n]*api [\s\S]*store/);
		await robot.press('J');
		// What stands under the other has gone up with it.
		await robot.sees(/tests [\s\S]*❯ [^\n]*api /);
		await robot.press('K');
		await robot.sees(/scout [\s\S]*❯ [^\n]*api [\s\S]*store/);
		await robot.press('K');
		await robot.sees('api cannot be moved up: it stands first under scout');
		await robot.press('shift+down', 'z');
		await robot.sees('Taken back: api stands above store again.');
		await robot.sees(/scout [\s\S]*❯ [^\n]*api [\s\S]*store/);
	});

	test('shows what a yes to some would cost and let agents do, and typing approves nothing', async () => {
		const {robot, fleet, stepOf} = await open(size);
		await robot.press('f');
		await robot.sees(/y approves 9 of 9: ~\$0\.\d+ · reads, writes, runs/);
		await robot.press('left', 'left');
		await robot.sees(/Can do at most: reads/);
		await robot.sees(/y approves 6 of 9: ~\$0\.\d+ · reads/);
		await robot.press('/');
		await robot.type('y');
		await robot.sees('only steps with / y');
		await robot.type('ay\r');
		expect(fleet.commands.filter(({type}) => type === 'plan.approve')).toEqual([]);
		await robot.sees('No step that waits passes this filter.');
		await robot.press('/', 'ctrl+u');
		await robot.type('tests\r');
		await robot.sees('y approves 1 of 9');
		await robot.press('y');
		await robot.seesNo('Approve some');
		expect(stepOf('tests')?.status.kind).toBe('approved');
		expect(stepOf('api')?.status.kind).toBe('proposed');
	});

	test('shows the steps over time, and the tree again', async () => {
		const {robot} = await open(size, {});
		await robot.press('1', 'g', 'v');
		await robot.sees(/scout +◆ █+/);
		await robot.sees(/api +·+█+/);
		await robot.sees(/store +·+█+◐+/);
		await robot.press('v');
		await robot.seesNo('█ works');
		await robot.sees('├');
	});

	test('gives the whole step to the editor until it can be sent', async () => {
		const given: string[] = [];
		const {robot, stepOf} = await open(
			size,
			{stage: 'proposed'},
			{
				outside: () => ({
					...noOutside,
					edit: (_, text) => {
						given.push(text);
						const changed =
							given.length === 1
								? text.replace('role: analyst', 'role: admiral')
								: text.replace('role: admiral', 'role: builder');
						return Promise.resolve({kind: 'edited', text: changed});
					},
				}),
			},
		);
		await robot.press('j', 'E');
		await expect.poll(() => stepOf('api')?.role).toBe('builder');
		expect(given).toHaveLength(2);
		expect(given[1]).toContain('# ✕ There is no role "admiral"');
	});
});

test('before a yes the window says what it costs and lets agents do', async () => {
	const {robot} = await open({columns: 120, rows: 40});
	await robot.press('j');
	await robot.sees(/a api: ~\$0\.\d+ · reads/);
	await robot.sees(/A all 9: ~\$0\.\d+ · reads, writes, runs/);
	await robot.press('A');
	await robot.seesNo('A all 9');
	await robot.sees(/▸ scout /);
});

describe.each(sizes.slice(0, 2))('what a yes comes to stands above the keys at $columns×$rows', size => {
	const all = /A all 9: ~\$0\.5073 · (reads, writes, runs|up to runs)( |$)/m;

	test.each([
		['the plan', []],
		['the agents', ['2']],
		['the log', ['3']],
		['the cost', ['4']],
		['the agents, which have the whole window', ['2', '+', '+']],
		['the log, while the plan is hidden', ['1', 'H', '3']],
	] as const)('in %s', async (_, keys) => {
		const {robot, stepOf} = await open(size);
		await robot.press(...keys);
		await robot.sees('A approve all');
		await robot.sees(all);
		await robot.press('A');
		await robot.seesNo('A all');
		expect(stepOf('review')?.status.kind).toBe('approved');
	});

	test('of the selected step, and of the only one that is left', async () => {
		const {robot} = await open(size);
		await robot.press('j', 'j', 'j', 'j');
		await robot.sees(/a( docs)?: ~\$0\.0561 · (reads, writes, runs|up to runs) /);
		await robot.press('g', ...'ajajajajajajajaj');
		await robot.sees(/^a( review)?: ~\$0\.1121 · reads, runs {3}A review: ~\$0\.1121 · (reads, runs|up to runs)/m);
		await robot.press('a');
		await robot.seesNo('A review');
	});

	test('of those that the filter of the plan leaves in sight: the others wait on, and it can be taken back', async () => {
		const {robot, stepOf} = await open(size);
		await robot.press('/');
		await robot.type('api review');
		await robot.press('enter');
		await robot.seesNo('A all');
		await robot.press('A');
		await robot.sees('The filter of the plan hides what waits: 0 shows it there.');
		await robot.press('/', 'ctrl+u');
		await robot.type('r:analyst');
		await robot.press('enter');
		const [, count = ''] = /1 plan · (\d) of 9/.exec(robot.screen().join('\n')) ?? [];
		expect(Number(count)).toBeGreaterThan(1);
		if (size.columns >= 80) await robot.sees(`A approve the ${count} shown`);
		await robot.sees(new RegExp(`A the ${count} shown: ~\\$0`));
		await robot.press('A');
		await robot.seesNo('A the');
		expect(stepOf('api')?.status.kind).toBe('approved');
		expect(stepOf('scout')?.status.kind).toBe('proposed');
		await robot.press('z');
		await robot.sees(`Taken back: ${count} steps are as before.`);
		expect(stepOf('api')?.status.kind).toBe('proposed');
		await robot.press('esc');
		await robot.sees(all);
	});

	test('and nothing of it where the key does something else', async () => {
		const {robot} = await open(size);
		await robot.press('3', '/');
		await robot.seesNo('A all');
		await robot.press('esc');
		await robot.sees(all);
		await robot.press('T');
		await robot.seesNo('A all');
	});
});

const chartWords = ['█ works', '◐ needs you', '· waits', '░ may take'];

test.each([
	{columns: 80, rows: 24, steps: 5, all: chartWords},
	{columns: 120, rows: 40, steps: 9, all: [...chartWords, '⏸ paused', '┄ held', '▒ checks']},
])('the chart of time says what each of its signs means at $columns×$rows', async ({steps, all, ...size}) => {
	const {robot, fleet} = await open(size, {steps});
	await robot.press('1', 'v');
	for (const words of all) await robot.sees(words);
	await robot.seesNo(/⏸{2}/);
	const run = fleet.run();
	const agent = run.agents.find(({name}) => name === 'analyst-1');
	if (agent?.turn === undefined) throw new Error('The made run has an analyst at work.');
	// With the reply the limit leaves no room for another turn, and the run pauses.
	await fleet.port.send({type: 'budget.set', runId: run.id, scope: 'run', what: 'turns', limit: 1});
	fleet.report({
		type: 'turn.replied',
		agentId: agent.id,
		turnId: agent.turn.id,
		reply: {
			kind: 'done',
			content: [{type: 'text', text: 'Go on.'}],
			stopReason: 'max_tokens',
			usage: {...noUsage, input: 100, output: 10},
		},
	});
	await robot.wait(9000);
	await robot.sees(/⏸ api .*⏸{2}/);
	await robot.sees('⏸ paused');
});

test('a step tells how far it is beside what was guessed', async () => {
	const {robot} = await open({columns: 200, rows: 60}, {});
	await robot.press('1', 'v', 'g');
	await robot.sees(/scout: 2s · 2 turns · 1 of at most 12 calls · \$0\.\d+ of ~\$0\.\d+/);
	await robot.press('j');
	await robot.sees(/api: \d+s of ~2s · 1 turn · 1 of at most 12 calls · \$0\.\d+ of ~\$0\.\d+/);
	await robot.sees(/◆ critical path: scout › build › errors › report › review · ends in ~\d+s/);
	await robot.sees('█ works  ◐ needs you  ⏸ paused  ┄ held  · waits  ▒ checks  ░ may take');
});
