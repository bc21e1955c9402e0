import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import type {AgentId, StepId} from '../../source/domain/id.ts';
import {itemsOf} from '../../source/domain/pages.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import type {Run} from '../../source/domain/run.ts';
import type {ParsedRequest} from '../support/stand-in/parsed-request.ts';
import type {Reply} from '../support/stand-in/reply.ts';
import type {Script} from '../support/stand-in/server.ts';
import {briefIn, finish, inTurn, play, reading, requestsOf, say, serve, step, use} from './play.ts';
import {isOver, raise, runId, type Stage, someAgent} from './stage.ts';

/** A reply that is held back until the test lets it go. */
const held = (reply: Reply) => {
	const arrived = Promise.withResolvers<void>();
	const go = Promise.withResolvers<void>();
	const script: Script = async () => {
		arrived.resolve();
		await go.promise;
		return reply;
	};
	return {script, arrived: arrived.promise, go: () => go.resolve()};
};

const thoughtful: Reply = {blocks: [{type: 'thinking', text: 'Hm, let me see.'}, ...reading.blocks]};

const searching: Reply = {blocks: [{type: 'thinking', text: 'Hm, let me see.'}, use('grep', {pattern: 'project'})]};

const change = (
	agentId: AgentId,
	what: {readonly tier?: 'sonnet' | 'opus'; readonly tools?: readonly string[]; readonly instructions?: string},
) =>
	({
		type: 'agent.change',
		runId,
		agentId,
		tier: what.tier,
		tools: what.tools,
		instructions: what.instructions,
	}) as const;

/** The messages of a request without what marks them for the vendor's cache. */
const messagesOf = (request: ParsedRequest | undefined): readonly unknown[] =>
	(request?.body.messages ?? []).map(({role, content}) => ({
		role,
		content: typeof content === 'string' ? content : content.map(({cache_control: _, ...block}) => block),
	}));

const contentOf = (message: unknown): readonly unknown[] =>
	typeof message === 'object' && message !== null && 'content' in message && Array.isArray(message.content)
		? message.content
		: [];

const stepId = (stage: Stage, key: string): StepId => {
	const found = stepsOf(stage.run().plan).find(made => made.key === key);
	if (found === undefined) throw new Error(`There is no step ${key}.`);
	return found.id;
};

describe('a message', () => {
	test('is queued while the agent thinks, delivered with its next turn, and acted on when that has its reply', async () => {
		const first = held(finish());
		const second = held(reading);
		const server = await serve(
			play([step('scout')], {'Your step: scout': inTurn(first.script, second.script, finish())}),
		);
		const stage = await raise({at: server.url});
		await first.arrived;
		const {id} = stage.agent('Do scout.');
		await stage.tell({type: 'agent.message', runId, agentId: id, text: 'Look at the tests, too.'});
		const letters = () => {
			const {mailbox, read} = stage.agent('Do scout.');
			return [...mailbox, ...read].map(({text, state}) => `${state}: ${text}`);
		};
		expect(letters()).toEqual(['queued: Look at the tests, too.']);
		first.go();
		// It had reported already: the report does not count before it has read what came in.
		await second.arrived;
		expect(letters()).toEqual(['delivered: Look at the tests, too.']);
		second.go();
		await stage.until(isOver);
		expect(letters()).toEqual(['acted_on: Look at the tests, too.']);
		expect(server.requests.filter(({newest}) => newest.some(text => text.includes('Look at the tests')))).toHaveLength(
			1,
		);
		expect(requestsOf(server, 'scout')[1]?.newest).toEqual([
			'Not yet: a message has come in. Read it, then report.',
			'Message from the person:\nLook at the tests, too.',
		]);
	});
});

describe('a pause', () => {
	test('lets the turn end and starts nothing of what it asked for until the agent goes on', async () => {
		const first = held({blocks: [use('write_file', {path: 'made.txt', content: 'made'})]});
		const server = await serve(
			play([step('scout', {role: 'builder'})], {'Your step: scout': inTurn(first.script, finish())}),
		);
		const stage = await raise({at: server.url});
		await first.arrived;
		const {id} = stage.agent('Do scout.');
		await stage.tell({type: 'agent.pause', runId, agentId: id});
		first.go();
		await stage.until(someAgent('Do scout.', ({calls}) => calls[0]?.status.kind === 'allowed'));
		expect(existsSync(join(stage.dir, 'made.txt'))).toBe(false);
		await stage.tell({type: 'agent.continue', runId, agentId: id});
		await stage.until(isOver);
		expect(existsSync(join(stage.dir, 'made.txt'))).toBe(true);
		expect(requestsOf(server, 'scout')).toHaveLength(2);
	});
});

describe('an interrupt', () => {
	test('ends a running command, and the agent is told that nobody knows how far it came', async () => {
		const command = 'echo begun > made.txt; sleep 1000; echo ended > made.txt';
		const server = await serve(
			play([step('scout', {role: 'builder'})], {
				'Your step: scout': inTurn(
					{
						blocks: [
							use('run_command', {command, timeout_seconds: 1800}),
							use('write_file', {path: 'b', content: 'b'}),
						],
					},
					finish(),
				),
			}),
		);
		const stage = await raise({at: server.url});
		await expect.poll(() => existsSync(join(stage.dir, 'made.txt')), {timeout: 20_000}).toBe(true);
		const {id: agentId} = stage.agent('Do scout.');
		await stage.tell({type: 'agent.interrupt', runId, agentId});
		await stage.tell({type: 'agent.continue', runId, agentId});
		await stage.until(isOver);
		expect(requestsOf(server, 'scout')[1]?.newest).toEqual([
			expect.stringMatching(/^The outcome of this call is unknown: it was cut off while it ran/),
			'Not carried out: the person interrupted the turn.',
		]);
		expect(existsSync(join(stage.dir, 'b'))).toBe(false);
	});
});

describe('a change', () => {
	test('of the model takes effect with the next turn, which carries nothing that the old model thought', async () => {
		const second = held(thoughtful);
		const server = await serve(
			play([step('scout')], {'Your step: scout': inTurn(thoughtful, second.script, searching, finish())}),
		);
		const stage = await raise({at: server.url});
		await second.arrived;
		await stage.tell(change(stage.agent('Do scout.').id, {tier: 'sonnet'}));
		second.go();
		await stage.until(isOver);
		const asked = requestsOf(server, 'scout');
		const {haiku, sonnet} = stage.fleet.settings.models;
		expect(asked.map(({model}) => model)).toEqual([haiku.id, haiku.id, sonnet.id, sonnet.id]);
		const thoughts = asked.map(request => JSON.stringify(request.body.messages).split('Hm, let me see.').length - 1);
		expect(thoughts).toEqual([0, 1, 0, 1]);
		expect(server.ledger.flatMap(({problem}) => problem ?? [])).toEqual([]);
		expect(stage.run().status).toMatchObject({outcome: 'done'});
	});

	test('of tools and instructions stands in the next request and not before', async () => {
		const first = held(reading);
		const server = await serve(play([step('scout')], {'Your step: scout': inTurn(first.script, reading, finish())}));
		const stage = await raise({at: server.url});
		await first.arrived;
		const {id} = stage.agent('Do scout.');
		await stage.tell(change(id, {tools: ['read_file', 'finish_step'], instructions: 'Write in rhymes.'}));
		first.go();
		await stage.until(isOver);
		const asked = requestsOf(server, 'scout');
		expect(asked[0]?.tools.has('grep')).toBe(true);
		expect([...(asked[1]?.tools.keys() ?? [])]).toEqual(['read_file', 'finish_step']);
		expect(asked.map(({system}) => system.includes('Write in rhymes.'))).toEqual([false, true, true]);
		expect(asked[1]?.system).toBe(asked[2]?.system);
	});

	test('of tools never takes away the report', async () => {
		const first = held(reading);
		const server = await serve(play([step('scout')], {'Your step: scout': inTurn(first.script, finish())}));
		const stage = await raise({at: server.url});
		await first.arrived;
		await stage.tell(change(stage.agent('Do scout.').id, {tools: ['read_file']}));
		first.go();
		const run = await stage.until(isOver);
		expect(run.status).toMatchObject({outcome: 'done'});
		expect([...(requestsOf(server, 'scout')[1]?.tools.keys() ?? [])]).toEqual(['read_file', 'finish_step']);
	});
});

describe('a fork', () => {
	/** An agent that has finished two turns and is in its third; forks of it say one thing and are done. */
	const forkable = async () => {
		const third = held(finish());
		const isFork = (request: ParsedRequest) => request.newest.some(text => text.includes('Instead, '));
		const ofParent = inTurn(thoughtful, {blocks: [use('grep', {pattern: 'project'})]}, third.script);
		const server = await serve(
			play([step('scout')], {
				'Your step: scout': (request, n) => (isFork(request) ? {blocks: [say('Done instead.')]} : ofParent(request, n)),
			}),
		);
		const stage = await raise({at: server.url});
		await third.arrived;
		const parent = stage.agent('Do scout.');
		const fork = async (turn: number): Promise<ParsedRequest> => {
			const before = server.requests.length;
			const turnId = itemsOf(parent.turnIds)[turn];
			await stage.tell({type: 'agent.fork', runId, agentId: parent.id, turnId, text: 'Instead, count the words.'});
			await stage.until(someAgent('Do scout.', agent => agent.fork !== undefined && agent.status.kind === 'done'));
			const request = server.requests[before];
			if (request === undefined) throw new Error('The fork has asked nothing.');
			return request;
		};
		return {stage, server, parent, fork, go: third.go};
	};

	test('at an earlier turn knows what its parent knew then, to the byte, and its own message', async () => {
		const {stage, server, fork, go} = await forkable();
		const request = await fork(0);
		const [first, second] = requestsOf(server, 'scout');
		const [known, mine] = [messagesOf(second), messagesOf(request)];
		expect(mine).toHaveLength(3);
		expect(mine.slice(0, 2)).toEqual(known.slice(0, 2));
		expect(contentOf(mine[2])).toEqual([
			...contentOf(known[2]),
			{type: 'text', text: 'Message from the person:\nInstead, count the words.'},
		]);
		expect(request.system).toBe(first?.system);
		expect([...request.tools.keys()]).toEqual([...(first?.tools.keys() ?? [])]);
		go();
		expect((await stage.until(isOver)).status).toMatchObject({outcome: 'done'});
		expect(server.ledger.flatMap(({problem}) => problem ?? [])).toEqual([]);
	});

	test('of an agent that has another model now carries nothing that the old one thought', async () => {
		const {stage, parent, fork, go} = await forkable();
		await stage.tell(change(parent.id, {tier: 'opus'}));
		const request = await fork(0);
		expect(request.model).toBe(stage.fleet.settings.models.opus.id);
		expect(JSON.stringify(request.body.messages)).not.toContain('Hm, let me see.');
		go();
		await stage.until(isOver);
	});

	test('keeps the instructions that were added to its parent', async () => {
		const {stage, parent, fork, go} = await forkable();
		await stage.tell(change(parent.id, {instructions: 'Write in rhymes.'}));
		expect((await fork(1)).system).toContain('Write in rhymes.');
		go();
		await stage.until(isOver);
	});
});

describe('a step that has failed', () => {
	const survey = 'Your step: survey';
	const scout = 'Your step: scout';
	const report = 'Your step: report';

	/** A run that has ended because the provider refused a step's only request, until it is told not to. */
	const failed = async () => {
		let refuses = true;
		const work: Script = () => (refuses ? {blocks: [], fault: {status: 400}} : finish());
		const server = await serve(
			play([step('survey'), step('scout'), step('report', {dependsOn: ['scout', 'survey']})], {
				[scout]: work,
				'Your step': () => finish(),
			}),
		);
		const stage = await raise({at: server.url});
		const run = await stage.until(isOver);
		expect(run.status).toMatchObject({outcome: 'failed', reason: 'failed: scout; blocked by that: report'});
		refuses = false;
		const again = (): Promise<Run> => {
			const before = stage.events.length;
			return stage.until(
				now => isOver(now) && stage.events.slice(before).some(({event}) => event.type === 'run.ended'),
			);
		};
		return {server, stage, stepId: stepId(stage, 'scout'), again};
	};

	test('is retried alone, and what is done is not done again', async () => {
		const {server, stage, stepId, again} = await failed();
		const over = again();
		await stage.tell({type: 'step.retry', runId, stepId});
		expect((await over).status).toMatchObject({outcome: 'done'});
		expect([survey, scout, report].map(name => requestsOf(server, name).length)).toEqual([1, 2, 1]);
	});

	test('is skipped, and those that need it are told so', async () => {
		const {server, stage, stepId, again} = await failed();
		const over = again();
		await stage.tell({type: 'step.skip', runId, stepId, reason: 'we know it already'});
		expect((await over).status).toMatchObject({outcome: 'done'});
		expect(requestsOf(server, scout)).toHaveLength(1);
		const [request] = requestsOf(server, report);
		expect(request === undefined ? '' : briefIn(request)).toMatch(
			/"scout" \(scout\) was taken out.*we know it already/,
		);
	});

	test('is split into two, one after the other, and those that need it wait for both', async () => {
		const {server, stage, stepId, again} = await failed();
		const over = again();
		const into = ['first', 'second'].map(title => ({title, objective: `Do the ${title} half.`}));
		await stage.tell({type: 'step.split', runId, stepId, into});
		expect((await over).status).toMatchObject({outcome: 'done'});
		const order = stage.events.flatMap(({event}) => (event.type === 'step.finished' ? [event.stepId] : []));
		const titles = order.map(id => stage.run().plan?.steps[id]?.title);
		expect(titles).toEqual(['survey', 'first', 'second', 'report']);
		const [second] = requestsOf(server, 'Your step: second');
		expect(second === undefined ? '' : briefIn(second)).toContain('<material from="step scout-1: first">');
		expect(requestsOf(server, scout)).toHaveLength(1);
	});
});
