import type {LogEntry} from './log-entry.ts';

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

/**
 * The entries that have a text in them, in their words or in the name of their agent, without regard to case; those
 * that are mere details only when wanted.
 */
export const filterLog = (log: readonly LogEntry[], filter: string, details: boolean): readonly LogEntry[] => {
	const wanted = filter.trim().toLowerCase();
	if (wanted === '' && details) return log;
	return log.filter(
		({level, text, agentName = ''}) =>
			(details || level !== 'detail') && `${agentName} ${text}`.toLowerCase().includes(wanted),
	);
};
