import {expect, it, onTestFinished} from 'vitest';
import {takeLock} from '../../db/lock.ts';
import {roleFactsOf} from '../../source/agents/roles.ts';
import {choicesFor} from '../../source/boot/choices.ts';
import {createContext} from '../../source/boot/context.ts';
import {createDefects} from '../../source/boot/defects.ts';
import {openFleet} from '../../source/boot/fleet.ts';
import {groundsWith} from '../../source/boot/grounds.ts';
import {parseArguments} from '../../source/boot/parse-arguments.ts';
import {readRoles} from '../../source/boot/read-roles.ts';
import {settingsFor} from '../../source/boot/settle-settings.ts';
import {takingUp} from '../../source/boot/taking-up.ts';
import {temporaryFolder} from './temporary-folder.ts';

it('takes up a run that nobody carries when something is asked of it', async () => {
	const home = temporaryFolder();
	const {stdin, stdout, stderr} = process;
	const {flags} = parseArguments(['a goal', '--offline', '--json'], '0');
	const context = createContext(flags, {stdin, stdout, stderr, interactive: false}, {FLOTILLA_HOME: home}, {}, '0');
	const {report} = createDefects();
	const choices = choicesFor(context, home);
	const runId = 'run_made' as const;
	const settings = settingsFor(choices, {
		runId,
		dir: home,
		paths: context.paths,
		roles: roleFactsOf(readRoles()),
		role: undefined,
		history: [],
	});
	const first = await openFleet(context, takeLock(home), report);
	await first.port.carry(runId, groundsWith(context, choices.lanes, false), [
		{type: 'run.create', runId, goal: 'a goal', settings},
	]);
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
