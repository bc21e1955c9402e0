import {type HttpFault, httpFaults} from './http-faults.ts';
import {type HttpRun, type Persistence, runWithFault} from './http-run.ts';
import type {Part, PartOrder, Row} from './part.ts';

/** So many runs at once in this process. */
const atOnce = 4;

export type TriedFault = HttpRun & {readonly fault: HttpFault; readonly nth: number; readonly persistence: Persistence};

/** Which requests of a run are befallen, by how many there are and which of the faults it is. */
type Wanted = (requests: number, persistence: Persistence, fault: number) => readonly number[];

/** Faults that cannot befall a whole run for ever: the replies still come. */
const neverForGood = (fault: HttpFault): boolean => fault.does === 'drip';

/** The plan, a first turn, a turn with tools, the last of all. */
const kinds = (requests: number): readonly number[] => [1, 2, 8, requests];

/** At every request; a fault for good is the same run but for its beginning, so there it is one of each kind. */
const everywhere: Wanted = (requests, persistence) =>
	persistence === 'once' ? Array.from({length: requests}, (_, at) => at + 1) : kinds(requests);

/** At one request of another kind for each fault. */
export const inTurn: Wanted = (requests, persistence, fault) => {
	const turn = fault + (persistence === 'once' ? 0 : 1);
	return kinds(requests).filter((_, at, all) => at === turn % all.length);
};

/** Every fault at every wanted request of the run, once and for good. */
export const tryFaults = async (
	faults: readonly HttpFault[],
	wanted: Wanted,
	onProgress: PartOrder['onProgress'],
): Promise<readonly TriedFault[]> => {
	const whole = await runWithFault({fault: undefined, nth: 0, persistence: 'once', expected: undefined});
	if (whole.kind !== 'done' || whole.findings.length > 0)
		throw new Error(`The undisturbed run is not well: ${whole.findings.map(({words}) => words).join('; ')}`);
	const orders = faults.flatMap((fault, at) =>
		(['once', 'for good'] as const)
			.filter(persistence => persistence === 'once' || !neverForGood(fault))
			.flatMap(persistence => wanted(whole.requests, persistence, at).map(nth => ({fault, nth, persistence}))),
	);
	const tried: TriedFault[] = [];
	const left = orders.values();
	const worker = async (): Promise<void> => {
		for (const order of left) {
			tried.push({...order, ...(await runWithFault({...order, expected: whole.end}))});
			if (tried.length % 100 === 0) onProgress(`${tried.length} of ${orders.length} runs`);
		}
	};
	await Promise.all(Array.from({length: atOnce}, worker));
	return tried;
};

const rowOf = (fault: HttpFault, runs: readonly TriedFault[]): Row => {
	const count = (persistence: Persistence, kind: HttpRun['kind']): number =>
		runs.filter(run => run.persistence === persistence && run.kind === kind).length;
	return {
		name: fault.name,
		counts: {
			runs: runs.length,
			'once: done': count('once', 'done'),
			'once: failed': count('once', 'failed'),
			'once: waits': count('once', 'waits'),
			'for good: done': count('for good', 'done'),
			'for good: failed': count('for good', 'failed'),
			'for good: waits': count('for good', 'waits'),
			hung: runs.filter(({kind}) => kind === 'hung').length,
			well: runs.filter(({findings}) => findings.length === 0).length,
		},
		problems: runs.flatMap(({nth, persistence, findings}) =>
			findings.map(({rule, words}) => `at request ${nth} ${persistence}: ${rule}: ${words}`),
		),
	};
};

export const httpPart: Part = {
	name: 'http',
	about: 'every fault of HTTP at every request of a run of four steps, and for good from one of each kind',
	run: async ({onProgress}) => {
		const tried = await tryFaults(httpFaults, everywhere, onProgress);
		return httpFaults.map(fault =>
			rowOf(
				fault,
				tried.filter(run => run.fault === fault),
			),
		);
	},
};
