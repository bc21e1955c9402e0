import type {Command, Rejection} from '../domain/command.ts';
import type {Run} from '../domain/run.ts';
import type {HostPort} from '../host/host-port.ts';
import type {Deed} from './command-words.ts';

export type Carrying = {
	readonly port: Pick<HostPort, 'send' | 'carry'>;
	/** The run as it was read. */
	readonly run: Run;
	/** Asked for only when nobody carries the run. Throws a Problem. */
	readonly grounds: () => Promise<unknown>;
	/** Nothing of the run may start by this, when nobody carries it. */
	readonly quiet: boolean;
};

/** What came of it: a rejection for each deed, or nothing where it was done. */
export type Carried = {
	readonly rejections: readonly (Rejection | undefined)[];
	/** Nobody carried the run, so it was paused. */
	readonly paused: boolean;
};

/**
 * Tell a run what is to be done. Whoever carries it is only told; without anybody, the run is taken up, and what is said
 * first is decided before anything of it starts.
 */
export const carryDeeds = async ({port, run, grounds, quiet}: Carrying, deeds: readonly Deed[]): Promise<Carried> => {
	const [first, ...rest] = deeds;
	if (first === undefined) return {rejections: [], paused: false};
	const {command} = first;
	let paused = false;
	const takeUp = async (): Promise<Rejection | undefined> => {
		const given = await grounds();
		// A run that is over or paused starts nothing; a stopped one is over.
		paused = quiet && run.status.kind !== 'ended' && run.status.kind !== 'paused' && command?.type !== 'run.stop';
		const isPause = command?.type === 'run.pause';
		const pause: readonly Command[] = paused && !isPause ? [{type: 'run.pause', runId: run.id}] : [];
		return port.carry(run.id, given, [...pause, ...(command === undefined ? [] : [command])]);
	};
	const answer = async (): Promise<Rejection | undefined> => {
		if (run.suspended || command === undefined) return takeUp();
		const rejection = await port.send(command);
		// An engine knows only the runs that it carries.
		return rejection?.code === 'unknown' ? takeUp() : rejection;
	};
	const rejection = await answer();
	const others = rest.map(deed => (deed.command === undefined ? undefined : port.send(deed.command)));
	return {rejections: [rejection, ...(await Promise.all(others))], paused: paused && command?.type !== 'run.pause'};
};
