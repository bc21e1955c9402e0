import type {Command, Rejection} from '../domain/command.ts';
import type {RunId} from '../domain/id.ts';
import type {FleetPort} from '../engine/port.ts';

/** What an engine says of itself. */
export type EngineStatus = {
	readonly version: string;
	readonly pid: number;
	/** ms since 1970. */
	readonly startedAt: number;
	/** The runs it carries that have not ended, oldest first. */
	readonly carries: readonly RunId[];
	/** Windows and commands that are connected. */
	readonly clients: number;
	/** What the process holds of memory, bytes. */
	readonly memory: number;
	/** What its hands were doing at this moment: turns and calls. */
	readonly atWork: number;
};

/** A run that was set down for another engine, with what it needs and is never stored. */
export type SetDown = {readonly runId: RunId; readonly grounds: unknown};

/** The port of an engine that carries runs for others, in this process or behind a socket. */
export type HostPort = FleetPort & {
	/**
	 * See to it that the run is carried, and decide `first` before anything of it starts: `run.create` for a new one.
	 * `grounds` is what the run needs and is never stored, such as keys; it goes to whoever does the work. Resolves with
	 * the first rejection.
	 */
	readonly carry: (runId: RunId, grounds: unknown, first: readonly Command[]) => Promise<Rejection | undefined>;
};
