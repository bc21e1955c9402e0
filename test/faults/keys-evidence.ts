import {join} from 'node:path';
import {z} from 'zod';
import type {StandIn} from '../support/stand-in/server.ts';
import type {Finding} from './invariants-evidence.ts';
import {fleetFindings} from './invariants-fleet.ts';
import {readEvents} from './invariants-rows.ts';
import {endProcessesIn, type Ground, type Life, startProgram, until} from './program-run.ts';

const report = z.object({findings: z.array(z.object({name: z.string(), state: z.string()}))});

type FleetLeft = {
	readonly ground: Ground;
	readonly launcher: string;
	readonly env: Readonly<Record<string, string>>;
	readonly server: StandIn;
};

const parsed = (what: string, {stdout, stderr}: Life): unknown => {
	try {
		return JSON.parse(stdout);
	} catch {
		throw new Error(`${what} printed no JSON: ${stdout.slice(0, 200)}${stderr.slice(-400)}`);
	}
};

/** Ends the engine, and says what does not hold of all that the fleet has left behind. */
export const findingsOfFleet = async ({ground, launcher, env, server}: FleetLeft): Promise<readonly Finding[]> => {
	const ask = (...args: readonly string[]): Promise<Life> =>
		startProgram({launcher, args, env: {...env, FLOTILLA_NO_DAEMON: ''}}).ended;
	const stopped = await ask('engine', 'stop');
	const processesLeft = await endProcessesIn(ground.dir);
	await until(() => server.ledger.length === server.requests.length);
	const doctor = report.parse(parsed('doctor --json', await ask('doctor', '--json')));
	const states = doctor.findings.filter(({name}) => name === 'database').map(({state}) => state);
	const events = readEvents(join(ground.home, 'flotilla.db'));
	const runs = new Map<string, {readonly shown: unknown; readonly replayed: unknown}>();
	for (const runId of new Set(events.map(event => event.runId))) {
		const [shown, replayed] = await Promise.all(
			['show', 'replay'].map(async verb => parsed(`${verb} --json`, await ask(verb, runId, '--json'))),
		);
		runs.set(runId, {shown, replayed});
	}
	return [
		...(stopped.code === 0 ? [] : [{rule: 'crash', words: `the engine did not stop: ${stopped.stderr}`} as const]),
		...(states.join() === 'ok' ? [] : [{rule: 'words', words: `the database is ${states.join()}`} as const]),
		...fleetFindings({events, requests: server.requests, ledger: server.ledger, runs, processesLeft}),
	];
};
