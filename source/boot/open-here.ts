import type {Context} from './context.ts';
import type {Defects} from './defects.ts';
import {openFleet} from './fleet.ts';
import type {JoinedFleet} from './join-fleet.ts';
import {openHooks} from './open-hooks.ts';
import {complain} from './terminal.ts';

/** How long hooks may take that were under way when the engine ends, ms. */
const hooksMs = 10_000;

/** An engine of this process, with its hooks. Throws a StorageProblem. */
export const openHere = async (context: Context, defects: Defects): Promise<Pick<JoinedFleet, 'port' | 'close'>> => {
	const fleet = await openFleet(context, defects.report);
	const hooks = openHooks(context, fleet, {onDone: () => {}, onProblem: words => complain(context.terminal, words)});
	return {
		port: fleet.port,
		close: async () => {
			await fleet.engine.stop();
			await hooks.close(hooksMs);
			await fleet.close();
		},
	};
};
