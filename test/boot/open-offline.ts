import {roleFactsOf} from '../../source/agents/roles.ts';
import {choicesFor} from '../../source/boot/choices.ts';
import {createContext} from '../../source/boot/context.ts';
import type {Fleet} from '../../source/boot/fleet.ts';
import {groundsWith} from '../../source/boot/grounds.ts';
import {parseArguments} from '../../source/boot/parse-arguments.ts';
import {readRoles} from '../../source/boot/read-roles.ts';
import {settingsFor} from '../../source/boot/settle-settings.ts';
import {temporaryFolder} from './temporary-folder.ts';

/** A home of its own for fleets on the offline model, and a run that one of them can carry. */
export const openOffline = () => {
	const home = temporaryFolder();
	const {stdin, stdout, stderr} = process;
	const {flags} = parseArguments(['a goal', '--offline', '--json'], '0');
	const context = createContext(flags, {stdin, stdout, stderr, interactive: false}, {FLOTILLA_HOME: home}, {}, '0');
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
	const carry = ({port}: Fleet) =>
		port.carry(runId, groundsWith(context, choices.lanes, false), [
			{type: 'run.create', runId, goal: 'a goal', settings},
		]);
	return {home, context, runId, carry};
};
