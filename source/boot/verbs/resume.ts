import type {Command} from '../../domain/command.ts';
import {noLimits, withLimit} from '../../domain/limits.ts';
import {openRequests, type Run} from '../../domain/run.ts';
import type {Standing} from '../../domain/settings.ts';
import {mayAsk} from '../ask-in-terminal.ts';
import {carryOut} from '../carry-out.ts';
import {flaggedLimits, refuseUnpriced} from '../choose-limits.ts';
import type {Context} from '../context.ts';
import type {Defects} from '../defects.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {findRun, findUnfinished} from '../find-run.ts';
import {groundsOf} from '../grounds.ts';
import {type JoinedFleet, withFleet} from '../join-fleet.ts';
import {limitUnits, type NamedLimit} from '../limit-unit.ts';
import {Problem} from '../problem.ts';
import {lastSeqOf, readRun} from '../read-run.ts';
import {realFolder} from '../real-folder.ts';
import {standingOf} from '../settle-settings.ts';
import {complain} from '../terminal.ts';
import {withLog} from '../with-log.ts';

/** The limits that flags set anew, once it is sure that they can be. */
const newLimits = ({flags}: Context, {settings}: Run): readonly NamedLimit[] => {
	const limits = flaggedLimits(flags);
	for (const {scope, what, limit} of limits) {
		if (scope !== 'run' && scope !== 'day')
			throw new Problem(
				`--limit ${scope}.${limitUnits[what]} is set when a run is started; of one that was, the limits of run and day can be changed here, and the others are asked about when they are reached.`,
			);
		refuseUnpriced({...noLimits, [scope]: withLimit({}, what, limit)}, settings.models);
	}
	return limits;
};

const isBudget = ({scope, what}: NamedLimit): boolean => scope === 'run' && what === 'money';

/** What is said in advance. The run's budget goes with it. */
const permits = (run: Run, standing: Standing | undefined, limits: readonly NamedLimit[]): readonly Command[] => {
	const {settings} = run;
	const budget = limits.find(isBudget);
	if (standing === undefined && budget === undefined) return [];
	return [
		{
			type: 'run.permit',
			runId: run.id,
			standing: standing ?? settings.standing,
			budget: budget === undefined ? settings.limits.run.money : budget.limit,
		},
	];
};

/** Where nobody can be asked, taking a run up again is the answer to a closed lane. */
const tryLanesAgain = async ({terminal}: Context, {port}: JoinedFleet, run: Run): Promise<void> => {
	for (const {id, ask} of openRequests(run)) {
		if (ask.kind !== 'lane') continue;
		complain(
			terminal,
			`The lane ${ask.lane} was closed (${ask.failure.kind.replaceAll('_', ' ')}); it is tried again.`,
		);
		const answer = {kind: 'approve'} as const;
		const rejection = await port.send({type: 'request.answer', runId: run.id, requestId: id, answer});
		if (rejection !== undefined) complain(terminal, rejection.message);
	}
};

/** Take up a run again: what was under way is recovered, what failed is tried once more, what is done stays done. */
export const resume = async (
	context: Context,
	name: string | undefined,
	window: boolean,
	defects: Defects,
): Promise<ExitCode> => {
	const stored = withLog(context, log => {
		const runId = name === undefined ? findUnfinished(log, realFolder('.', context.paths.home)) : findRun(log, name);
		return {run: readRun(log, runId), lastSeq: lastSeqOf(log, runId)};
	});
	const {run, lastSeq} = stored;
	if (run.status.kind === 'ended' && run.status.outcome === 'done') {
		complain(context.terminal, `${run.id} is done; there is nothing to take up. \`flotilla show ${run.id}\` shows it.`);
		return exitCodes.done;
	}
	const limits = newLimits(context, run);
	const permitted = permits(run, standingOf(context.flags, context.terminal.interactive), limits);
	const changes = limits
		.filter(limit => !isBudget(limit))
		.map((limit): Command => ({type: 'budget.set', runId: run.id, ...limit}));
	const grounds = groundsOf(context, run, window);
	return withFleet(context, defects, async fleet => {
		const {port} = fleet;
		const rejection = await port.carry(run.id, grounds, [...permitted, ...changes]);
		if (rejection !== undefined) throw new Problem(rejection.message);
		const now = withLog(context, log => readRun(log, run.id));
		if (now.status.kind === 'paused' || now.status.kind === 'ended') {
			const refused = await port.send({type: 'run.resume', runId: run.id});
			// A window can show why it waits, and take the answer.
			if (refused !== undefined && !window) complain(context.terminal, refused.message);
		}
		if (!window && !mayAsk(context)) await tryLanesAgain(context, fleet, now);
		return carryOut({context, fleet, runId: run.id, window, after: lastSeq, defects});
	});
};
