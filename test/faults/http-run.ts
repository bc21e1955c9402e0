import {mkdirSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {z} from 'zod';
import {type Run, runWord} from '../../source/domain/run.ts';
import {type Clock, systemClock} from '../../source/engine/clock.ts';
import {anthropicProvider} from '../../source/providers/anthropic.ts';
import type {Provider} from '../../source/providers/provider.ts';
import type {Reply} from '../support/stand-in/reply.ts';
import {type FleetRun, runFleet} from './fleet-run.ts';
import type {HttpFault} from './http-faults.ts';
import type {Expected, Finding} from './invariants-evidence.ts';
import {askerOf, fourSteps, scriptOf} from './kills-script.ts';

/** Once, or every time from its place on. */
export type Persistence = 'once' | 'for good';

export type HttpOrder = {
	readonly fault: HttpFault | undefined;
	/** The request it befalls, from 1. */
	readonly nth: number;
	readonly persistence: Persistence;
	/** How an undisturbed run ends; undefined when this is that run. */
	readonly expected: Expected | undefined;
};

export type HttpRun = Pick<FleetRun, 'end' | 'kind' | 'findings'> & {readonly requests: number};

/** Waits pass so many times faster than on the wall, so that backing off does not fill the day. */
const speed = 40;
const longestWaitMs = 90_000;

/** Silence that is taken for the end, on the fast clock: more than between two drops of a slow reply, less than all. */
const stallMs = 40_000;
const drip = {deltasPerSecond: 8};

const fastClock = (): Clock => {
	const start = Date.now();
	return {
		...systemClock,
		now: () => start + (Date.now() - start) * speed,
		after: (ms, call) => systemClock.after(ms / speed, call),
		soon: systemClock.soon,
	};
};

/** An address at which nobody listens. */
const nobodysAddress = (): Promise<string> =>
	new Promise(resolve => {
		const server = createServer();
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			const port = typeof address === 'object' && address !== null ? address.port : 1;
			server.close(() => resolve(`http://127.0.0.1:${port}`));
		});
	});

type Befallen = (n: number) => boolean;

/** The provider of the run; requests that are refused go to an address of nobody. */
const providerFor = async (url: string, fault: HttpFault | undefined, befallen: Befallen, clock: Clock) => {
	const at = (baseUrl: string): Provider =>
		anthropicProvider({apiKey: 'a-test-key', baseUrl, timer: clock.after, stallMs});
	const real = at(url);
	if (fault?.does !== 'refused') return real;
	const nobody = at(await nobodysAddress());
	let n = 0;
	const provider: Provider = {
		...real,
		stream: (request, abort) => (befallen(++n) ? nobody : real).stream(request, abort),
	};
	return provider;
};

const withFault = (reply: Reply, fault: HttpFault | undefined, befallen: boolean): Reply => {
	if (!befallen || fault === undefined || fault.does === 'refused') return reply;
	return fault.does === 'drip' ? {...reply, pace: drip} : {...reply, fault: fault.does};
};

/** Words that are fit for a person: a sentence or two, and nothing from the inside of a machine. */
const wordsFinding = (message: string): readonly Finding[] => {
	const strange = /\n\s+at |\[object|undefined|NaN|<\/?[a-z]+>|stand-in failed/i.exec(message)?.[0];
	const fits = strange === undefined && message.length <= 700 && /^[A-Z].*[.!]$/s.test(message);
	return fits ? [] : [{rule: 'words', words: `${strange ?? 'its form'}: ${message.slice(0, 300)}`}];
};

const withFailure = z.object({failure: z.looseObject({message: z.string()})});

const wordsFindings = ({events}: FleetRun): readonly Finding[] => {
	const messages = events.flatMap(({body}) => {
		const read = withFailure.safeParse(body);
		return read.success ? [read.data.failure.message] : [];
	});
	return [...new Set(messages)].flatMap(wordsFinding);
};

/** A run that says done although not every model said so is no such thing, whatever its steps look like. */
const honestyFindings = (run: FleetRun, replies: readonly (Reply | undefined)[]): readonly Finding[] => {
	const through = run.ledger.filter(
		({complete, n}) =>
			complete && replies[n]?.blocks.some(block => block.type === 'tool_use' && block.name === 'finish_step'),
	);
	const reported = new Set(through.map(({n}) => run.requests[n - 1]).map(request => request && askerOf(request)));
	const unreported = fourSteps.filter(step => !reported.has(step.key)).map(step => step.key);
	return run.kind === 'done' && unreported.length > 0
		? [{rule: 'end', words: `says done, but the models of ${unreported.join(', ')} never said so`}]
		: [];
};

const isOver = (run: Run, waitsForEnd: boolean): boolean =>
	run.status.kind === 'ended' || (!waitsForEnd && ['paused', 'waiting'].includes(runWord(run)));

/** A run of four steps with one fault at one place, and everything that does not hold of it. */
export const runWithFault = async ({fault, nth, persistence, expected}: HttpOrder): Promise<HttpRun> => {
	const befallen: Befallen = n => (persistence === 'once' ? n === nth : n >= nth);
	const helps = fault === undefined || (fault.passes && persistence === 'once');
	const script = scriptOf(fourSteps);
	const replies: (Reply | undefined)[] = [];
	const clock = fastClock();
	const run = await runFleet({
		script: async (request, n) => {
			const reply = {...(await script(request, n)), deltaSize: 120};
			replies[n] = reply;
			return withFault(reply, fault, befallen(n));
		},
		prepare: dir => {
			mkdirSync(join(dir, 'work'));
			writeFileSync(join(dir, 'README.md'), '# Four steps\n\nTODO lay\n');
		},
		clock,
		providerAt: url => providerFor(url, fault, befallen, clock),
		isOver: now => isOver(now, helps),
		longestWaitMs,
		expected,
	});
	const findings: Finding[] = [...run.findings, ...honestyFindings(run, replies), ...wordsFindings(run)];
	if (helps && run.kind !== 'done')
		findings.push({rule: 'end', words: `${run.end.status} although asking again would have helped`});
	return {end: run.end, kind: run.kind, requests: run.requests.length, findings};
};
