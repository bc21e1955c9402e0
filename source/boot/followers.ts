import {chooseTelemetry} from './choose-telemetry.ts';
import {readUserConfig} from './config.ts';
import type {Context} from './context.ts';
import type {Fleet} from './fleet.ts';
import {openHooks} from './open-hooks.ts';

/** Who follows what a fleet does besides its windows: the person's hooks, and telemetry. */
export type Followers = {
	/** Let them finish, each for some seconds at most. To be called once the engine has stopped, before its log closes. */
	readonly close: () => Promise<void>;
};

/** How long hooks may take that were under way when the engine ends, ms. */
const hooksMs = 10_000;

/** To be opened before the fleet carries its first run. `say` takes a line for each thing done, `complain` for each not. */
export const openFollowers = async (
	context: Context,
	fleet: Fleet,
	say: (words: string) => void,
	complain: (words: string) => void,
): Promise<Followers> => {
	const hooks = openHooks(context, fleet, {onDone: say, onProblem: complain});
	const files = {user: context.paths.userConfig, project: ''};
	const choice = chooseTelemetry({user: readUserConfig(files.user), environment: context.environment, files});
	if (choice.kind === 'off') {
		if (choice.problem !== undefined) complain(choice.problem);
		return {close: () => hooks.close(hooksMs)};
	}
	const {openTelemetry} = await import('../telemetry/open-telemetry.ts');
	const telemetry = await openTelemetry({
		port: fleet.engine,
		after: fleet.log.newest(),
		config: choice.config,
		version: context.version,
		onProblem: complain,
	});
	return {
		close: async () => {
			await Promise.all([hooks.close(hooksMs), telemetry?.close()]);
		},
	};
};
