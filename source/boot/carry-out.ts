import type {RunId} from '../domain/id.ts';
import {type Run, runWord} from '../domain/run.ts';
import {systemClock} from '../engine/clock.ts';
import {mayAsk} from './ask-in-terminal.ts';
import type {Context} from './context.ts';
import type {Defects} from './defects.ts';
import {type ExitCode, exitCodeOf, exitCodes} from './exit-code.ts';
import type {Fleet} from './fleet.ts';
import {formatUsd} from './format-usd.ts';
import {type HeadlessExit, runHeadless} from './run-headless.ts';
import type {TuiExit} from './run-tui.tsx';
import {complain} from './terminal.ts';
import {whatToDo} from './what-to-do.ts';

export type CarryOut = {
	readonly context: Context;
	readonly fleet: Fleet;
	readonly runId: RunId;
	readonly window: boolean;
	/** Events up to here were told before. */
	readonly after: number;
	readonly defects: Defects;
	readonly reducedMotion: boolean;
};

const lastWords = (context: Context, run: Run): void => {
	const {status, ledger} = run;
	const cost = formatUsd(ledger.settled + ledger.estimated, ledger.estimated > 0, ledger.unpricedTurns > 0);
	const reason = status.kind === 'ended' ? ` (${status.reason})` : '';
	complain(context.terminal, `${run.id} ${runWord(run)}${reason}, ${cost}`);
	if (status.kind === 'ended' && status.failure !== undefined) complain(context.terminal, status.failure.message);
	if (status.kind !== 'ended')
		for (const line of whatToDo(run, context.terminal.interactive)) complain(context.terminal, line);
	else if (status.outcome === 'failed') complain(context.terminal, `Take it up again with: flotilla resume ${run.id}`);
	else complain(context.terminal, `Deliverables: ${run.settings.outputsDir}`);
};

/** Show the run to its person, in a window or without one. Resolves with why that ended. */
const watch = async ({
	context,
	fleet,
	runId,
	window,
	after,
	defects,
	reducedMotion,
}: CarryOut): Promise<TuiExit['kind'] | HeadlessExit> => {
	const {terminal, flags, environment} = context;
	if (window) {
		const {runTui} = await import('./run-tui.tsx');
		const exit = await runTui({
			port: fleet.engine,
			runId,
			stdin: terminal.stdin,
			stdout: terminal.stdout,
			noColor: environment.noColor,
			screenReader: environment.screenReader,
			reducedMotion,
			abort: defects.signal,
		});
		return exit.kind;
	}
	const interrupted = new AbortController();
	const interrupt = (): void => interrupted.abort();
	process.once('SIGINT', interrupt);
	process.once('SIGTERM', interrupt);
	try {
		return await runHeadless({
			port: fleet.engine,
			runId,
			terminal,
			json: flags.json === true,
			mayAsk: mayAsk(context),
			after,
			now: systemClock.now,
			abort: AbortSignal.any([interrupted.signal, defects.signal]),
		});
	} finally {
		process.off('SIGINT', interrupt);
		process.off('SIGTERM', interrupt);
	}
};

/**
 * Follow a run of this process to its end, and close the fleet. Throws the first defect, when all that was open is
 * closed, however badly.
 */
export const carryOut = async (parts: CarryOut): Promise<ExitCode> => {
	const {context, fleet, runId, window, defects} = parts;
	const exit = await watch(parts).catch(defects.report);
	await fleet.close().catch(defects.report);
	defects.signal.throwIfAborted();
	const run = fleet.engine.run(runId);
	if (run === undefined) return exitCodes.bug;
	lastWords(context, run);
	if (exit === 'signal' || exit === 'interrupted') return exitCodes.interrupted;
	// Leaving the window is no failure: the run waits for its person.
	return window && run.status.kind !== 'ended' ? exitCodes.done : exitCodeOf(run);
};
