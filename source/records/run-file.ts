import {createHash} from 'node:crypto';
import {z} from 'zod';
import type {RunId} from '../domain/id.ts';

/**
 * A run as a file of JSON lines: a header, then one event a line in the form in which it was stored. The header says
 * how many events follow and the SHA-256 of their lines, each with its line end.
 */
const header = z.strictObject({
	format: z.literal('flotilla-run'),
	version: z.literal(1),
	/** Letters and digits only: it becomes part of names. */
	runId: z.string().regex(/^run_[0-9a-z]+$/),
	goal: z.string(),
	/** What the run's steps produced, by path. The files themselves are not in this one. */
	deliverables: z.array(z.string()),
	events: z.int().nonnegative(),
	sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const event = z.strictObject({
	seq: z.int().positive(),
	/** ms since 1970. */
	at: z.int().nonnegative(),
	type: z.string(),
	version: z.int().positive(),
	cause: z.string(),
	fields: z.record(z.string(), z.unknown()),
});

type FiledEvent = Readonly<z.infer<typeof event>>;

export type RunFile = {readonly runId: RunId; readonly goal: string; readonly events: readonly FiledEvent[]};

/** What is wrong with a file, in words that follow its name and a colon. */
export class RunFileProblem extends Error {
	override readonly name = 'RunFileProblem';
}

export type RunFileSource = {
	readonly runId: RunId;
	readonly goal: string;
	readonly deliverables: readonly string[];
	/** Called twice, and gives the same both times: the header, which comes first, sums up what follows. */
	readonly events: () => Iterable<FiledEvent>;
	/** JSON on one line. */
	readonly lineOf: (value: unknown) => string;
};

/** The lines of the file, each with its line end; nothing is kept in memory. */
export const writeRunFile = function* ({runId, goal, deliverables, events, lineOf}: RunFileSource): Iterable<string> {
	const hash = createHash('sha256');
	let count = 0;
	for (const stored of events()) {
		hash.update(`${lineOf(stored)}\n`);
		count++;
	}
	const sums = {events: count, sha256: hash.digest('hex')};
	yield `${lineOf({format: 'flotilla-run', version: 1, runId, goal, deliverables, ...sums})}\n`;
	for (const stored of events()) yield `${lineOf(stored)}\n`;
};

const parsed = (line: string, which: string): unknown => {
	try {
		return JSON.parse(line);
	} catch {
		throw new RunFileProblem(`${which} is no JSON. The file is damaged, or none of \`flotilla export\`.`);
	}
};

const readHeader = (line: string): z.infer<typeof header> => {
	const value = parsed(line, 'its first line');
	const kind = z.object({format: z.literal('flotilla-run'), version: z.int()}).safeParse(value);
	if (!kind.success) throw new RunFileProblem('it is no file of `flotilla export`.');
	if (kind.data.version > 1)
		throw new RunFileProblem(`a newer Flotilla made it (format ${kind.data.version}). Update Flotilla to import it.`);
	const checked = header.safeParse(value);
	if (!checked.success) throw new RunFileProblem(`its header is not right: ${z.prettifyError(checked.error)}`);
	return checked.data;
};

const isRunId = (text: string): text is RunId => text.startsWith('run_');

/** Reads a file, and throws a RunFileProblem when a byte of it is not as it was written. */
export const readRunFile = (bytes: Buffer): RunFile => {
	const end = bytes.indexOf('\n');
	const {runId, goal, events: count, sha256} = readHeader(bytes.toString('utf8', 0, end < 0 ? bytes.length : end));
	const rest = end < 0 ? bytes.subarray(bytes.length) : bytes.subarray(end + 1);
	if (createHash('sha256').update(rest).digest('hex') !== sha256)
		throw new RunFileProblem(
			'its lines are not the ones that were written: it was cut off or changed. Export it anew.',
		);
	if (!isRunId(runId)) throw new RunFileProblem(`${runId} is no id of a run.`);
	const events: FiledEvent[] = [];
	for (let from = 0; from < rest.length; ) {
		const to = rest.indexOf('\n', from);
		const stop = to < 0 ? rest.length : to;
		const which = `line ${events.length + 2}`;
		const checked = event.safeParse(parsed(rest.toString('utf8', from, stop), which));
		if (!checked.success) throw new RunFileProblem(`${which} is no event: ${z.prettifyError(checked.error)}`);
		events.push(checked.data);
		from = stop + 1;
	}
	if (events.length !== count)
		throw new RunFileProblem(`it has ${events.length} events, and its header says ${count}. Export it anew.`);
	return {runId, goal, events};
};
