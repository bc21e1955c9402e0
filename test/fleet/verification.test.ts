import {describe, expect, test} from 'vitest';
import type {CheckPlan} from '../../source/domain/call.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import type {Run} from '../../source/domain/run.ts';
import type {RunSettings} from '../../source/domain/settings.ts';
import type {Reply} from '../support/stand-in/reply.ts';
import {finish, inTurn, play, reading, requestsOf, serve, step, use} from './play.ts';
import {isOver, raise, runId} from './stage.ts';

const write = (content: string): Reply => ({blocks: [use('write_file', {path: 'answer.txt', content})]});

/** Right only with the right answer; says where it looked. */
const isRight: CheckPlan = {name: 'right', command: 'pwd; grep -x right answer.txt'};

const project = {
	'package.json': JSON.stringify({scripts: {lint: 'node lint.cjs', test: 'node --test'}}),
	'lint.cjs': "console.log('linted ' + require('node:fs').readFileSync('answer.txt', 'utf8'));",
	'answer.test.cjs': `
const {test} = require('node:test');
const {equal} = require('node:assert');
test('the answer', () => equal(require('node:fs').readFileSync('answer.txt', 'utf8'), 'right'));
`,
};

/** One step, played so, to its end. */
const runStep = async (
	replies: readonly Reply[],
	settings: Partial<RunSettings> = {},
	files: Readonly<Record<string, string>> = {},
) => {
	const server = await serve(
		play([step('mend', {role: 'builder'})], {
			'Your step: mend': inTurn(...replies),
			'Your part: aside': inTurn(write('right'), finish()),
		}),
	);
	const stage = await raise({at: server.url, files, settings});
	return {stage, server, results: () => requestsOf(server, 'Your step: mend').map(({newest}) => newest)};
};

const packetOf = (run: Run) => {
	const [made] = stepsOf(run.plan);
	if (made?.status.kind !== 'done') throw new Error(`The step is ${made?.status.kind}.`);
	return made.status.packet;
};

const judged = async (...order: Parameters<typeof runStep>) => {
	const {stage} = await runStep(...order);
	const {status, reason, checks} = packetOf(await stage.until(isOver));
	return {status, reason, checks};
};

describe('a step that changed files', () => {
	test('is verified when the scripts of the project pass in its folder, and their output is attached', async () => {
		const {stage, server} = await runStep([write('right'), finish({status: 'UNVERIFIED'})], {}, project);
		const run = await stage.until(isOver);
		expect(run.status).toMatchObject({outcome: 'done'});
		expect(packetOf(run)).toMatchObject({
			status: 'VERIFIED',
			reason: 'passed: lint, test',
			checks: [
				{name: 'lint', command: 'npm run lint', outcome: 'ok', output: expect.stringContaining('linted right')},
				{name: 'test', command: 'npm run test', outcome: 'ok', output: expect.stringMatching(/# pass 1\n|ℹ pass 1\n/)},
			],
		});
		// No model has asked for them, so none hears of them.
		expect(requestsOf(server, 'Your step: mend')).toHaveLength(2);
	});

	test('goes back to its agent once with what the checks said, and is verified when that mended it', async () => {
		const {stage, results} = await runStep([write('wrong'), finish(), write('right'), finish()], {}, project);
		const run = await stage.until(isOver);
		expect(packetOf(run)).toMatchObject({status: 'VERIFIED', reason: 'passed: lint, test'});
		const [told] = results()[2] ?? [];
		expect(told).toMatch(
			/^Not done yet: the checks of the project do not pass\.\n\n<material from="check test: npm run test">/,
		);
		expect(told).toContain("'wrong'");
		expect(told).not.toContain('check lint');
	});

	test('has failed when its checks fail again', async () => {
		const {stage, results} = await runStep([write('wrong'), finish()], {checks: [isRight]});
		const run = await stage.until(isOver);
		expect(packetOf(run)).toMatchObject({status: 'FAIL', reason: 'failed checks: right'});
		expect(run.status).toMatchObject({outcome: 'failed', reason: 'reported FAIL: mend'});
		expect(results()).toHaveLength(3);
	});

	test('is checked by what a person named, in the folder of the project, instead of what is found there', async () => {
		const {stage} = await runStep([write('right\n'), finish()], {checks: [isRight]}, project);
		const {checks} = packetOf(await stage.until(isOver));
		expect(checks).toMatchObject([
			{...isRight, outcome: 'ok', output: expect.stringContaining(`${stage.dir}\nright\n`)},
		]);
	});

	test('stays unverified when a person lets the check not run', async () => {
		const standing = {plan: true, edits: true, calls: false};
		const lint = {name: 'lint', command: 'npm run lint'};
		const {stage} = await runStep([write('right\n'), finish()], {checks: [lint], standing}, project);
		const {id, ask} = await stage.asked('call');
		expect(ask.preview).toMatchObject({title: 'Check lint: npm run lint', body: 'npm run lint', format: 'command'});
		await stage.tell({type: 'request.answer', runId, requestId: id, answer: {kind: 'deny', reason: 'not now'}});
		expect(packetOf(await stage.until(isOver))).toMatchObject({
			status: 'UNVERIFIED',
			reason: 'checks without a result: lint (denied)',
			checks: [{outcome: 'denied', output: 'The person said no: not now'}],
		});
	});

	test('is never verified by its own word', async () => {
		const changed = [write('right'), finish()];
		const off = {verification: 'off', checks: [isRight]} as const;
		expect(await judged(changed)).toMatchObject({status: 'UNVERIFIED', reason: 'the project names no check'});
		expect(await judged(changed, off)).toMatchObject({status: 'UNVERIFIED', reason: 'checks are switched off'});
		expect(await judged([reading, finish()], {checks: [isRight]})).toEqual({
			status: 'UNVERIFIED',
			reason: 'nothing was changed, so no check ran',
			checks: undefined,
		});
	});

	test('keeps the word that a person must look, and that it failed', async () => {
		const checks = [isRight];
		expect(await judged([write('right\n'), finish({status: 'PENDING_REVIEW'})], {checks})).toMatchObject({
			status: 'PENDING_REVIEW',
			checks: [{outcome: 'ok'}],
		});
		expect(await judged([write('right\n'), finish({status: 'FAIL'})], {checks})).toMatchObject({status: 'FAIL'});
	});

	test('is checked, too, when it only ran a command, or had another agent change them', async () => {
		const ran: Reply = {blocks: [use('run_command', {command: 'echo right > answer.txt'})]};
		const checks = [isRight];
		expect(await judged([ran, finish()], {checks})).toMatchObject({status: 'VERIFIED'});
		const handed: Reply = {blocks: [use('delegate', {role: 'builder', title: 'aside', objective: 'Answer.'})]};
		const grep = {name: 'right', command: 'grep right answer.txt'};
		expect(await judged([handed, finish()], {checks: [grep]})).toMatchObject({status: 'VERIFIED'});
	});
});

test('a model that calls the check itself is told that it cannot', async () => {
	const asking: Reply = {blocks: [use('run_check', {name: 'mine', command: 'true'})]};
	const {stage, results} = await runStep([asking, finish()]);
	expect(packetOf(await stage.until(isOver)).status).toBe('UNVERIFIED');
	expect(results()[1]).toEqual([expect.stringContaining('checks are run by Flotilla')]);
});
