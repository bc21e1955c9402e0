import {carryOut} from '../carry-out.ts';
import {chooseRun, hasEnded} from '../choose-run.ts';
import type {Context} from '../context.ts';
import type {Defects} from '../defects.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {withFleet} from '../join-fleet.ts';
import {Problem} from '../problem.ts';
import {lastSeqOf, readRun} from '../read-run.ts';
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
	const {runId, ended, lastSeq} = withLog(context, log => {
		const runId = chooseRun(log, {named: name});
		const summary = log.runs().find(({id}) => id === runId);
		return {runId, ended: summary !== undefined && hasEnded(summary), lastSeq: lastSeqOf(log, runId)};
	});
	if (ended && !window) {
		complain(context.terminal, `${runId} has ended; there is nothing to watch. \`flotilla show ${runId}\` shows it.`);
		return exitCodes.done;
	}
	return withFleet(context, defects, async fleet => {
		const {port} = fleet;
		// Where it goes on, whoever only watches needs no key.
		let rejection = ended ? undefined : await port.carry(runId, undefined, []);
		if (rejection?.code === 'unknown') {
			const {groundsOf} = await import('../grounds.ts');
			const run = withLog(context, log => readRun(log, runId));
			rejection = await port.carry(runId, groundsOf(context, run, window), []);
		}
		if (rejection !== undefined) throw new Problem(rejection.message);
		return carryOut({context, fleet, runId, window, after: lastSeq, defects});
	});
};
