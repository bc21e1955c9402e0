import type {Command} from '../../domain/command.ts';
import {carryOut} from '../carry-out.ts';
import {choicesFor} from '../choices.ts';
import type {Context} from '../context.ts';
import type {Defects} from '../defects.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {findRun, findUnfinished} from '../find-run.ts';
import {openFleet} from '../fleet.ts';
import {Problem} from '../problem.ts';
import {readRun} from '../read-run.ts';
import {readBudget, realFolder, refuseUnpricedBudget, standingOf} from '../settle-settings.ts';
import {complain} from '../terminal.ts';
import {withLog} from '../with-log.ts';

/** Take up a run again: what was under way is recovered, what failed is tried once more, what is done stays done. */
export const resume = async (
	context: Context,
	name: string | undefined,
	window: boolean,
	defects: Defects,
): Promise<ExitCode> => {
	const stored = withLog(context, log => {
		const runId = name === undefined ? findUnfinished(log, realFolder('.')) : findRun(log, name);
		return {run: readRun(log, runId), lastSeq: log.page({runId, newest: true, limit: 1}).at(-1)?.seq ?? 0};
	});
	const {run, lastSeq} = stored;
	if (run.status.kind === 'ended' && run.status.outcome === 'done') {
		complain(context.terminal, `${run.id} is done; there is nothing to take up. \`flotilla show ${run.id}\` shows it.`);
		return exitCodes.done;
	}
	const {settings} = run;
	const standing = standingOf(context.flags, context.terminal.interactive);
	const budget = readBudget(context.flags.budget);
	refuseUnpricedBudget(budget, settings.models);
	const permit: Command = {
		type: 'run.permit',
		runId: run.id,
		standing: standing ?? settings.standing,
		budget: budget ?? settings.budget,
	};
	// The run keeps its models and prices; only who answers for them is looked up again, for the key is never stored.
	const flags = {...context.flags, provider: settings.provider};
	const {provider, reducedMotion} = choicesFor({...context, flags}, settings.dir);
	const fleet = await openFleet(context, provider, window, defects.report);
	const said = standing !== undefined || budget !== undefined;
	const rejection = await fleet.engine.open(run.id, said ? permit : undefined);
	if (rejection !== undefined) {
		await fleet.close();
		throw new Problem(rejection.message);
	}
	const now = fleet.engine.run(run.id);
	if (now?.status.kind === 'paused' || now?.status.kind === 'ended') {
		const rejection = await fleet.engine.send({type: 'run.resume', runId: run.id});
		// A window can show why it waits, and take the answer.
		if (rejection !== undefined && !window) complain(context.terminal, rejection.message);
	}
	return carryOut({context, fleet, runId: run.id, window, after: lastSeq, defects, reducedMotion});
};
