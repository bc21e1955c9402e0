import type {Stamped} from '../domain/event.ts';
import {evolve} from '../domain/evolve.ts';
import type {RunId} from '../domain/id.ts';
import type {Request} from '../domain/request.ts';
import {needsPerson, openRequests, type Run, requestIn} from '../domain/run.ts';
import type {Signal} from '../domain/signal.ts';
import type {Clock} from '../engine/clock.ts';
import type {FleetPort} from '../engine/port.ts';
import {askInTerminal} from './ask-in-terminal.ts';
import {createHeardOut} from './heard-out.ts';
import {narrate} from './narrate.ts';
import {presentEvent} from './present.ts';
import {complain, print, printJson, type Terminal} from './terminal.ts';

export type HeadlessOptions = {
	readonly port: FleetPort;
	readonly runId: RunId;
	readonly terminal: Terminal;
	/** One event a line as JSON instead of words. */
	readonly json: boolean;
	/** Whether a person at this terminal may be asked. */
	readonly mayAsk: boolean;
	/** Tell only what happens after this sequence number. */
	readonly after: number;
	readonly clock: Clock;
	/** Ends the watching, not the run's history: Ctrl+C. */
	readonly abort: AbortSignal;
};

/** How soon it is looked again whether the last of a run that has ended has come, ms. */
const lookAgainMs = 500;

/** Whether a request will be denied by itself when nobody answers, and the run then goes on without a person. */
const deniesLater = (run: Run): boolean => {
	const {afterMs, action} = run.settings.patience;
	return (
		afterMs !== undefined &&
		action === 'deny' &&
		run.status.kind !== 'paused' &&
		openRequests(run).some(
			({ask, overdueAt}) =>
				overdueAt === undefined && ask.kind !== 'plan' && ask.kind !== 'budget' && ask.kind !== 'lane',
		)
	);
};

/** Nothing can happen any more unless a person does something. A run that was set down is on its way to another engine. */
const isStuck = (run: Run): boolean =>
	run.status.kind === 'ended' || (needsPerson(run) && !run.suspended && !deniesLater(run));

/** Why the watching ended: there is nothing more to see without a person, or it was cut short. */
export type HeadlessExit = 'settled' | 'interrupted';

/** Follow a run without a window until it ends, or until only a person can move it and none may be asked. */
export const runHeadless = ({
	port,
	runId,
	terminal,
	json,
	mayAsk,
	after,
	clock,
	abort,
}: HeadlessOptions): Promise<HeadlessExit> =>
	new Promise((resolve, reject) => {
		if (abort.aborted) {
			resolve('interrupted');
			return;
		}
		let run: Run | undefined;
		/** The request before the person's eyes, and how to take it away again. */
		let asking: {readonly request: Request; readonly gone: AbortController} | undefined;
		let ended = false;
		let storageWaits = false;
		const over = new AbortController();
		const isHeardOut = createHeardOut(clock);
		let callOffLook = (): void => {};

		const end = (exit: HeadlessExit): void => {
			if (ended) return;
			ended = true;
			callOffLook();
			abort.removeEventListener('abort', interrupt);
			unsubscribe();
			// A question may be open: nobody waits for its answer now.
			over.abort();
			resolve(exit);
		};
		const interrupt = (): void => end('interrupted');

		const ask = async (request: Request, about: Run): Promise<void> => {
			const gone = new AbortController();
			asking = {request, gone};
			await port.send({type: 'request.see', runId, requestId: request.id});
			const command = await askInTerminal(
				terminal,
				about,
				request,
				clock.now(),
				AbortSignal.any([over.signal, gone.signal]),
			);
			asking = undefined;
			if (gone.signal.aborted) settle();
			else if (command === 'interrupted') interrupt();
			else if (command === 'left_open') end('settled');
			else {
				const rejection = await port.send(command);
				if (rejection !== undefined) print(terminal, rejection.message);
				settle();
			}
		};

		/** Called when the present batch is told: who waits may be asked now. */
		const settle = (): void => {
			if (run === undefined || ended) return;
			// Another answer, or a rule, may have settled what the person is being asked.
			if (asking !== undefined && requestIn(run, asking.request.id)?.status.kind !== 'open') asking.gone.abort();
			if (!isStuck(run) && !mayAsk) return;
			const [request] = openRequests(run);
			if (isHeardOut(run)) end('settled');
			else if (run.status.kind === 'ended') {
				callOffLook();
				callOffLook = clock.after(lookAgainMs, settle);
			} else if (mayAsk && request !== undefined) {
				if (asking === undefined) ask(request, run).catch(reject);
			} else if (isStuck(run)) end('settled');
		};

		const tell = (stamped: Stamped): void => {
			const before = run;
			run = evolve(before, stamped);
			if (stamped.seq <= after) return;
			const line = json ? undefined : narrate(run, stamped, before);
			if (json) printJson(terminal, presentEvent(stamped), 'line');
			else if (line !== undefined) print(terminal, line);
		};

		const hear = (signal: Signal): void => {
			if (signal.type !== 'storage' || storageWaits === (signal.state === 'waiting')) return;
			storageWaits = signal.state === 'waiting';
			complain(terminal, signal.message);
		};

		abort.addEventListener('abort', interrupt);
		const unsubscribe = port.subscribe(
			{after: 0, runId},
			{
				onEvents: batch => {
					for (const stamped of batch) tell(stamped);
					queueMicrotask(settle);
				},
				onSignal: hear,
			},
		);
	});
