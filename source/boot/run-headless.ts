import type {Stamped} from '../domain/event.ts';
import {evolve} from '../domain/evolve.ts';
import type {RunId} from '../domain/id.ts';
import type {Request} from '../domain/request.ts';
import {needsPerson, openRequests, type Run} from '../domain/run.ts';
import type {FleetPort} from '../engine/port.ts';
import {askInTerminal} from './ask-in-terminal.ts';
import {narrate} from './narrate.ts';
import {presentEvent} from './present.ts';
import {print, printJson, type Terminal} from './terminal.ts';

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
	/** Ends the watching, not the run's history: Ctrl+C. */
	readonly abort: AbortSignal;
};

/** Nothing can happen any more unless a person does something. */
const isStuck = (run: Run): boolean => run.status.kind === 'ended' || needsPerson(run);

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
	abort,
}: HeadlessOptions): Promise<HeadlessExit> =>
	new Promise((resolve, reject) => {
		if (abort.aborted) {
			resolve('interrupted');
			return;
		}
		let run: Run | undefined;
		let asking: Request | undefined;
		let ended = false;
		const over = new AbortController();

		const end = (exit: HeadlessExit): void => {
			if (ended) return;
			ended = true;
			abort.removeEventListener('abort', interrupt);
			unsubscribe();
			// A question may be open: nobody waits for its answer now.
			over.abort();
			resolve(exit);
		};
		const interrupt = (): void => end('interrupted');

		const ask = async (request: Request, about: Run): Promise<void> => {
			asking = request;
			const command = await askInTerminal(terminal, about, request, over.signal);
			asking = undefined;
			if (command === 'interrupted') interrupt();
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
			if (!isStuck(run) && !mayAsk) return;
			const [request] = openRequests(run);
			if (run.status.kind === 'ended') end('settled');
			else if (mayAsk && request !== undefined) {
				if (asking === undefined) ask(request, run).catch(reject);
			} else if (isStuck(run)) end('settled');
		};

		const tell = (stamped: Stamped): void => {
			run = evolve(run, stamped);
			if (stamped.seq <= after) return;
			const line = json ? undefined : narrate(run, stamped);
			if (json) printJson(terminal, presentEvent(stamped), 'line');
			else if (line !== undefined) print(terminal, line);
		};

		abort.addEventListener('abort', interrupt);
		const unsubscribe = port.subscribe(
			{after: 0, runId},
			{
				onEvents: batch => {
					for (const stamped of batch) tell(stamped);
					queueMicrotask(settle);
				},
				onSignal: () => {},
			},
		);
	});
