import type {RunEvent, Stamped} from '../source/domain/event.ts';
import type {AgentId, CallId} from '../source/domain/id.ts';

/** How many lines a change adds and removes. */
export type LineCounts = {readonly added: number; readonly removed: number};

/**
 * What one call did to one file, or one command that may have done anything. What it read or changed in full stays in
 * the history: here is only where to find it.
 */
export type FileUse = {
	readonly callId: CallId;
	readonly agentId: AgentId;
	readonly tool: string;
	/** `maybe`: a crash hid whether it was written. `command`: nobody knows which files it changed, if any. */
	readonly how: 'read' | 'written' | 'maybe' | 'command';
	/** As the call touched it; of `maybe` as the agent named it, of a command empty. */
	readonly path: string;
	/** What the call is called where a person is asked about it. */
	readonly title: string;
	/** When it ended, ms since 1970. */
	readonly at: number;
	/** The event that says what it would do; undefined when it was never weighed. */
	readonly weighedSeq: number | undefined;
	readonly finishedSeq: number;
	/** Undefined when it is not known. */
	readonly lines: LineCounts | undefined;
	/** Of a file that was written as a whole: its size. */
	readonly bytes: number | undefined;
	readonly isNew: boolean;
};

/** What is known of a call before it ends. */
type Begun = Pick<FileUse, 'title' | 'weighedSeq' | 'lines' | 'bytes' | 'isNew'> & {
	readonly tool: string;
	readonly path: string;
};

const textIn = (input: unknown, name: string): string | undefined => {
	if (typeof input !== 'object' || input === null) return undefined;
	const value: unknown = Object.entries(input).find(([key]) => key === name)?.[1];
	return typeof value === 'string' ? value : undefined;
};

/** The path that a call of a file names; empty when it names none. */
export const pathIn = (input: unknown): string => textIn(input, 'path') ?? '';

const begin = ({tool, input}: Extract<RunEvent, {type: 'call.proposed'}>): Begun => {
	const content = tool === 'write_file' ? textIn(input, 'content') : undefined;
	return {
		tool,
		path: pathIn(input),
		title: tool,
		weighedSeq: undefined,
		lines: undefined,
		bytes: content === undefined ? undefined : new TextEncoder().encode(content).length,
		isNew: false,
	};
};

/** The tools that write files say in their title what a change comes to: the diff itself may have been cut. */
export const countsIn = (title: string): LineCounts | undefined => {
	const found = /\+(\d+) −(\d+)\)$/.exec(title);
	return found === null ? undefined : {added: Number(found[1]), removed: Number(found[2])};
};

const weighed = (call: Begun, seq: number, {preview}: Extract<RunEvent, {type: 'call.weighed'}>): Begun => ({
	...call,
	title: preview.title,
	weighedSeq: seq,
	lines: preview.format === 'diff' ? countsIn(preview.title) : undefined,
	isNew: preview.format === 'diff' && preview.body.startsWith('--- /dev/null'),
});

const changers: ReadonlySet<string> = new Set(['write_file', 'edit_file']);

const usesOf = (
	{tool, path, ...begun}: Begun,
	{at, seq}: Stamped,
	event: Extract<RunEvent, {type: 'call.finished'}>,
): readonly FileUse[] => {
	const {callId, agentId, outcome, touched, changes} = event;
	const use = {...begun, callId, agentId, tool, at, finishedSeq: seq};
	if (touched.length > 0) return touched.map(touch => ({...use, path: touch.path, how: touch.how}));
	if (outcome === 'unknown' && changers.has(tool)) return [{...use, path, how: 'maybe'}];
	return changes || (outcome === 'unknown' && tool === 'run_command') ? [{...use, path: '', how: 'command'}] : [];
};

/** Who read and wrote which files, from the events of a run. The list that is given out is never changed. */
export const createFileUses = () => {
	const begun = new Map<CallId, Begun>();
	let uses: readonly FileUse[] = [];
	let fresh: FileUse[] = [];
	return {
		event: (stamped: Stamped): void => {
			const {event, seq} = stamped;
			switch (event.type) {
				case 'call.proposed':
					begun.set(event.callId, begin(event));
					return;
				case 'call.weighed': {
					const call = begun.get(event.callId);
					if (call !== undefined) begun.set(event.callId, weighed(call, seq, event));
					return;
				}
				case 'call.finished': {
					const call = begun.get(event.callId);
					begun.delete(event.callId);
					if (call !== undefined) fresh.push(...usesOf(call, stamped, event));
					return;
				}
				default:
			}
		},
		/** Oldest first; the same list as long as nothing came. */
		uses: (): readonly FileUse[] => {
			if (fresh.length > 0) {
				uses = [...uses, ...fresh];
				fresh = [];
			}
			return uses;
		},
	};
};
