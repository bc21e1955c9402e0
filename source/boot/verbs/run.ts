import {mkdirSync} from 'node:fs';
import {roleFactsOf} from '../../agents/roles.ts';
import {systemClock} from '../../engine/clock.ts';
import {createIdSource} from '../../engine/id-source.ts';
import {playsRole} from '../../providers/offline/played-roles.ts';
import {carryOut} from '../carry-out.ts';
import {choicesFor, folderOf} from '../choices.ts';
import {refuseUnpriced} from '../choose-limits.ts';
import {chooseRole} from '../choose-role.ts';
import type {Context} from '../context.ts';
import type {Defects} from '../defects.ts';
import type {ExitCode} from '../exit-code.ts';
import {groundsWith} from '../grounds.ts';
import {withFleet} from '../join-fleet.ts';
import {Problem} from '../problem.ts';
import {readRoles} from '../read-roles.ts';
import {settingsFor} from '../settle-settings.ts';
import {stepHistory} from '../step-history.ts';
import {complain} from '../terminal.ts';

/** Start a run for a goal and follow it. */
export const run = async (context: Context, goal: string, window: boolean, defects: Defects): Promise<ExitCode> => {
	const dir = folderOf(context);
	const choices = choicesFor(context, dir);
	const roles = readRoles();
	const role = chooseRole(context.flags.role, roles);
	refuseUnpriced(choices.limits, choices.models);
	for (const note of choices.notes) complain(context.terminal, note);
	const isOffline = choices.lanes.every(({kind}) => kind === 'offline');
	if (isOffline && !window)
		complain(
			context.terminal,
			`Using the offline model, because ${choices.provider.because}: it costs nothing and surveys the folder, whatever the goal.`,
		);
	if (isOffline && role !== undefined && !playsRole(role))
		complain(
			context.terminal,
			`The offline model cannot do the work of a ${role}: it looks around, and reports that the work is not done.`,
		);
	const runId = createIdSource(systemClock).nextRun();
	const settings = settingsFor(choices, {
		runId,
		dir,
		paths: context.paths,
		roles: roleFactsOf(roles),
		role,
		history: stepHistory(context),
	});
	return withFleet(context, defects, async fleet => {
		mkdirSync(settings.outputsDir, {recursive: true, mode: 0o700});
		const create = {type: 'run.create', runId, goal, settings} as const;
		const rejection = await fleet.port.carry(runId, groundsWith(context, choices.lanes, window), [create]);
		if (rejection !== undefined) throw new Problem(rejection.message);
		return carryOut({context, fleet, runId, window, after: 0, defects});
	});
};
