import {execFileSync} from 'node:child_process';
import {describe, expect, it} from 'vitest';
import {stepsOf} from '../../source/domain/plan.ts';
import {billed} from '../support/billed.ts';
import {openRealFleet} from '../support/real-fleet.ts';
import {withFaults} from '../support/stand-in/script.ts';
import {fleet as fleetScript} from '../support/stand-in/scripts/fleet.ts';
import {startStandIn} from '../support/stand-in/server.ts';
import {makeFolder} from './stage.ts';

const makeProject = (): string => {
	const dir = makeFolder({'README.md': '# A project\n\nTODO: say more.\n'});
	execFileSync('git', ['init', '-q'], {cwd: dir});
	execFileSync('git', ['add', '.'], {cwd: dir});
	return dir;
};

describe('a fleet on the real SDK and the stand-in server', () => {
	it('plans by structured output, works with tools, and its cost is usage times price through a 529 and a drop', async () => {
		const script = withFaults(fleetScript(), {3: {status: 529}, 6: {dropAfterDeltas: 3}});
		await using server = await startStandIn({script});
		const fleet = openRealFleet(server.url, makeProject(), {}, makeFolder());
		await fleet.engine.send({type: 'run.create', runId: 'run_a', goal: 'Survey this', settings: fleet.settings});
		const run = await fleet.until('run_a', now => now.status.kind === 'ended');
		await fleet.close();

		expect(run.status).toMatchObject({outcome: 'done'});
		expect(run.plan).toMatchObject({source: 'model'});
		expect(stepsOf(run.plan).map(step => step.status.kind)).toEqual(['done', 'done', 'done', 'done', 'done']);
		expect(server.ledger.filter(entry => entry.status === 529)).toHaveLength(1);
		expect(run.ledger.settled).toBe(billed(server.ledger, true));
		// What the provider wrote unseen nobody knows: booked is the most it can be.
		expect(billed(server.ledger, false)).toBeGreaterThan(0);
		expect(run.ledger.estimated).toBeGreaterThanOrEqual(billed(server.ledger, false));
		expect(run.ledger.reserved).toBe(0);
		expect(run.ledger.usage.cacheRead).toBeGreaterThan(0);
		expect(run.ledger.usage.cacheWrite5m).toBeGreaterThan(0);
		expect(run.agents.reduce((sum, agent) => sum + agent.settled + agent.estimated, 0)).toBe(
			run.ledger.settled + run.ledger.estimated,
		);
	});

	it('falls back to the template when the model gives no valid plan twice, and says what was wrong', async () => {
		await using server = await startStandIn({
			script: fleetScript([
				{when: request => request.schema !== undefined, reply: () => ({blocks: [{type: 'text', text: 'no plan {'}]})},
			]),
		});
		const fleet = openRealFleet(server.url, makeProject(), {}, makeFolder());
		await fleet.engine.send({type: 'run.create', runId: 'run_a', goal: 'Research this', settings: fleet.settings});
		const run = await fleet.until('run_a', now => now.status.kind === 'ended');
		const proposed = [...fleet.log.after({after: 0})].find(({event}) => event.type === 'plan.proposed')?.event;
		await fleet.close();
		expect(proposed).toMatchObject({source: 'template', problems: [expect.stringContaining('JSON')]});
		expect(run.status).toMatchObject({outcome: 'done'});
		expect(server.requests.filter(request => request.schema !== undefined)).toHaveLength(2);
	});

	it('ends the run with the vendor’s word when the key is refused', async () => {
		await using server = await startStandIn({script: fleetScript(), acceptsKey: () => false});
		const fleet = openRealFleet(server.url, makeProject(), {}, makeFolder());
		await fleet.engine.send({type: 'run.create', runId: 'run_a', goal: 'Survey this', settings: fleet.settings});
		const run = await fleet.until('run_a', now => now.status.kind === 'ended');
		await fleet.close();
		expect(run.status).toMatchObject({outcome: 'failed', failure: {kind: 'unauthorized'}});
	});
});
