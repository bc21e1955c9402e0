import type {Command, Rejection} from '../domain/command.ts';
import type {HostPort} from '../host/host-port.ts';
import type {Context} from './context.ts';
import {Problem} from './problem.ts';
import {readRun} from './read-run.ts';
import {withLog} from './with-log.ts';

/**
 * A port for whoever looks at a run that perhaps nobody carries, as one that has ended: it is taken up when something is
 * asked of it, and that is decided first.
 */
export const takingUp = (context: Context, port: HostPort): HostPort => {
	const takeUp = async (command: Command): Promise<Rejection | undefined> => {
		const {runId} = command;
		const {groundsOf} = await import('./grounds.ts');
		try {
			const run = withLog(context, log => readRun(log, runId));
			return await port.carry(runId, groundsOf(context, run, true), [command]);
		} catch (error) {
			// A key of the run may be missing.
			if (error instanceof Problem) return {code: 'not_now', message: error.message};
			throw error;
		}
	};
	return {
		...port,
		send: async command => {
			const rejection = await port.send(command);
			// It says the same of a step or an agent that is not there; that is refused once more.
			return rejection?.code === 'unknown' ? takeUp(command) : rejection;
		},
	};
};
