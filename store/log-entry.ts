import type {RunEvent, Stamped} from '../source/domain/event.ts';
import type {Run} from '../source/domain/run.ts';
import {type LogKind, logKindOf} from './log-kind.ts';
import {type LogSubject, subjectOf} from './log-subject.ts';

/** An event in words, as the log shows it. */
export type LogLine = {
	readonly level: 'detail' | 'info' | 'you' | 'good' | 'warn' | 'bad';
	readonly text: string;
	readonly agentName: string | undefined;
};

export type LogEntry = LogLine & {
	readonly seq: number;
	readonly at: number;
	readonly kind: LogKind;
	readonly subject: LogSubject | undefined;
};

/** The words for an event; `run` is the run after it, `before` the one before. */
export type Describe = (event: RunEvent, at: number, run: Run | undefined, before?: Run) => LogLine;

export const logEntryOf = (
	describe: Describe,
	{seq, at, event}: Stamped,
	run: Run,
	before: Run | undefined,
): LogEntry => ({
	...describe(event, at, run, before),
	seq,
	at,
	kind: logKindOf(event.type),
	subject: subjectOf(event),
});
