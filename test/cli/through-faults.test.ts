import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {RunEvent} from '../../source/domain/event.ts';
import {toUsd} from '../../source/domain/money.ts';
import {billed} from '../support/billed.ts';
import {withFaults} from '../support/stand-in/script.ts';
import {fleet} from '../support/stand-in/scripts/fleet.ts';
import {type StandIn, startStandIn} from '../support/stand-in/server.ts';
import {commandingFleet} from './commanding-fleet.ts';
import {flotilla, makeRepository, start, temporary} from './flotilla.ts';

const environment = (server: StandIn) => ({
	FLOTILLA_HOME: temporary('home'),
	ANTHROPIC_BASE_URL: server.url,
	ANTHROPIC_API_KEY: 'a-key',
});

const goal = (dir: string) => ['run', 'Survey this project', '--yes', '--json', '--dir', dir];

const eventsOf = (stdout: string): readonly RunEvent[] =>
	stdout
		.trim()
		.split('\n')
		.map((line): RunEvent => JSON.parse(line));

describe('the program against a server of the Messages API', () => {
	it('is done through a 529 and a drop in the middle, and its cost is usage times price', async () => {
		await using server = await startStandIn({
			script: withFaults(fleet(), {3: {status: 529}, 6: {dropAfterDeltas: 3}}),
		});
		const env = environment(server);
		const {code, stdout} = await flotilla(goal(makeRepository()), env);
		expect(code).toBe(0);
		expect(eventsOf(stdout).find(event => event.type === 'plan.proposed')).toMatchObject({source: 'model'});
		expect(server.ledger.map(({status}) => status)).toContain(529);

		const {usage} = JSON.parse((await flotilla(['show', 'last', '--json'], env)).stdout);
		expect(usage).toMatchObject({settledUsd: toUsd(billed(server.ledger, true)), reservedUsd: 0});
		// Of a reply that broke off, the most it can have cost is booked.
		expect(usage.estimatedUsd).toBeGreaterThanOrEqual(toUsd(billed(server.ledger, false)));
		for (const figure of ['estimatedUsd', 'cacheRead', 'cacheWrite5m'])
			expect(usage[figure], figure).toBeGreaterThan(0);
	});

	it('is killed while a command runs: the command is not run again, and its agent is told', async () => {
		const command = 'echo $$ >> begun; exec sleep 300';
		await using server = await startStandIn({script: commandingFleet(command)});
		const env = environment(server);
		const dir = makeRepository();
		const first = start(goal(dir), env);
		const begun = join(dir, 'begun');
		await expect.poll(() => existsSync(begun) && readFileSync(begun, 'utf8'), {timeout: 30_000}).toMatch(/\d+\n/);
		first.child.kill('SIGKILL');
		await first.ended;
		process.kill(Number(readFileSync(begun, 'utf8')));

		expect((await flotilla(['resume', 'last', '--json'], env)).code).toBe(0);
		const events = eventsOf((await flotilla(['logs', 'last', '--json'], env)).stdout);
		const call = events.find(event => event.type === 'call.proposed' && event.tool === 'run_command');
		if (call?.type !== 'call.proposed') throw new Error('The command was never asked for.');
		const ofCall = events.filter(event => 'callId' in event && event.callId === call.callId);
		expect(ofCall.filter(event => event.type === 'call.started')).toHaveLength(1);
		const ends = ofCall.filter(event => event.type === 'call.finished');
		expect(ends).toMatchObject([{outcome: 'unknown'}]);
		const told = server.requests.filter(({newest}) => newest.some(text => text.includes(ends[0]?.output ?? '?')));
		expect(told).toMatchObject([{turns: 1}]);
		expect(readFileSync(begun, 'utf8').trim().split('\n')).toHaveLength(1);
		expect(events.filter(event => event.type === 'step.started')).toHaveLength(2);
		expect(events.filter(event => event.type === 'step.finished')).toHaveLength(2);
	});
});
