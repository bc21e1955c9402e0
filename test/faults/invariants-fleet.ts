import {isDeepStrictEqual} from 'node:util';
import {z} from 'zod';
import {toUsd} from '../../source/domain/money.ts';
import {billed} from '../support/billed.ts';
import type {ParsedRequest} from '../support/stand-in/parsed-request.ts';
import type {LedgerEntry} from '../support/stand-in/server.ts';
import {conversationFindings} from './invariants-conversation.ts';
import {eventFindings} from './invariants-events.ts';
import type {Finding} from './invariants-evidence.ts';
import type {StoredEvent} from './invariants-rows.ts';

/** How a reply names the request that it answers. */
export const markOf = (n: number): string => `[reply ${n}]`;

/** What is known from outside of a fleet that was set down in the middle of its runs, whatever a person did to it. */
export type FleetEvidence = {
	readonly events: readonly StoredEvent[];
	readonly requests: readonly ParsedRequest[];
	/** Of the server, whose replies each carry their mark. */
	readonly ledger: readonly LedgerEntry[];
	/** By run, what `show --json` and `replay --json` print. */
	readonly runs: ReadonlyMap<string, {readonly shown: unknown; readonly replayed: unknown}>;
	/** Command lines of processes that still have the workspace as their folder. */
	readonly processesLeft: readonly string[];
};

const settlement = z.looseObject({cost: z.number().optional(), estimated: z.boolean()});
const usage = z.looseObject({
	usage: z.looseObject({settledUsd: z.number(), estimatedUsd: z.number(), reservedUsd: z.number()}),
});

type Turn = {
	readonly runId: string;
	readonly finished: boolean;
	readonly cost: number;
	readonly estimated: boolean;
	/** The request that its reply answers, as the reply says. */
	readonly n: number | undefined;
};

const turnsIn = (events: readonly StoredEvent[]): readonly Turn[] =>
	events.flatMap(({runId, type, body}) => {
		if (type !== 'turn.finished' && type !== 'turn.failed') return [];
		const {cost = 0, estimated} = settlement.parse(body['settlement']);
		const mark = /\[reply (\d+)\]/.exec(JSON.stringify(body['content'] ?? ''))?.[1];
		return [
			{runId, finished: type === 'turn.finished', cost, estimated, n: mark === undefined ? undefined : Number(mark)},
		];
	});

/** What a request costs before the model has said anything. */
const promptOf = (entry: LedgerEntry): LedgerEntry => ({
	...entry,
	usage: entry.usage === undefined ? undefined : {...entry.usage, output_tokens: 0},
});

/**
 * A whole reply costs what the server charges for it. Of a reply that was cut off, the estimate covers the prompt and
 * what had arrived: what was still under way then is on the bill, and nobody here can know of it.
 */
const turnFindings = (turns: readonly Turn[], {requests, ledger}: FleetEvidence): readonly Finding[] => {
	const entriesOf = (n: number): readonly LedgerEntry[] => ledger.filter(entry => entry.n === n);
	const sumOf = (entries: readonly LedgerEntry[]): number => billed(entries, true) + billed(entries, false);
	const chargeOf = (n: number): number => sumOf(entriesOf(n));
	const findings: Finding[] = [];
	const answered = new Set<number>();
	for (const {finished, cost, estimated, n} of turns) {
		if (!finished) continue;
		if (n === undefined || answered.has(n))
			findings.push({rule: 'money', words: `a turn stands for ${n === undefined ? 'no reply' : `reply ${n} again`}`});
		else if (estimated || cost !== chargeOf(n))
			findings.push({rule: 'money', words: `reply ${n}: settled ${cost} where the server charges ${chargeOf(n)}`});
		if (n !== undefined) answered.add(n);
	}
	const down = (costs: readonly number[]): readonly number[] => costs.toSorted((a, b) => b - a);
	const lost = requests.map((_, at) => at + 1).filter(n => !answered.has(n));
	const charged = down(lost.map(n => sumOf(entriesOf(n).map(promptOf))));
	const covered = down(turns.filter(({finished}) => !finished).map(({cost}) => cost));
	if (charged.some((cost, at) => cost > (covered[at] ?? 0)))
		findings.push({
			rule: 'turn paid twice unaccounted',
			words: `the server charges ${charged.join(', ')} for what was cut short, estimated is ${covered.join(', ') || 'nothing'}`,
		});
	return findings;
};

const runFindings = (turns: readonly Turn[], {runs}: FleetEvidence): readonly Finding[] =>
	[...runs].flatMap(([runId, {shown, replayed}]) => {
		const findings: Finding[] = [];
		if (!isDeepStrictEqual(shown, replayed))
			findings.push({rule: 'fold', words: `replay shows another ${runId} than show`});
		const told = usage.parse(shown).usage;
		const sum = (wanted: boolean): number =>
			toUsd(
				turns.filter(turn => turn.runId === runId && turn.estimated === wanted).reduce((all, {cost}) => all + cost, 0),
			);
		if (told.settledUsd !== sum(false) || told.estimatedUsd !== sum(true))
			findings.push({
				rule: 'money',
				words: `of ${runId} are shown ${told.settledUsd} and ~${told.estimatedUsd}; the turns come to ${sum(false)} and ~${sum(true)}`,
			});
		if (told.reservedUsd !== 0)
			findings.push({rule: 'money', words: `${told.reservedUsd} of ${runId} are still reserved`});
		return findings;
	});

/** Everything that does not hold of a fleet, by somebody who knows only what it left behind. */
export const fleetFindings = (evidence: FleetEvidence): readonly Finding[] => {
	const turns = turnsIn(evidence.events);
	return [
		...eventFindings(evidence.events, false),
		...conversationFindings(evidence),
		...turnFindings(turns, evidence),
		...runFindings(turns, evidence),
		...evidence.processesLeft.map((words): Finding => ({rule: 'process left', words})),
	];
};
