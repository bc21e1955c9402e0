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

/** Files in the order in which they were first used. */
const sumsOf = (uses: readonly FileUse[], agentId: AgentId | undefined): readonly FileSum[] => {
	const byPath = Map.groupBy(
		uses.filter(({how}) => how !== 'command'),
		({path}) => path,
	);
	return [...byPath].map(([path, own]) => sumOf({path, agentId}, own));
};

const commandsOf = (uses: readonly FileUse[], agentId: AgentId): readonly FileRow[] => {
	const count = uses.filter(use => use.how === 'command' && use.agentId === agentId).length;
	const target = {path: '', agentId};
	return count === 0 ? [] : [{kind: 'commands', id: rowId(target), target, count, agentId}];
};

/** What reports name that no call is known to have written. */
const reportedBy = (run: Run, uses: readonly FileUse[]): readonly Extract<FileRow, {kind: 'reported'}>[] => {
	const written = uses.filter(({how}) => how === 'written').map(({path}) => path);
	return stepsOf(run.plan).flatMap(({status}) =>
		status.kind !== 'done'
			? []
			: status.packet.produced
					.filter(path => !written.some(known => known === path || known.endsWith(`/${path.replace(/^\.\//, '')}`)))
					.map(path => ({kind: 'reported', agentId: status.agentId, path}) as const),
	);
};

/** Who used which files, agent by agent, or the files of the run, whoever used them. */
export const fileRows = (run: Run | undefined, uses: readonly FileUse[], by: 'agent' | 'file'): readonly FileRow[] => {
	if (run === undefined) return [];
	const reported = reportedBy(run, uses);
	/** What was changed, what may have been, what was only read. */
	const listed = (
		own: readonly FileUse[],
		agentId: AgentId | undefined,
		of: readonly AgentId[],
	): readonly FileRow[] => {
		const sums = sumsOf(own, agentId);
		return [
			...sums.filter(({written, unsure}) => written + unsure > 0),
			...reported.filter(row => of.includes(row.agentId)),
			...of.flatMap(id => commandsOf(own, id)),
			...sums.filter(({written, unsure}) => written + unsure === 0),
		];
	};
	const everyone = run.agents.map(({id}) => id);
	if (by === 'file') return listed(uses, undefined, everyone);
	const byAgent = Map.groupBy(uses, ({agentId}) => agentId);
	return everyone.flatMap((agentId): readonly FileRow[] => {
		const rows = listed(byAgent.get(agentId) ?? [], agentId, [agentId]);
		return rows.length === 0 ? [] : [{kind: 'agent', agentId}, ...rows];
	});
};
