import type {LogEntry} from './log-entry.ts';
import {type LogFilter, passes} from './log-filter.ts';

/** A function of few arguments that remembers its last call: the same arguments give the same object. */
export const remembering = <A extends readonly unknown[], R>(call: (...args: A) => R): ((...args: A) => R) => {
	let last: {readonly args: A; readonly result: R} | undefined;
	return (...args) => {
		if (last !== undefined && last.args.length === args.length && last.args.every((arg, i) => Object.is(arg, args[i])))
			return last.result;
		last = {args, result: call(...args)};
		return last.result;
	};
};

/** The entries that pass a filter: those that were looked for, which all do, and of the newest those that do. */
export const filterLog = (
	older: readonly LogEntry[],
	newest: readonly LogEntry[],
	filter: LogFilter,
): readonly LogEntry[] => [...older, ...newest.filter(entry => passes(filter, entry))];
