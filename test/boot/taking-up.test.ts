import {expect, it, onTestFinished} from 'vitest';
import {takeLock} from '../../db/lock.ts';
import {createDefects} from '../../source/boot/defects.ts';
import {openFleet} from '../../source/boot/fleet.ts';
import {takingUp} from '../../source/boot/taking-up.ts';
import {openOffline} from './open-offline.ts';

it('takes up a run that nobody carries when something is asked of it', async () => {
	const {home, context, runId, carry} = openOffline();
	const {report} = createDefects();
	const first = await openFleet(context, takeLock(home), report);
	await carry(first);
	await first.port.send({type: 'run.stop', runId, reason: 'No more of it.'});
	await first.close();

	const second = await openFleet(context, takeLock(home), report);
	onTestFinished(second.close);
	const pause = {type: 'run.pause', runId} as const;
	expect(await second.port.send(pause)).toMatchObject({code: 'unknown'});
	expect(second.engine.run(runId)).toBeUndefined();
	const rejection = await takingUp(context, second.port).send(pause);
	// It is refused as by whoever knows the run.
	expect(rejection?.message).toMatch(/ended|stopped/);
	expect(rejection?.code).not.toBe('unknown');
});
