import type {RunId} from '../domain/id.ts';
import {type Run, runWord} from '../domain/run.ts';
import type {Context} from './context.ts';
import type {Defects} from './defects.ts';
import {type ExitCode, exitCodeOf, exitCodes} from './exit-code.ts';
import type {Fleet} from './fleet.ts';
import {formatUsd} from './format-usd.ts';
import {runHeadless} from './run-headless.ts';
import {complain} from './terminal.ts';

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
	if (status.kind !== 'ended' || status.outcome === 'failed')
		complain(context.terminal, `Take it up again with: flotilla resume ${run.id}`);
	else complain(context.terminal, `Deliverables: ${run.settings.outputsDir}`);
};

/** Follow a run of this process to its end, in a window or without one, and close the fleet. */
export const carryOut = async ({
	context,
	fleet,
	runId,
	window,
	after,
	defects,
	reducedMotion,
}: CarryOut): Promise<ExitCode> => {
	const {terminal, flags} = context;
	const interrupted = new AbortController();
	const interrupt = (): void => interrupted.abort();
	try {
		if (window) {
			const {runTui} = await import('./run-tui.tsx');
			await runTui({
				port: fleet.engine,
				runId,
				stdin: terminal.stdin,
				stdout: terminal.stdout,
				noColor: context.environment.noColor,
				screenReader: context.environment.screenReader,
				reducedMotion,
				abort: defects.signal,
			});
		} else {
			process.once('SIGINT', interrupt);
			process.once('SIGTERM', interrupt);
			const mayAsk = terminal.interactive && flags.nonInteractive !== true && flags.json !== true;
			await runHeadless({
				port: fleet.engine,
				runId,
				terminal,
				json: flags.json === true,
				mayAsk,
				after,
				abort: AbortSignal.any([interrupted.signal, defects.signal]),
			});
		}
	} finally {
		process.off('SIGINT', interrupt);
		process.off('SIGTERM', interrupt);
		await fleet.close();
	}
	if (defects.signal.aborted) throw defects.signal.reason;
	const run = fleet.engine.run(runId);
	if (run === undefined) return exitCodes.bug;
	lastWords(context, run);
	// Leaving the window is no failure: the run waits for its person.
	return window && run.status.kind !== 'ended' ? exitCodes.done : exitCodeOf(run);
};
