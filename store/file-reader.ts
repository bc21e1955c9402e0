import type {Preview} from '../source/domain/call.ts';
import type {AgentId, RunId} from '../source/domain/id.ts';
import type {FleetPort} from '../source/engine/port.ts';
import type {FileUse} from './file-use.ts';

/** Which file: what one agent did with it, or everybody. With no path: the commands of an agent. */
export type FileTarget = {readonly path: string; readonly agentId: AgentId | undefined};

/** One use of a file with what the history has of it. */
export type FilePart = {
	readonly use: FileUse;
	/** What the call would do, as it was shown before; undefined when the history does not have it. */
	readonly preview: Preview | undefined;
	/** What the agent was given, of a use that read. */
	readonly output: string | undefined;
	/** Why the history could not be asked, in words. It is asked once more with the next use. */
	readonly problem?: string;
};

/** A file that is looked at, oldest use first. */
export type FileFeed = FileTarget & {
	readonly loading: boolean;
	readonly parts: readonly FilePart[];
	/** So many uses before those are not shown. */
	readonly earlier: number;
};

/** How many uses of one file are shown at most. */
const partsMax = 100;

const isUseOf = (use: FileUse, {path, agentId}: FileTarget): boolean =>
	use.path === path && (agentId === undefined || use.agentId === agentId);

type FileReader = {
	/** Loads and follows a file, or none. */
	readonly open: (target: FileTarget | undefined, uses: readonly FileUse[]) => void;
	/** Takes up what was done to the open file since. */
	readonly follow: (uses: readonly FileUse[]) => void;
	readonly feed: () => FileFeed | undefined;
};

/**
 * Reads what calls did to a file from the history, one event a use. `changed`: a person waits for what there is to
 * show now.
 */
export const createFileReader = (port: FleetPort, runId: RunId, changed: () => void): FileReader => {
	let feed: FileFeed | undefined;
	let told: readonly FileUse[] | undefined;
	let loads = 0;

	const readPart = async (use: FileUse): Promise<FilePart> => {
		const seq = use.how === 'read' ? use.finishedSeq : use.weighedSeq;
		const nothing = {use, preview: undefined, output: undefined};
		if (seq === undefined) return nothing;
		const query = {runId, agentId: use.agentId, after: seq - 1, limit: 1};
		try {
			const [stamped] = await port.history(query);
			const event = stamped?.seq === seq ? stamped.event : undefined;
			if (event?.type === 'call.weighed') return {...nothing, preview: event.preview};
			return event?.type === 'call.finished' ? {...nothing, output: event.output} : nothing;
		} catch (error) {
			return {...nothing, problem: error instanceof Error ? error.message : String(error)};
		}
	};

	const loadParts = async (target: FileFeed, uses: readonly FileUse[]): Promise<void> => {
		const wanted = uses.filter(use => isUseOf(use, target));
		const shown = wanted.slice(-partsMax);
		const known = target.parts.filter(({problem}) => problem === undefined);
		if (!target.loading && shown.length === known.length && shown.at(-1) === known.at(-1)?.use) return;
		const load = ++loads;
		const have = new Map(known.map(part => [part.use, part]));
		const parts = await Promise.all(shown.map(use => have.get(use) ?? readPart(use)));
		// Another file, or more of this one, was asked for meanwhile.
		if (load !== loads || feed === undefined) return;
		feed = {...feed, loading: false, parts, earlier: wanted.length - shown.length};
		changed();
	};

	return {
		open: (target, uses) => {
			if (target?.path === feed?.path && target?.agentId === feed?.agentId) return;
			told = uses;
			feed = target === undefined ? undefined : {...target, loading: true, parts: [], earlier: 0};
			changed();
			loads++;
			if (feed !== undefined) void loadParts(feed, uses);
		},
		follow: uses => {
			if (feed === undefined || uses === told) return;
			told = uses;
			void loadParts(feed, uses);
		},
		feed: () => feed,
	};
};
