import type {AgentId} from '../source/domain/id.ts';
import {stepsOf} from '../source/domain/plan.ts';
import type {Run} from '../source/domain/run.ts';
import type {FileTarget} from './file-reader.ts';
import type {FileUse, LineCounts} from './file-use.ts';

/** Everything that was done to a file: by one agent, or by all. */
type FileSum = {
	readonly kind: 'file';
	readonly id: string;
	readonly target: FileTarget;
	/** How often it was changed for certain, how often a crash hid that, how often it was read. */
	readonly written: number;
	readonly unsure: number;
	readonly read: number;
	/** All changes together; undefined when those of one are not known. */
	readonly lines: LineCounts | undefined;
	/** The size it was written with, when the last change wrote all of it. */
	readonly bytes: number | undefined;
	readonly isNew: boolean;
	readonly agentIds: readonly AgentId[];
	readonly lastAt: number;
};

export type FileRow =
	| {readonly kind: 'agent'; readonly agentId: AgentId}
	| FileSum
	/** What commands changed is not known. */
	| {
			readonly kind: 'commands';
			readonly id: string;
			readonly target: FileTarget;
			readonly count: number;
			readonly agentId: AgentId;
	  }
	/** Its agent says that it produced it, and no call that wrote it is known. */
	| {readonly kind: 'reported'; readonly agentId: AgentId; readonly path: string};

export const rowId = ({path, agentId}: FileTarget): string => `${agentId ?? ''} ${path}`;

const sumOf = (target: FileTarget, uses: readonly FileUse[]): FileSum => {
	const changes = uses.filter(({how}) => how !== 'read');
	const last = changes.at(-1);
	const known = changes.flatMap(({lines}) => lines ?? []);
	return {
		kind: 'file',
		id: rowId(target),
		target,
		written: changes.filter(({how}) => how === 'written').length,
		unsure: changes.filter(({how}) => how === 'maybe').length,
		read: uses.length - changes.length,
		lines:
			known.length < changes.length
				? undefined
				: {
						added: known.reduce((sum, {added}) => sum + added, 0),
						removed: known.reduce((sum, {removed}) => sum + removed, 0),
					},
		bytes: last?.bytes,
		isNew: changes[0]?.isNew ?? false,
		agentIds: [...new Set(uses.map(({agentId}) => agentId))],
		lastAt: uses.at(-1)?.at ?? 0,
	};
};

/** What the uses of a run come to, without regard to how the run stands: it changes more often than they do. */
export type FileSums = {
	readonly by: 'agent' | 'file';
	/** In the order in which they were first used; of all agents together under undefined. */
	readonly files: ReadonlyMap<AgentId | undefined, readonly FileSum[]>;
	readonly commands: ReadonlyMap<AgentId, number>;
	/** The paths of files that are known to be written. */
	readonly written: readonly string[];
};

export const fileSums = (uses: readonly FileUse[], by: FileSums['by']): FileSums => {
	const named = uses.filter(({how}) => how !== 'command');
	const byOwner = Map.groupBy(named, ({agentId}) => (by === 'agent' ? agentId : undefined));
	const sumsOf = (own: readonly FileUse[], agentId: AgentId | undefined): readonly FileSum[] =>
		[...Map.groupBy(own, ({path}) => path)].map(([path, ofPath]) => sumOf({path, agentId}, ofPath));
	const commands = new Map<AgentId, number>();
	for (const {how, agentId} of uses) if (how === 'command') commands.set(agentId, (commands.get(agentId) ?? 0) + 1);
	return {
		by,
		files: new Map([...byOwner].map(([agentId, own]) => [agentId, sumsOf(own, agentId)])),
		commands,
		written: [...new Set(named.filter(({how}) => how === 'written').map(({path}) => path))],
	};
};

type Reported = Extract<FileRow, {kind: 'reported'}>;

/** What reports name that no call is known to have written. */
const reportedBy = (run: Run, written: readonly string[]): readonly Reported[] =>
	stepsOf(run.plan).flatMap(({status}): readonly Reported[] => {
		if (status.kind !== 'done') return [];
		const {agentId, packet} = status;
		return packet.produced
			.filter(path => !written.some(known => known === path || known.endsWith(`/${path.replace(/^\.\//, '')}`)))
			.map(path => ({kind: 'reported', agentId, path}));
	});

const onlyRead = (row: FileRow): boolean => row.kind === 'file' && row.written + row.unsure === 0;

/**
 * Who used which files, agent by agent, those that changed some first; or the files of the run, whoever used them.
 */
export const fileRows = (run: Run | undefined, {by, files, commands, written}: FileSums): readonly FileRow[] => {
	if (run === undefined) return [];
	const reported = reportedBy(run, written);
	/** What was changed, what may have been, what was only read. */
	const listed = (owner: AgentId | undefined, of: readonly AgentId[]): readonly FileRow[] => {
		const sums = files.get(owner) ?? [];
		return [
			...sums.filter(({written: times, unsure}) => times + unsure > 0),
			...reported.filter(row => of.includes(row.agentId)),
			...of.flatMap((agentId): readonly FileRow[] => {
				const count = commands.get(agentId);
				const target = {path: '', agentId};
				return count === undefined ? [] : [{kind: 'commands', id: rowId(target), target, count, agentId}];
			}),
			...sums.filter(({written: times, unsure}) => times + unsure === 0),
		];
	};
	const everyone = run.agents.map(({id}) => id);
	if (by === 'file') return listed(undefined, everyone);
	const groups = everyone
		.map(agentId => ({agentId, rows: listed(agentId, [agentId])}))
		.filter(({rows}) => rows.length > 0);
	const readers = groups.filter(({rows}) => rows.every(onlyRead));
	const writers = groups.filter(group => !readers.includes(group));
	return [...writers, ...readers].flatMap(({agentId, rows}): readonly FileRow[] => [{kind: 'agent', agentId}, ...rows]);
};
