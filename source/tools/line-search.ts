import {once} from 'node:events';
import {Worker} from 'node:worker_threads';

/** Where a line matches: its number from 1, and the column from 0. */
type Hit = readonly [line: number, column: number];

export type LineSearch = AsyncDisposable & {
	/** All matching lines of a text; undefined when the pattern took too long or the search was stopped. One at a time. */
	readonly find: (text: string) => Promise<readonly Hit[] | undefined>;
};

/** How long a search may match: longer than any honest pattern needs on a text, and than any project needs in all. */
const textLimitMs = 500;
const totalLimitMs = 10_000;

/** Where the matching happens; `node:vm` can break off an expression that does not end. */
const searcher = `
const {parentPort, workerData} = require('node:worker_threads');
const vm = require('node:vm');
const script = new vm.Script(\`
	(() => {
		const expression = new RegExp(pattern, flags);
		const hits = [];
		let number = 0;
		for (const line of text.split('\\\\n')) {
			number += 1;
			const column = line.search(expression);
			if (column >= 0) hits.push([number, column]);
		}
		return hits;
	})();
\`);
const given = {pattern: workerData.pattern, flags: workerData.flags, text: ''};
const context = vm.createContext(given);
let leftMs = workerData.totalMs;
const find = text => {
	if (leftMs <= 0) return undefined;
	given.text = text;
	const began = performance.now();
	try {
		const hits = script.runInContext(context, {timeout: Math.ceil(Math.min(workerData.textMs, leftMs))});
		leftMs -= performance.now() - began;
		return hits;
	} catch {
		// A limit was reached: the search is over, whatever the clock says was left.
		leftMs = 0;
		return undefined;
	}
};
parentPort.on('message', text => parentPort.postMessage(find(text)));
`;

/**
 * A search of lines by a regular expression that a model wrote. Such an expression may backtrack for years, and even
 * honest ones take seconds over a large project: on a thread of its own it stops nobody else. The thread's program is
 * a text, so that it needs no file of its own beside the bundle. Undefined when the pattern is not one.
 */
export const createLineSearch = (order: {
	readonly pattern: string;
	readonly ignoreCase: boolean;
	readonly abort: AbortSignal;
	readonly totalMs?: number;
}): LineSearch | undefined => {
	const {pattern, ignoreCase, abort, totalMs = totalLimitMs} = order;
	const flags = ignoreCase ? 'i' : '';
	try {
		new RegExp(pattern, flags);
	} catch {
		return undefined;
	}
	const workerData = {pattern, flags, textMs: textLimitMs, totalMs};
	// It gets neither our environment nor the loaders that our own process was started with.
	const worker = new Worker(searcher, {eval: true, workerData, env: {}, execArgv: []});
	const gone = new AbortController();
	worker.on('error', () => {}).on('exit', () => gone.abort());
	const stop = AbortSignal.any([abort, gone.signal]);
	return {
		find: async text => {
			worker.postMessage(text);
			const [found]: unknown[] = await once(worker, 'message', {signal: stop}).catch(() => []);
			return isHits(found) ? found : undefined;
		},
		[Symbol.asyncDispose]: async () => void (await worker.terminate()),
	};
};

const isHits = (value: unknown): value is readonly Hit[] =>
	Array.isArray(value) &&
	value.every(hit => Array.isArray(hit) && typeof hit[0] === 'number' && typeof hit[1] === 'number');
