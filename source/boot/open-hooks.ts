import {systemClock} from '../engine/clock.ts';
import {createHooks, type Hooks, type HooksParts} from '../hooks/create-hooks.ts';
import type {Hook} from '../hooks/hook.ts';
import {createRedactor} from '../policy/redact.ts';
import type {Carriers} from './carriers.ts';
import {readUserConfig} from './config.ts';
import type {UserConfig} from './config-schema.ts';
import type {Context} from './context.ts';
import type {Fleet} from './fleet.ts';
import {hookText} from './hook-text.ts';

const usualTimeoutSeconds = 30;

/** The hooks of a user's own file. A project's file can name none, for they run commands. */
export const hooksOf = ({hooks = []}: UserConfig): readonly Hook[] =>
	hooks.map(({on, run, timeoutSeconds = usualTimeoutSeconds}) => ({
		on,
		command: run,
		timeoutMs: timeoutSeconds * 1000,
	}));

/** Run a person's hooks on what happens in a fleet from now on. To be opened before the fleet carries its first run. */
export const openHooks = (
	{paths, childEnvironment, secrets}: Context,
	{engine, log, carriers}: Pick<Fleet, 'engine' | 'log'> & {readonly carriers: Pick<Carriers, 'groundsOf'>},
	told: Pick<HooksParts, 'onDone' | 'onProblem'>,
): Hooks =>
	createHooks({
		port: engine,
		after: log.newest(),
		runOf: engine.run,
		hooks: () => hooksOf(readUserConfig(paths.userConfig)),
		envOf: runId => carriers.groundsOf(runId)?.childEnvironment ?? childEnvironment,
		describe: hookText,
		redact: (text, runId) => createRedactor(carriers.groundsOf(runId)?.secrets ?? secrets).text(text),
		timer: systemClock,
		...told,
	});
