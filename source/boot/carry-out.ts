import {money} from '../../components/parts/money.ts';
import {StorageProblem} from '../../db/storage-problem.ts';
import type {RunId} from '../domain/id.ts';
import {needsPerson, openRequests, type Run, type RunAt, runWord} from '../domain/run.ts';
import {systemClock} from '../engine/clock.ts';
import {readStored} from '../engine/read-stored.ts';
import {keepArrangement, readArrangement} from './arrangement-file.ts';
import {mayAsk} from './ask-in-terminal.ts';
import {calledAs} from './called-as.ts';
import {readUserConfig} from './config.ts';
import type {Context} from './context.ts';
import type {Defects} from './defects.ts';
import {type ExitCode, exitCodeOf, exitCodes} from './exit-code.ts';
import {type HeldInterrupts, holdInterrupts} from './hold-interrupts.ts';
import type {JoinedFleet} from './join-fleet.ts';
import {spentOf} from './present.ts';
import {readRun} from './read-run.ts';
import {askInOneLine} from './request-words.ts';
import {type HeadlessExit, runHeadless} from './run-headless.ts';
import {screenOptions} from './screen-options.ts';
import {takingUp} from './taking-up.ts';
import {complain} from './terminal.ts';
import type {ClosedBy} from './until-closed.ts';
import {openWaitingSource} from './waiting-source.ts';
import {whatToDo} from './what-to-do.ts';
import {withLog} from './with-log.ts';

export type CarryOut = {
	readonly context: Context;
	readonly fleet: JoinedFleet;
	readonly runId: RunId;
	readonly window: boolean;
	/** Events up to here were told before. */
	readonly after: number;
	readonly defects: Defects;
};

const lastWords = (context: Context, run: Run, outlives: boolean): void => {
	const {terminal, inherited} = context;
	const {status} = run;
	const offer = (words: string): void => complain(terminal, calledAs(inherited, words));
	const reason = status.kind === 'ended' ? ` (${status.reason})` : '';
	complain(terminal, `${run.id} ${runWord(run)}${reason}, ${money(spentOf(run))}`);
	if (status.kind === 'ended' && status.failure !== undefined) complain(terminal, status.failure.message);
	if (outlives && status.kind !== 'ended' && !run.suspended && openRequests(run).length === 0 && !needsPerson(run))
		offer(
			`It goes on in the background. Come back with: flotilla attach ${run.id}; end it with: flotilla stop ${run.id}`,
		);
	else if (outlives && status.kind !== 'ended' && openRequests(run).length > 0) {
		for (const {id, ask} of openRequests(run).slice(0, 5)) complain(terminal, `Open: ${id}: ${askInOneLine(ask)}`);
		offer(
			`It waits in the background. \`flotilla inbox\` says what for; answer with flotilla approve, deny or reply, or come back with: flotilla attach ${run.id}`,
		);
	} else if (status.kind !== 'ended') for (const line of whatToDo(run, terminal.interactive)) offer(line);
	else if (status.outcome === 'failed') offer(`Take it up again with: flotilla resume ${run.id}`);
	else complain(terminal, `Deliverables: ${run.settings.outputsDir}`);
};

/** For how long an answer can be taken back when the person says nothing else, in seconds. */
const answerDelaySeconds = 3;

/** Why it is shown no more, and how far the window has read it. */
type Watched = {readonly exit: ClosedBy['kind'] | 'home' | HeadlessExit; readonly read?: RunAt | undefined};

/**
 * A long run as it is by now, so that its window need not wait for its history. Of a short one the history is read as
 * soon; and where it cannot be read here, the engine has it.
 */
const headOf = (context: Context, runId: RunId): RunAt | undefined => {
	try {
		return withLog(context, log => {
			const snapshot = log.snapshot(runId);
			return snapshot && readStored(log, runId, snapshot);
		});
	} catch (error) {
		if (error instanceof StorageProblem) return undefined;
		throw error;
	}
};

/** Show the run to its person, in a window or without one. */
const watch = async (
	{context, fleet, runId, window, after, defects}: CarryOut,
	interrupts: HeldInterrupts,
): Promise<Watched> => {
	const {terminal, flags, home} = context;
	const gone = new AbortController();
	void fleet.ended.then(end => {
		if (end.why === 'closed') return;
		gone.abort();
		const words = end.why === 'lost' ? `was lost and could not be started again: ${String(end.error)}` : 'was stopped';
		complain(terminal, `The engine in the background ${words}.`);
	});
	if (window) {
		const {runTui} = await import('./run-tui.ts');
		const user = readUserConfig(context.paths.userConfig);
		const {arrangement, problem} = readArrangement(context.paths);
		let goesHome = false;
		const head = headOf(context, runId);
		// An engine of this process carries no run but this one.
		const waiting = fleet.outlives ? openWaitingSource(context, systemClock) : undefined;
		let read: RunAt | undefined;
		const {kind} = await runTui({
			port: takingUp(context, fleet.port),
			runId,
			head,
			...screenOptions(context),
			arrangement,
			onArrange: changed => keepArrangement(context.paths, changed),
			word: problem,
			...(waiting === undefined ? {} : {waiting}),
			onClosing: interrupts.hold,
			written: context.written.get(runId),
			onLeft: (last, written) => {
				read = last;
				context.written.set(runId, written);
			},
			outlives: fleet.outlives,
			answerDelayMs: (user.answerDelay ?? answerDelaySeconds) * 1000,
			...(context.place === undefined ? {} : {place: context.place}),
			...(context.arrivedAt === undefined ? {} : {arrivedAt: context.arrivedAt}),
			...(home === undefined
				? {}
				: {
						onHome: to => {
							goesHome = true;
							home(to, runId);
						},
					}),
			abort: AbortSignal.any([defects.signal, gone.signal]),
		}).finally(() => waiting?.close());
		return {exit: goesHome ? 'home' : kind, read};
	}
	const interrupted = new AbortController();
	const interrupt = (): void => interrupted.abort();
	process.once('SIGINT', interrupt);
	process.once('SIGTERM', interrupt);
	try {
		const exit = await runHeadless({
			port: fleet.port,
			runId,
			terminal,
			json: flags.json === true,
			mayAsk: mayAsk(context),
			after,
			clock: systemClock,
			abort: AbortSignal.any([interrupted.signal, defects.signal, gone.signal]),
		});
		return {exit};
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
	const interrupts = holdInterrupts(() => {
		const words = 'What is at work is being ended, and stored. Ctrl+C once more does not wait for that.';
		if (!fleet.outlives) complain(context.terminal, words);
	});
	const watched = await watch(parts, interrupts).catch(defects.report);
	interrupts.hold();
	await fleet.close().catch(defects.report);
	interrupts.release();
	defects.signal.throwIfAborted();
	const exit = watched?.exit;
	// The person goes on looking at runs: what this one came to is seen there.
	if (exit === 'home') return exitCodes.done;
	const run = withLog(context, log => readRun(log, runId, watched?.read));
	lastWords(context, run, fleet.outlives);
	if (exit === 'signal' || exit === 'interrupted') return exitCodes.interrupted;
	// Leaving the window is no failure: the run waits for its person.
	return window && run.status.kind !== 'ended' ? exitCodes.done : exitCodeOf(run);
};
