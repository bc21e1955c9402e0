import {carryOut} from '../carry-out.ts';
import type {Context} from '../context.ts';
import type {Defects} from '../defects.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {findRun, findUnfinished} from '../find-run.ts';
import {groundsOf} from '../grounds.ts';
import {withFleet} from '../join-fleet.ts';
import {Problem} from '../problem.ts';
import {lastSeqOf, readRun} from '../read-run.ts';
import {realFolder} from '../settle-settings.ts';
import {complain} from '../terminal.ts';
import {withLog} from '../with-log.ts';

/**
 * Watch a run from here: in a window, or without one line by line. One that nobody carries is taken up, but for that
 * nothing of it is changed: what is paused stays paused.
 */
export const attach = async (
	context: Context,
	name: string | undefined,
	window: boolean,
	defects: Defects,
): Promise<ExitCode> => {
	const {run, lastSeq} = withLog(context, log => {
		const runId = name === undefined ? findUnfinished(log, realFolder('.')) : findRun(log, name);
		return {run: readRun(log, runId), lastSeq: lastSeqOf(log, runId)};
	});
	if (run.status.kind === 'ended' && !window) {
		complain(context.terminal, `${run.id} has ended; there is nothing to watch. \`flotilla show ${run.id}\` shows it.`);
		return exitCodes.done;
	}
	return withFleet(context, defects, async fleet => {
		const {port} = fleet;
		// Where it goes on, whoever only watches needs no key.
		let rejection = run.status.kind === 'ended' ? undefined : await port.carry(run.id, undefined, []);
		if (rejection?.code === 'unknown') rejection = await port.carry(run.id, groundsOf(context, run, window), []);
		if (rejection !== undefined) throw new Problem(rejection.message);
		return carryOut({context, fleet, runId: run.id, window, after: lastSeq, defects});
	});
};
