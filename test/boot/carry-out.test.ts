import {expect, it} from 'vitest';
import {takeLock} from '../../db/lock.ts';
import {StorageProblem} from '../../db/storage-problem.ts';
import {carryOut} from '../../source/boot/carry-out.ts';
import {createDefects} from '../../source/boot/defects.ts';
import {openFleet} from '../../source/boot/fleet.ts';
import {openOffline} from './open-offline.ts';

it('throws the first defect, closes the fleet, and no failure to close hides the defect', async () => {
	const {home, context, runId, carry} = openOffline();
	const defects = createDefects();
	const fleet = await openFleet(context, takeLock(home), defects.report);
	await carry(fleet);

	let closed = false;
	const close = async (): Promise<void> => {
		await fleet.close();
		closed = true;
		throw new Error('could not close');
	};
	const parts = {context, runId, window: false, after: Number.MAX_SAFE_INTEGER, defects};
	const carried = carryOut({...parts, fleet: {port: fleet.port, ended: new Promise(() => {}), outlives: false, close}});
	const full = new StorageProblem('SQLITE_FULL', 'store an event', 'the disk is full', 'Free some space.');
	defects.report(full);
	defects.report(new Error('what followed from it'));
	await expect(carried).rejects.toBe(full);
	expect(closed).toBe(true);
});
