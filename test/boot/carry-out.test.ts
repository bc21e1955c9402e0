import {expect, it} from 'vitest';
import {takeLock} from '../../db/lock.ts';
import {StorageProblem} from '../../db/storage-problem.ts';
import {roleFactsOf} from '../../source/agents/roles.ts';
import {carryOut} from '../../source/boot/carry-out.ts';
import {choicesFor} from '../../source/boot/choices.ts';
import {createContext} from '../../source/boot/context.ts';
import {createDefects} from '../../source/boot/defects.ts';
import {openFleet} from '../../source/boot/fleet.ts';
import {groundsWith} from '../../source/boot/grounds.ts';
import {parseArguments} from '../../source/boot/parse-arguments.ts';
import {readRoles} from '../../source/boot/read-roles.ts';
import {settingsFor} from '../../source/boot/settle-settings.ts';
import {temporaryFolder} from './temporary-folder.ts';

it('throws the first defect, closes the fleet, and no failure to close hides the defect', async () => {
	const home = temporaryFolder();
	const {stdin, stdout, stderr} = process;
	const {flags} = parseArguments(['a goal', '--offline', '--json'], '0');
	const context = createContext(flags, {stdin, stdout, stderr, interactive: false}, {FLOTILLA_HOME: home}, {}, '0');
	const defects = createDefects();
	const choices = choicesFor(context, home);
	const fleet = await openFleet(context, takeLock(home), defects.report);
	const runId = 'run_made' as const;
	const settings = settingsFor(choices, {
		runId,
		dir: home,
		paths: context.paths,
		roles: roleFactsOf(readRoles()),
		role: undefined,
		history: [],
	});
	const create = {type: 'run.create', runId, goal: 'a goal', settings} as const;
	await fleet.port.carry(runId, groundsWith(context, choices.lanes, false), [create]);

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
