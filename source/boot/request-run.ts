import type {RunId} from '../domain/id.ts';
import type {Request} from '../domain/request.ts';
import type {EventLog} from '../engine/event-log.ts';
import {hasEnded, runHere} from './choose-run.ts';
import {listed} from './listed.ts';
import {type OpenRequest, openRequestsIn} from './open-requests.ts';
import {Problem} from './problem.ts';
import {readRun} from './read-run.ts';

/** The number of a request that is named without its run, such as `request_7` or `7`. */
const shortNumber = (word: string): string | undefined => /^(?:request_)?(\d+)$/.exec(word)?.[1];

const isNumbered = ({id}: Pick<Request, 'id'>, number: string): boolean => id.endsWith(`_${number}`);

/** What became of a request that is open nowhere, in the newest run that had one. */
const closedWords = (log: EventLog, number: string): string => {
	for (const {id} of log.runs().filter(run => !hasEnded(run))) {
		const closed = readRun(log, id).requests.find(request => isNumbered(request, number));
		if (closed !== undefined) return ` ${closed.id} of ${id} was ${closed.status.kind} already.`;
	}
	return '';
};

const noneOpen = (log: EventLog, open: readonly OpenRequest[], numbers: readonly string[]): Problem => {
	const said = numbers.map(number => `request_${number}`).join(' and ');
	const is = numbers.length === 1 ? `No ${said} is open in any run.` : `No run has ${said} open.`;
	const closed = numbers.length === 1 ? closedWords(log, numbers[0] ?? '') : '';
	const there = open.length === 0 ? 'Nothing waits for you.' : `Open: ${listed(open.map(({request}) => request.id))}.`;
	return new Problem(`${is}${closed} ${there} \`flotilla inbox\` lists what waits.`);
};

/**
 * The run in which all these requests wait, where they are named without one, in whatever folder it works: the inbox
 * tells of all runs, and what it shows is what is answered. Undefined when a word says its run, or means no request.
 * Throws a Problem when it could be several runs, or is none.
 */
export const requestRun = (log: EventLog, verb: string, words: readonly string[]): RunId | undefined => {
	const numbers = words.flatMap(word => shortNumber(word) ?? []);
	if (numbers.length === 0 || numbers.length < words.length) return undefined;
	const open = openRequestsIn(log, undefined);
	const ids = new Map<RunId, readonly string[]>();
	for (const {run} of open) {
		const own = numbers.flatMap(number => {
			const found = open.find(one => one.run === run && isNumbered(one.request, number));
			return found === undefined ? [] : [found.request.id];
		});
		if (own.length === numbers.length) ids.set(run.id, own);
	}
	const [only] = ids.keys();
	if (ids.size > 1) {
		const orders = [...ids.values()].map(
			own => `  flotilla ${verb} ${own.join(' ')}${verb === 'reply' ? ' "<text>"' : ''}`,
		);
		throw new Problem(
			`${words.join(' ')} ${words.length === 1 ? 'is' : 'are'} open in ${ids.size} runs. Say which is meant:\n${orders.join('\n')}`,
		);
	}
	if (only !== undefined) return only;
	// Of a request of this folder that was answered meanwhile, the run itself says what became of it.
	const here = runHere(log);
	const known = here === undefined ? [] : readRun(log, here).requests;
	if (numbers.every(number => known.some(request => isNumbered(request, number)))) return here;
	throw noneOpen(log, open, numbers);
};
