import {execFile} from 'node:child_process';
import {once} from 'node:events';
import {createServer} from 'node:http';
import path from 'node:path';
import {promisify} from 'node:util';
import {describe, expect, onTestFinished, test} from 'vitest';
import {openTelemetry} from '../../source/telemetry/open-telemetry.ts';
import {makeEvents} from '../support/make-run.ts';
import {startReceiver} from './receiver.ts';
import {storyPort} from './story-port.ts';

const root = path.join(import.meta.dirname, '..', '..');

/** Tells a story to an address, and returns what is said of that. */
const problemsAt = async (endpoint: string, headers: Readonly<Record<string, string>> = {}) => {
	const problems: string[] = [];
	const {port, happen} = storyPort(makeEvents({stage: 'done'}));
	const telemetry = await openTelemetry({
		port,
		after: 0,
		config: {endpoint, headers, metricsSeconds: 3600},
		version: '0.0.0',
		onProblem: line => problems.push(line),
	});
	happen();
	await telemetry?.close();
	return problems;
};

describe('an address', () => {
	test('where nobody listens is told once, with what the system says', async () => {
		const receiver = await startReceiver();
		await receiver.close();
		const problems = await problemsAt(receiver.url);
		expect(problems).toEqual([expect.stringContaining('ECONNREFUSED')]);
		expect(problems[0]).toContain(receiver.url);
	});

	test('that takes everything and never answers is given up', async () => {
		const server = createServer(() => {});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		onTestFinished(() => {
			server.close();
			server.closeAllConnections();
		});
		const address = server.address();
		if (address === null || typeof address === 'string') throw new Error('The server has no port.');
		expect(await problemsAt(`http://127.0.0.1:${address.port}`)).toHaveLength(1);
	});

	test('that refuses is told once, for traces and metrics together, without what the headers hold', async () => {
		const receiver = await startReceiver(401);
		const problems = await problemsAt(receiver.url.replace('//', '//ada:lovelace@'), {'x-key': 'hush'});
		expect(problems).toHaveLength(1);
		expect(problems[0]).toContain('Unauthorized');
		expect(problems[0]).not.toMatch(/hush|lovelace/);
		expect(receiver.headers.length).toBeGreaterThan(1);
		expect(receiver.headers.every(headers => headers['x-key'] === 'hush')).toBe(true);
	});

	test.each(['localhost:4317', 'grpc://localhost:4317', 'nonsense'])(
		'that is none (%s) is told once',
		async endpoint => {
			expect(await problemsAt(endpoint)).toHaveLength(1);
		},
	);
});

test('packages that are not installed are a problem with its mend, and nothing is thrown', async () => {
	const problems: string[] = [];
	const absent = Object.assign(new Error("Cannot find package '@opentelemetry/api'"), {code: 'ERR_MODULE_NOT_FOUND'});
	const telemetry = await openTelemetry({
		port: storyPort([]).port,
		after: 0,
		config: {endpoint: 'http://localhost:4318', headers: {}, metricsSeconds: 60},
		version: '0.0.0',
		onProblem: line => problems.push(line),
		load: () => Promise.reject(absent),
	});
	expect(telemetry).toBeUndefined();
	expect(problems).toEqual([expect.stringMatching(/@opentelemetry\/api.*optional packages/)]);
});

test('a history that cannot be read ends telemetry, and that is told', async () => {
	const problems: string[] = [];
	const receiver = await startReceiver();
	const story = makeEvents({stage: 'done'});
	const {port, happen, newest} = storyPort(story, 30);
	const telemetry = await openTelemetry({
		port: {...port, history: () => Promise.reject(new Error('The disk is gone.'))},
		after: newest(),
		config: {endpoint: receiver.url, headers: {}, metricsSeconds: 3600},
		version: '0.0.0',
		onProblem: line => problems.push(line),
	});
	happen(5);
	happen();
	await telemetry?.close();
	expect(problems).toEqual([expect.stringContaining('The disk is gone.')]);
	expect(receiver.spans).toEqual([]);
});

describe('the packages of OpenTelemetry', () => {
	const run = async (...args: readonly string[]): Promise<unknown> => {
		const program = path.join(import.meta.dirname, 'list-loaded.ts');
		const {stdout} = await promisify(execFile)(process.execPath, ['--no-warnings', program, ...args], {cwd: root});
		return JSON.parse(stdout);
	};

	test('are not loaded unless telemetry is configured', async () => {
		expect(await run()).toEqual({isOpen: false, loaded: 0});
		const receiver = await startReceiver();
		expect(await run(receiver.url)).toEqual({isOpen: true, loaded: expect.toSatisfy((count: number) => count > 10)});
	});
});
