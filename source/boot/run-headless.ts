import type {Stamped} from '../domain/event.ts';
import {evolve} from '../domain/evolve.ts';
import type {RunId} from '../domain/id.ts';
import type {Request} from '../domain/request.ts';
import {needsPerson, openRequests, type Run} from '../domain/run.ts';
import type {FleetPort} from '../engine/port.ts';
import {askInTerminal} from './ask-in-terminal.ts';
import {narrate} from './narrate.ts';
import {presentEvent} from './present.ts';
import {print, type Terminal} from './terminal.ts';

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

/**
 * Follow a run without a window until it ends, or until only a person can move it and none may be asked. Resolves
 * with the run as it then is.
 */
export const runHeadless = ({port, runId, terminal, json, mayAsk, after, abort}: HeadlessOptions): Promise<Run> =>
	new Promise((resolve, reject) => {
		let run: Run | undefined;
		let asking: Request | undefined;
		let ended = false;

		const end = (): void => {
			if (ended || run === undefined) return;
			ended = true;
			unsubscribe();
			resolve(run);
		};

		const ask = async (request: Request, about: Run): Promise<void> => {
			asking = request;
			const command = await askInTerminal(terminal, about, request, abort);
			asking = undefined;
			if (command === undefined) {
				end();
				return;
			}
			const rejection = await port.send(command);
			if (rejection !== undefined) print(terminal, rejection.message);
			settle();
		};

		/** Called when the present batch is told: who waits may be asked now. */
		const settle = (): void => {
			if (run === undefined || ended) return;
			if (!isStuck(run) && !mayAsk) return;
			const [request] = openRequests(run);
			if (run.status.kind === 'ended' || abort.aborted) end();
			else if (mayAsk && request !== undefined) {
				if (asking === undefined) ask(request, run).catch(reject);
			} else if (isStuck(run)) end();
		};

		const tell = (stamped: Stamped): void => {
			run = evolve(run, stamped);
			if (stamped.seq <= after) return;
			if (json) print(terminal, presentEvent(stamped));
			else {
				const line = narrate(run, stamped);
				if (line !== undefined) print(terminal, line);
			}
		};

		abort.addEventListener('abort', end, {once: true});
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
