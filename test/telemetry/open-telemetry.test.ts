import {readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import type {Stamped} from '../../source/domain/event.ts';
import {toUsd} from '../../source/domain/money.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import {promptTokens} from '../../source/domain/usage.ts';
import type {FleetPort} from '../../source/engine/port.ts';
import {openTelemetry, type Telemetry, type TelemetryConfig} from '../../source/telemetry/open-telemetry.ts';
import {finish, inTurn, play, reading, serve, step, use} from '../fleet/play.ts';
import {isOver, makeFolder, runId} from '../fleet/stage.ts';
import {makeEvents, makeRun} from '../support/make-run.ts';
import {openRealFleet} from '../support/real-fleet.ts';
import {type ReceivedSpan, startReceiver} from './receiver.ts';
import {storyPort} from './story-port.ts';

const configOf = (endpoint: string): TelemetryConfig => ({endpoint, headers: {}, metricsSeconds: 3600});

/** Opens telemetry that must have nothing to complain of. */
const open = async (port: FleetPort, after: number, config: TelemetryConfig): Promise<Telemetry> => {
	const telemetry = await openTelemetry({
		port,
		after,
		config,
		version: '1.2.3',
		onProblem: line => {
			throw new Error(line);
		},
	});
	if (telemetry === undefined) throw new Error('Telemetry is off.');
	return telemetry;
};

/** Tells a whole story and returns what was received of it. */
const tell = async (story: readonly Stamped[]) => {
	const receiver = await startReceiver();
	const {port, happen} = storyPort(story);
	const telemetry = await open(port, 0, configOf(receiver.url));
	happen();
	await telemetry.close();
	return receiver;
};

const byId = (spans: readonly ReceivedSpan[]): ReadonlyMap<string, ReceivedSpan> =>
	new Map(spans.map(span => [span.spanId, span]));

/** The names from the root to a span, such as `run > step scout > invoke_agent scout-1`. */
const pathOf = (spans: ReadonlyMap<string, ReceivedSpan>, span: ReceivedSpan): string => {
	const parent = span.parentSpanId === undefined ? undefined : spans.get(span.parentSpanId);
	return parent === undefined ? span.name : `${pathOf(spans, parent)} > ${span.name}`;
};

const pathsOf = (spans: readonly ReceivedSpan[]): readonly string[] => {
	const known = byId(spans);
	return spans.map(span => pathOf(known, span)).toSorted();
};

const sumOf = (spans: readonly ReceivedSpan[], attribute: string): number =>
	spans.reduce((sum, {attributes}) => sum + Number(attributes[attribute] ?? 0), 0);

const chatsIn = (spans: readonly ReceivedSpan[]) => spans.filter(({name}) => name.startsWith('chat '));

/** Every text a run is about: whatever a model, a tool or a person wrote. */
const textsIn = (value: unknown): readonly string[] => {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

describe('a run', () => {
	const story = makeEvents({stage: 'done', steps: 3, goal: 'Count the free berths of the old harbour'});
	const run = makeRun({stage: 'done', steps: 3, goal: 'Count the free berths of the old harbour'});

	test('is a trace: steps within it, agents within those, turns and calls within these', async () => {
		const {spans, resources} = await tell(story);
		const turn = (of: string, model: string) => `${of} > chat ${model}`;
		const scout = 'run > step scout > invoke_agent scout-1';
		const report = 'run > step report > invoke_agent writer-1';
		const review = 'run > step review > invoke_agent reviewer-1';
		expect(pathsOf(spans)).toEqual(
			[
				'run',
				'run > invoke_agent planner-1',
				turn('run > invoke_agent planner-1', 'claude-opus-5-5'),
				'run > step scout',
				scout,
				turn(scout, 'claude-haiku-5-5'),
				`${scout} > execute_tool read`,
				turn(scout, 'claude-haiku-5-5'),
				`${scout} > execute_tool finish_step`,
				'run > step report',
				report,
				turn(report, 'claude-sonnet-5-5'),
				`${report} > execute_tool finish_step`,
				'run > step review',
				review,
				turn(review, 'claude-opus-5-5'),
				`${review} > execute_tool finish_step`,
			].toSorted(),
		);
		expect(new Set(spans.map(span => span.traceId)).size).toBe(1);
		expect(new Set(spans.map(span => span.spanId)).size).toBe(spans.length);
		expect(spans.filter(span => span.parentSpanId === undefined).map(span => span.name)).toEqual(['run']);
		expect(chatsIn(spans).every(span => span.kind === 3)).toBe(true);
		expect(resources[0]).toMatchObject({'service.name': 'flotilla', 'service.version': '1.2.3'});
	});

	test('has the times of its events', async () => {
		const {spans} = await tell(story);
		const at = (fits: (stamped: Stamped) => boolean): number | undefined => story.find(fits)?.at;
		const times = (name: string) => {
			const span = spans.find(found => found.name === name);
			return [span?.startTimeUnixNano, span?.endTimeUnixNano];
		};
		expect(times('run')).toEqual([run.createdAt, at(({event}) => event.type === 'run.ended')]);
		const [scout] = stepsOf(run.plan);
		if (scout?.status.kind !== 'done') throw new Error('The scout is not done.');
		expect(times('step scout')).toEqual([scout.status.startedAt, scout.status.endedAt]);
		for (const [type, bound] of [
			['turn.started', 'startTimeUnixNano'],
			['turn.finished', 'endTimeUnixNano'],
		] as const)
			expect(chatsIn(spans).map(span => span[bound])).toEqual(
				story.filter(({event}) => event.type === type).map(stamped => stamped.at),
			);
		const read = story.filter(({event}) => event.type === 'call.started' || event.type === 'call.finished');
		expect(times('execute_tool read')).toEqual([read[0]?.at, read[1]?.at]);
	});

	test('has the tokens and the cost of the ledger, in its turns, its sums and its metrics', async () => {
		const {spans, points} = await tell(story);
		const chats = chatsIn(spans);
		const {usage, settled} = run.ledger;
		expect(sumOf(chats, 'gen_ai.usage.input_tokens')).toBe(promptTokens(usage));
		expect(sumOf(chats, 'gen_ai.usage.output_tokens')).toBe(usage.output);
		expect(sumOf(chats, 'gen_ai.usage.cache_read.input_tokens')).toBe(usage.cacheRead);
		expect(sumOf(chats, 'gen_ai.usage.cache_creation.input_tokens')).toBe(usage.cacheWrite5m + usage.cacheWrite1h);
		expect(sumOf(chats, 'gen_ai.usage.reasoning.output_tokens')).toBe(usage.thinking);
		expect(sumOf(chats, 'flotilla.cost.usd')).toBeCloseTo(toUsd(settled), 9);
		const sums = {
			'flotilla.tokens.input': promptTokens(usage),
			'flotilla.tokens.output': usage.output,
			'flotilla.turns': 5,
			'flotilla.calls': 4,
			'flotilla.requests': 1,
			'flotilla.requests.wait_ms': 9000,
			'flotilla.cost.usd': toUsd(settled),
			'flotilla.cost.unpriced_turns': 0,
			'flotilla.run.outcome': 'done',
			'flotilla.run.id': run.id,
		};
		expect(spans.find(span => span.name === 'run')?.attributes).toMatchObject(sums);
		const total = (name: string, fits: (attribute: Readonly<Record<string, unknown>>) => boolean = () => true) =>
			points()
				.filter(point => point.name === name && fits(point.attributes))
				.reduce((sum, {value}) => sum + value, 0);
		const ofType = (type: string) => (of: Readonly<Record<string, unknown>>) => of['gen_ai.token.type'] === type;
		expect(total('gen_ai.client.token.usage', ofType('input'))).toBe(promptTokens(usage));
		expect(total('gen_ai.client.token.usage', ofType('output'))).toBe(usage.output);
		expect(total('flotilla.cost')).toBeCloseTo(toUsd(settled), 9);
		expect(total('flotilla.turns')).toBe(5);
		expect(total('flotilla.calls')).toBe(4);
		expect(total('flotilla.runs', of => of['flotilla.run.outcome'] === 'done')).toBe(1);
		expect(total('flotilla.requests.opened', of => of['flotilla.request.kind'] === 'plan')).toBe(1);
		expect(total('flotilla.requests.answered', of => of['flotilla.request.by'] === 'person')).toBe(1);
		expect(total('flotilla.request.wait')).toBe(9);
		const duration = points().filter(point => point.name === 'gen_ai.client.operation.duration');
		expect(duration.reduce((sum, {count}) => sum + count, 0)).toBe(5);
		expect(duration[0]?.unit).toBe('s');
		expect(duration[0]?.bounds.at(-1)).toBe(81.92);
	});

	test('says in words of the conventions what a turn, an agent and a call are', async () => {
		const {spans} = await tell(story);
		const find = (name: string) => spans.find(span => span.name === name)?.attributes;
		const scout = run.agents[1];
		expect(find('chat claude-haiku-5-5')).toMatchObject({
			'gen_ai.operation.name': 'chat',
			'gen_ai.provider.name': 'anthropic',
			'gen_ai.request.model': 'claude-haiku-5-5',
			'gen_ai.response.finish_reasons': ['tool_use'],
			'gen_ai.agent.name': 'scout-1',
		});
		expect(find('invoke_agent scout-1')).toMatchObject({
			'gen_ai.operation.name': 'invoke_agent',
			'gen_ai.agent.id': scout?.id,
			'gen_ai.agent.name': 'scout-1',
			'flotilla.agent.status': 'done',
		});
		expect(find('execute_tool read')).toMatchObject({
			'gen_ai.operation.name': 'execute_tool',
			'gen_ai.tool.name': 'read',
			'gen_ai.tool.call.id': 'use_1',
			'flotilla.call.outcome': 'ok',
		});
		expect(find('step scout')).toMatchObject({'flotilla.step.key': 'scout', 'flotilla.step.status': 'done'});
	});

	test('is told without a word of the work', async () => {
		const receiver = await tell([...story, ...makeEvents({agents: 12, runId: 'run_made02'})]);
		const sent = receiver
			.text()
			.split('\n')
			.flatMap(body => textsIn(JSON.parse(body)))
			.join('\n');
		const lines = [...story, ...makeEvents({agents: 12})]
			.flatMap(({event}) => textsIn(event))
			.join('\n')
			.split('\n');
		const texts = new Set(lines.filter(line => /\S[ /]/.test(line)));
		const told = [...texts].filter(text => sent.includes(text));
		expect(texts.size).toBeGreaterThan(50);
		expect(sent).toContain('invoke_agent scout-1');
		expect(told).toEqual([]);
	});
});

test('everything that is sent is in docs/telemetry.md', async () => {
	const docs = readFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'telemetry.md'), 'utf8');
	const receiver = await tell(makeEvents({steps: 16, agents: 20}));
	const names = new Set([
		...receiver.points().flatMap(({name, attributes}) => [name, ...Object.keys(attributes)]),
		...receiver.spans.flatMap(({attributes}) => Object.keys(attributes)),
	]);
	expect(names.size).toBeGreaterThan(40);
	expect([...names].filter(name => !docs.includes(`\`${name}\``))).toEqual([]);
});

test('what fails is an error with its kind, and what waits for a person says how long', async () => {
	const story = makeEvents({steps: 16, agents: 20, stage: 'working'});
	const receiver = await tell(story);
	const errors = receiver.spans.filter(({status}) => status.code === 2);
	const kinds = (name: string) =>
		errors.filter(span => span.name.startsWith(name)).map(({attributes}) => attributes['error.type']);
	const failures = story.flatMap(({event}) => (event.type === 'turn.failed' ? [event.failure.kind] : []));
	expect(failures.length).toBeGreaterThan(1);
	expect(kinds('chat ')).toEqual(failures);
	expect(new Set(kinds('invoke_agent '))).toEqual(new Set(['refused']));
	expect(kinds('step ')).toContain('refused');
	expect(errors.every(({status}) => status.message === undefined)).toBe(true);
	const statuses = receiver.spans
		.filter(({name}) => name.startsWith('invoke_agent '))
		.map(({attributes}) => attributes['flotilla.agent.status']);
	expect(new Set(statuses)).toEqual(new Set(['done', 'failed', 'killed']));
	const turns = receiver.points().filter(({name}) => name === 'flotilla.turns');
	expect(turns.some(({attributes}) => attributes['error.type'] === 'refused')).toBe(true);
});

describe('an engine that is started again', () => {
	const story = makeEvents({stage: 'done', steps: 5});

	test.each([1, 7, 20, 33, story.length - 1])(
		'in the middle, after %i events, goes on in the same trace: nothing is missing or doubled',
		async at => {
			const whole = await tell(story);
			const receiver = await startReceiver();
			const first = storyPort(story.slice(0, at));
			const one = await open(first.port, 0, configOf(receiver.url));
			first.happen();
			await one.close();
			const second = storyPort(story, at);
			const two = await open(second.port, second.newest(), configOf(receiver.url));
			second.happen(1);
			second.happen();
			await two.close();
			const shape = (spans: readonly ReceivedSpan[]) => spans.map(span => JSON.stringify(span)).toSorted();
			expect(shape(receiver.spans)).toEqual(shape(whole.spans));
		},
	);

	test('and carries nothing tells nothing of what was over before', async () => {
		const receiver = await startReceiver();
		const {port, newest} = storyPort(story, story.length);
		const telemetry = await open(port, newest(), configOf(receiver.url));
		await telemetry.close();
		expect(receiver.spans).toEqual([]);
	});
});

test('a real fleet that is left in the middle of a turn and taken up again is one whole trace', async () => {
	const arrived = Promise.withResolvers<void>();
	const leaving = Promise.withResolvers<void>();
	let isFirst = true;
	const server = await serve(
		play([step('scout'), step('report', {dependsOn: ['scout']})], {
			'Your step: scout': inTurn({blocks: [use('read_file', {path: 'README.md'})]}, async () => {
				if (isFirst) {
					isFirst = false;
					arrived.resolve();
					await leaving.promise;
				}
				return finish();
			}),
			'Your step: report': inTurn(reading, finish()),
		}),
	);
	const receiver = await startReceiver();
	const dir = makeFolder({'README.md': '# A project\n'});
	const home = makeFolder();
	const first = openRealFleet(server.url, dir, {}, home);
	const one = await open(first.engine, first.log.newest(), configOf(receiver.url));
	await first.engine.send({type: 'run.create', runId, goal: 'A goal', settings: first.settings});
	await arrived.promise;
	await first.engine.stop();
	await one.close();
	await first.close();
	leaving.resolve();
	const before = receiver.spans.length;

	const second = openRealFleet(server.url, dir, {}, home);
	const two = await open(second.engine, second.log.newest(), configOf(receiver.url));
	await second.engine.open(runId);
	const run = await second.until(runId, isOver);
	await second.engine.stop();
	await two.close();
	const events = second.log.page({runId, limit: 10_000});
	await second.close();

	expect(run.status).toMatchObject({outcome: 'done'});
	const {spans} = receiver;
	expect(before).toBeGreaterThan(2);
	expect(spans.length).toBeGreaterThan(before);
	expect(new Set(spans.map(span => span.traceId)).size).toBe(1);
	expect(new Set(spans.map(span => span.spanId)).size).toBe(spans.length);
	const known = byId(spans);
	expect(spans.every(span => span.parentSpanId === undefined || known.has(span.parentSpanId))).toBe(true);
	const count = (...types: readonly string[]) => events.filter(({event}) => types.includes(event.type)).length;
	expect(chatsIn(spans)).toHaveLength(count('turn.finished', 'turn.failed'));
	expect(chatsIn(spans).filter(({status}) => status.code === 2)).toHaveLength(1);
	expect(spans.filter(({name}) => name.startsWith('execute_tool '))).toHaveLength(count('call.finished'));
	expect(spans.filter(({name}) => name.startsWith('invoke_agent '))).toHaveLength(3);
	expect(sumOf(chatsIn(spans), 'gen_ai.usage.input_tokens')).toBe(promptTokens(run.ledger.usage));
	expect(sumOf(chatsIn(spans), 'gen_ai.usage.output_tokens')).toBe(run.ledger.usage.output);
	const root = spans.find(span => span.name === 'run');
	expect(root?.attributes['flotilla.tokens.input']).toBe(promptTokens(run.ledger.usage));
	expect(root?.attributes['flotilla.cost.usd']).toBeCloseTo(toUsd(run.ledger.settled + run.ledger.estimated), 9);
});
