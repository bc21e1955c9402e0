import {afterEach, describe, expect, test} from 'vitest';
import type {Command} from '../../source/domain/command.ts';
import type {RunEvent} from '../../source/domain/event.ts';
import type {Answer, Ask} from '../../source/domain/request.ts';
import {openRequests} from '../../source/domain/run.ts';
import {asking, everyAsk, requestOf} from '../panes/asking.ts';
import {fileCalls} from '../support/file-calls.ts';
import {makeRun} from '../support/make-run.ts';
import {type Size, sizes} from './open-robot.ts';
import {openSteered, type Steered} from './steered.ts';

const opened: Steered[] = [];

/** One agent at work, and one request that is open. */
const open = async (size: Size, ask: Ask): Promise<Steered> => {
	const run = makeRun({steps: 3});
	const agent = run.agents.at(-1);
	const {agentId, stepId} = requestOf(run, ask, 1, agent);
	const requestId = 'request_made01_9';
	const steered = await openSteered(size, {steps: 3}, [{type: 'request.opened', requestId, agentId, stepId, ask}]);
	opened.push(steered);
	return steered;
};

const answersIn = ({commands}: Steered['fleet']): readonly Command[] =>
	commands.filter(({type}) => type === 'request.answer');

/** Everything that can be asked, open at once. */
const openAll = async (size: Size, answerDelayMs = 0): Promise<Steered> => {
	const {requests} = asking(makeRun({steps: 3}));
	const events = requests.map(
		({id, agentId, stepId, ask}): RunEvent => ({type: 'request.opened', requestId: id, agentId, stepId, ask}),
	);
	const steered = await openSteered(size, {steps: 3}, events, {answerDelayMs});
	opened.push(steered);
	return steered;
};

afterEach(async () => {
	for (const {robot} of opened.splice(0)) await robot.leave();
});

const askOf = (kind: Ask['kind'], nth = 0): Ask => {
	const ask = everyAsk.filter(one => one.kind === kind)[nth];
	if (ask === undefined) throw new Error(`There is no ${kind} among the asks.`);
	return ask;
};

type Case = {
	readonly name: string;
	readonly ask: Ask;
	readonly sees: readonly (string | RegExp)[];
	readonly keys: readonly string[];
	readonly answer: Answer;
};

const cases: readonly Case[] = [
	{
		name: 'a call, once',
		ask: askOf('call'),
		sees: ['run npm test', 'commands ask in mode ask', 'A would add: bash(npm test:*)', '$ npm test'],
		keys: ['a'],
		answer: {kind: 'approve'},
	},
	{
		name: 'a call, for this agent',
		ask: askOf('call'),
		sees: ['A allow for longer'],
		keys: ['A', 'enter'],
		answer: {kind: 'approve', reach: 'agent'},
	},
	{
		name: 'a call, for this run',
		ask: askOf('call'),
		sees: [],
		keys: ['A', 'down', 'enter'],
		answer: {kind: 'approve', reach: 'run'},
	},
	{
		name: 'a call, always',
		ask: askOf('call'),
		sees: [],
		keys: ['A', '3'],
		answer: {kind: 'approve', reach: 'always'},
	},
	{
		name: 'a call, with no and why',
		ask: askOf('call', 1),
		sees: ['run rm -r x'],
		keys: ['d', 'a', 'A', '1', 'enter'],
		answer: {kind: 'deny', reason: 'aA1'},
	},
	{
		name: 'a host, for this run',
		ask: askOf('network'),
		sees: ['reach packages.example.com', 'fetch(packages.example.com)'],
		keys: ['A', '2'],
		answer: {kind: 'approve', reach: 'run'},
	},
	{
		name: 'a question, by its number',
		ask: askOf('question'),
		sees: ['Which harbour?', '1. the old one', '2. the new one'],
		keys: ['2'],
		answer: {kind: 'text', text: 'the new one'},
	},
	{
		name: 'a question, in words',
		ask: askOf('question', 1),
		sees: ['What is it for?'],
		keys: ['enter', 'f', 'u', 'n', 'enter'],
		answer: {kind: 'text', text: 'fun'},
	},
	{
		name: 'a blocker, with words',
		ask: askOf('blocker'),
		sees: ['cannot go on: the tests need a key', 'Tried: I looked'],
		keys: ['enter', 'g', 'o', 'enter'],
		answer: {kind: 'text', text: 'go'},
	},
	{
		name: 'a blocker, by giving up',
		ask: askOf('blocker'),
		sees: ['d give it up'],
		keys: ['d', 'enter'],
		answer: {kind: 'deny', reason: ''},
	},
	{
		name: 'a limit, by half as much again',
		ask: askOf('budget'),
		sees: ['the limit of the run in money, $5.00 (', 'Blocks the whole run'],
		keys: ['r', 'enter'],
		answer: {kind: 'raise', limit: 7_500_000_000},
	},
	{
		name: 'a limit, by finishing',
		ask: askOf('budget'),
		sees: ['f finish what runs'],
		keys: ['f'],
		answer: {kind: 'finish'},
	},
	{
		name: 'a limit, by stopping',
		ask: askOf('budget'),
		sees: ['d stop the run'],
		keys: ['d', 'enter'],
		answer: {kind: 'deny', reason: ''},
	},
	{
		name: 'a limit in minutes',
		ask: askOf('budget', 1),
		sees: ['the limit of the step in time, 10 min', 'd stop the agent'],
		keys: ['r', 'enter'],
		answer: {kind: 'raise', limit: 900_000},
	},
	{
		name: 'an unknown outcome, by its number',
		ask: askOf('unknown'),
		sees: ['what came of: run npm test?', '2. It was not done: do it again.'],
		keys: ['2'],
		answer: {kind: 'text', text: 'It was not done. Do it again.'},
	},
	{
		name: 'a closed lane, by trying again',
		ask: askOf('lane'),
		sees: ['anthropic is closed: The credit is used up'],
		keys: ['a'],
		answer: {kind: 'approve'},
	},
	{
		name: 'a closed lane, by giving up',
		ask: askOf('lane'),
		sees: ['d give up those that wait'],
		keys: ['d', 'enter'],
		answer: {kind: 'deny', reason: ''},
	},
];

describe.each(sizes)('a request at $columns×$rows', size => {
	test.each(cases)('is answered by keys: $name', async ({ask, sees, keys, answer}) => {
		const {robot, fleet, sent} = await open(size, ask);
		await robot.press('w');
		await robot.sees('Requests (1)');
		for (const words of sees) await robot.sees(words);
		expect(fleet.commands.map(({type}) => type)).toEqual(['request.see']);
		await robot.press(...keys);
		expect(sent()).toMatchObject({type: 'request.answer', requestId: 'request_made01_9', answer});
		expect(fleet.commands.filter(({type}) => type === 'request.answer')).toHaveLength(1);
		await robot.seesNo('Requests (1)');
		expect(openRequests(fleet.run()).map(({id}) => id)).not.toContain('request_made01_9');
	});

	test('says which rule would be added, and to which file, before it is', async () => {
		const {robot, fleet, sent} = await open(size, askOf('call'));
		await robot.press('w', 'A');
		await robot.sees('Allow bash(npm test:*)');
		await robot.sees('1  for writer-1 only');
		await robot.reads('3 always; written to /home/ada/harbour/.flotilla/config.yaml');
		await robot.press('esc');
		await robot.seesNo('for writer-1 only');
		await robot.press('A', '3');
		expect(sent()).toMatchObject({answer: {reach: 'always'}});
		fleet.report({
			type: 'rule.kept',
			requestId: 'request_made01_9',
			rule: 'bash(npm test:*)',
			path: '/home/ada/kept.yaml',
			problem: undefined,
		});
		await robot.press('3', '/');
		await robot.type('written\r');
		await robot.wait(100);
		await robot.sees(/The rule bash\(npm/);
	});

	test('that has no safe rule cannot be allowed for longer', async () => {
		const {robot, fleet} = await open(size, askOf('call', 1));
		await robot.press('w');
		await robot.seesNo('A allow for longer');
		await robot.press('A');
		await robot.reads('can be allowed once only');
		expect(fleet.commands.map(({type}) => type)).toEqual(['request.see']);
	});

	test('says who asks, since when, what it holds up and what it has cost', async () => {
		const {robot} = await open(size, askOf('question'));
		await robot.press('w');
		await robot.reads('writer-1 (report) · asked 1s ago · not seen before · cost so far $');
		await robot.wait(2000);
		await robot.sees('asked 3s ago · first seen 2s ago');
		await robot.reads('Blocks writer-1, its step report, 1 step behind it');
	});

	test('left with an answer half typed shows it when it is answered again, and sends it only after it was seen', async () => {
		const {robot, fleet} = await open(size, askOf('question', 1));
		await robot.press('w', 'enter');
		await robot.type('counting gu');
		await robot.press('esc');
		await robot.sees('What you entered is kept');
		await robot.press('esc', 'w');
		await robot.seesNo('counting gu');
		await robot.press('enter', 'enter');
		await robot.sees('counting gu');
		await robot.sees('read it');
		expect(answersIn(fleet)).toEqual([]);
		await robot.type('lls');
		await robot.press('enter');
		expect(answersIn(fleet)).toMatchObject([{answer: {kind: 'text', text: 'counting gulls'}}]);
	});

	test('is shown among all others, with a way to each', async () => {
		const {robot} = await openAll(size);
		await robot.press('w');
		await robot.sees(`Requests (${everyAsk.length})`);
		for (const words of ['A would add: bash', 'run rm -r x', 'Which harbour?', 'What is it for?', 'Tried: I looked']) {
			await robot.press('w');
			await robot.sees(words);
		}
		await robot.press('k');
		await robot.sees('Enter answer in words');
	});
});

test('a plan says what it may cost, and where the guess comes from', async () => {
	const steered = await openSteered({columns: 80, rows: 24}, {stage: 'proposed'});
	opened.push(steered);
	await steered.robot.press('w');
	await steered.robot.sees('approve the plan of 9 steps');
	await steered.robot.sees(/estimated \$0\.\d+, a first guess/);
	await steered.robot.press('a');
	expect(steered.sent()).toMatchObject({type: 'request.answer', answer: {kind: 'approve'}});
});

describe.each(sizes)('the inbox at $columns×$rows', size => {
	const isWide = size.columns >= 112;

	test('shows the exact ask, and the others beside it or how many there are', async () => {
		const {robot} = await openAll(size);
		await robot.press('w');
		await robot.sees(isWide ? /❯ ◐ plan .*│ approve the plan of 3 steps/ : '1 of 11 · plan');
		await robot.sees(/reads, (writes|runs)/);
		await robot.press('down');
		await robot.sees(isWide ? /❯ ◐ shell +writer-1 (\(report\) )?run npm test/ : '2 of 11 · shell');
		await robot.sees('$ npm test');
		await robot.sees(/▸ acts +npm test/);
	});

	test('answers what is marked by one key, after it was listed', async () => {
		const {robot, fleet} = await openAll(size);
		await robot.press('w', 'down', 'space', 'down', 'space');
		await robot.sees(isWide ? /❯ ■ shell/ : '■ marked · 2 marked in all');
		await robot.press('down');
		await robot.sees('a allow the 2 marked');
		await robot.press('up', 'b');
		await robot.sees('1  what is marked (2)');
		await robot.sees(/every shell request|every request of writer-1/);
		await robot.press('1');
		await robot.sees('Answer 2 together: what is marked');
		await robot.sees('a allow all 2, this once · d deny all 2');
		// A key held down does not answer what nobody has read.
		await robot.press('a');
		expect(answersIn(fleet)).toEqual([]);
		await robot.wait(500);
		await robot.type('yA1 ');
		expect(answersIn(fleet)).toEqual([]);
		await robot.press('a');
		expect(answersIn(fleet)).toMatchObject([
			{requestId: 'request_x_1', answer: {kind: 'approve'}},
			{requestId: 'request_x_2', answer: {kind: 'approve'}},
		]);
		await robot.sees('Requests (9)');
	});

	test('says to how much a limit is raised while that can be taken back', async () => {
		const {robot} = await openAll(size, 3000);
		await robot.press('w', 'up', 'up', 'up', 'up', 'r', 'ctrl+u', '1', '5', 'enter');
		await robot.reads('raise to 15 min —');
	});

	test('holds an answer back for a moment, in which z takes it back', async () => {
		const {robot, fleet} = await openAll(size, 3000);
		await robot.press('w', 'down', 'a');
		await robot.sees('answered · z takes it back · Enter sends it now · allow —');
		await robot.wait(2900);
		expect(answersIn(fleet)).toEqual([]);
		await robot.press('z');
		await robot.sees('Taken back: it waits for you again.');
		await robot.wait(5000);
		expect(answersIn(fleet)).toEqual([]);
		await robot.press('a', 'esc');
		await robot.sees('answered · z takes it back · allow —');
		await robot.wait(3000);
		expect(answersIn(fleet)).toMatchObject([{requestId: 'request_x_1'}]);
		await robot.seesNo('z takes it back');
	});
});

test('a change is told to be out of date when another agent has changed the file since', async () => {
	const agentId = 'agent_made01_3';
	const input = {path: 'pier.ts', old_string: 'rope', new_string: 'line'};
	const preview = {title: 'Edit pier.ts (+1 −1)', body: '@@ -1,1 +1,1 @@\n-rope\n+line', format: 'diff'} as const;
	const ask = {kind: 'call', callId: 'call_made01_80', tool: 'edit_file', preview, rule: 'writing asks'} as const;
	const steered = await openSteered({columns: 80, rows: 24}, {steps: 3}, [
		{
			type: 'call.proposed',
			callId: ask.callId,
			agentId,
			turnId: 'turn_made01_1',
			useId: 'use_80',
			tool: ask.tool,
			input,
		},
		{type: 'request.opened', requestId: 'request_made01_9', agentId, stepId: undefined, ask},
		...fileCalls,
	]);
	opened.push(steered);
	await steered.robot.press('w');
	await steered.robot.sees('writer-1 has changed this file since');
	await steered.robot.sees('+line');
});
