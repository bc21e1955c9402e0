import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {keepRule} from '../../source/boot/keep-rule.ts';
import {pathsOf, projectConfig} from '../../source/boot/paths.ts';
import type {Reach} from '../../source/domain/request.ts';
import {finish, inTurn, play, requestsOf, serve, step, use} from './play.ts';
import {hasAsk, isOver, makeFolder, raise, runId} from './stage.ts';

const rule = 'bash(touch:*)';
const touch = (name: string) => ({blocks: [use('run_command', {command: `touch ${name}`})]});
const asking = {standing: {plan: true, edits: true, calls: false}, verification: 'off'} as const;

/** Two agents, one after the other, that run alike commands twice; the first question is answered so, the others once. */
const answering = async (reach: Reach) => {
	const server = await serve(
		play([step('left', {role: 'builder'}), step('right', {role: 'builder', dependsOn: ['left']})], {
			'Your step': inTurn(touch('one'), touch('two'), finish()),
		}),
	);
	const home = makeFolder();
	const kept: string[] = [];
	const stage = await raise({
		at: server.url,
		settings: asking,
		parts: {
			keepRule: (dir, text) => {
				kept.push(text);
				return keepRule(dir, text, pathsOf({HOME: home}));
			},
		},
	});
	const askers: string[] = [];
	for (;;) {
		const run = await stage.until(now => isOver(now) || now.requests.some(request => request.status.kind === 'open'));
		if (isOver(run)) break;
		const {id, ask, agentId} = await stage.asked('call');
		expect(ask.grant).toBe(rule);
		askers.push(run.agents.find(agent => agent.id === agentId)?.assignment.title ?? '');
		const answer = {kind: 'approve', reach: askers.length === 1 ? reach : 'once'} as const;
		await stage.tell({type: 'request.answer', runId, requestId: id, answer});
	}
	expect(stage.run().status).toMatchObject({outcome: 'done'});
	expect(requestsOf(server, 'Your step: right')[2]?.newest.join('')).toContain('exit code 0');
	return {stage, askers, kept};
};

test.each([
	['once', ['left', 'left', 'right', 'right']],
	['agent', ['left', 'right', 'right']],
	['run', ['left']],
] as const)(
	'a yes for %s spares the questions that it covers and no others, and is kept nowhere',
	async (reach, expected) => {
		const {stage, askers, kept} = await answering(reach);
		expect(askers).toEqual(expected);
		expect(kept).toEqual([]);
		expect(existsSync(projectConfig(stage.dir))).toBe(false);
	},
);

test('a yes for always is written to the configuration of the project, and the history says where', async () => {
	const {stage, askers, kept} = await answering('always');
	expect(askers).toEqual(['left']);
	expect(kept).toEqual([rule]);
	const path = projectConfig(stage.dir);
	expect(readFileSync(path, 'utf8')).toContain(rule);
	const told = stage.events.flatMap(({event}) => (event.type === 'grant.kept' ? [event] : []));
	expect(told).toEqual([{type: 'grant.kept', rule, path, problem: undefined}]);
	expect(stage.run().grants).toMatchObject([{rule, agentId: undefined, reach: 'always', kept: true}]);
});

test('a yes for always that cannot be written holds for the run, and the history says why', async () => {
	const server = await serve(
		play([step('left', {role: 'builder'})], {'Your step': inTurn(touch('one'), touch('two'), finish())}),
	);
	const stage = await raise({
		at: server.url,
		settings: asking,
		parts: {keepRule: dir => ({path: join(dir, 'config'), problem: 'It is read only.'})},
	});
	const {id} = await stage.asked('call');
	await stage.tell({type: 'request.answer', runId, requestId: id, answer: {kind: 'approve', reach: 'always'}});
	const run = await stage.until(isOver);
	expect(run.requests).toHaveLength(1);
	expect(stage.events.map(({event}) => event)).toContainEqual({
		type: 'grant.kept',
		rule,
		path: join(stage.dir, 'config'),
		problem: 'It is read only.',
	});
});

test('a no is read by the agent with its reason, and a yes for the run answers whoever waits with the same question', async () => {
	const server = await serve(
		play([step('left', {role: 'builder'}), step('right', {role: 'builder'})], {
			'Your step': inTurn(touch('one'), touch('two'), finish()),
		}),
	);
	const stage = await raise({
		at: server.url,
		settings: asking,
	});
	const open = () => stage.run().requests.filter(request => request.status.kind === 'open' && hasAsk(request, 'call'));
	await stage.until(() => open().length === 2);
	const [first] = open();
	if (first === undefined) throw new Error('Nobody asks.');
	const deny = {kind: 'deny', reason: 'Not that one.'} as const;
	await stage.tell({type: 'request.answer', runId, requestId: first.id, answer: deny});
	await stage.until(() => open().length === 2);
	const [now] = open();
	if (now === undefined) throw new Error('Nobody asks.');
	await stage.tell({
		type: 'request.answer',
		runId,
		requestId: now.id,
		answer: {kind: 'approve', reach: 'run'},
	});
	const run = await stage.until(isOver);
	expect(run.requests.map(({status}) => (status.kind === 'answered' ? status.by : status.kind))).toEqual(
		expect.arrayContaining(['person', 'person', 'policy']),
	);
	const heard = server.requests.flatMap(({newest}) => newest);
	expect(heard.filter(text => text.includes('The person said no: Not that one.'))).toHaveLength(1);
});
