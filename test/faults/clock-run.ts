import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type Clock, systemClock} from '../../source/engine/clock.ts';
import {anthropicProvider} from '../../source/providers/anthropic.ts';
import {withFaults} from '../support/stand-in/script.ts';
import {type FleetRun, runFleet} from './fleet-run.ts';
import type {Finding} from './invariants-evidence.ts';
import type {StoredEvent} from './invariants-rows.ts';
import {fourSteps, scriptOf} from './kills-script.ts';
import type {Part, Row} from './part.ts';

const hourMs = 3_600_000;

/** What a person, a time server or a lid that is opened does to the time of day. */
export const clockJumps = [
	{name: 'an hour back', ms: -hourMs},
	{name: 'a day forward', ms: 24 * hourMs},
	{name: 'ten years back', ms: -10 * 365 * 24 * hourMs},
] as const;

export type ClockJump = (typeof clockJumps)[number];

/** Real timers under a time of day that can be set. */
const settableClock = (): Clock & {readonly set: (aheadMs: number) => void} => {
	let ahead = 0;
	return {
		...systemClock,
		now: () => systemClock.now() + ahead,
		set: aheadMs => {
			ahead = aheadMs;
		},
	};
};

/** Agents ask one thing at a time: a turn that begins before the last one ended was started twice. */
const turnFindings = (events: readonly StoredEvent[]): readonly Finding[] => {
	const open = new Map<unknown, unknown>();
	const findings: Finding[] = [];
	for (const {seq, type, body} of events) {
		const {agentId, turnId} = body;
		if (type === 'turn.started') {
			if (open.has(agentId))
				findings.push({rule: 'turn paid twice unaccounted', words: `event ${seq} starts a second turn`});
			open.set(agentId, turnId);
		}
		if (type === 'turn.finished' || type === 'turn.failed') open.delete(agentId);
	}
	return findings;
};

/** The time jumps right after the event that `when` picks; some turns have failed by then and wait to be asked again. */
export const runThroughJump = async (
	jump: ClockJump,
	when: 'within a turn' | 'while an agent waits to ask again',
): Promise<Pick<FleetRun, 'kind' | 'findings'>> => {
	const clock = settableClock();
	const wanted = when === 'within a turn' ? 'turn.started' : 'turn.failed';
	let seen = 0;
	const run = await runFleet({
		script: withFaults(scriptOf(fourSteps), {2: {status: 529}, 7: {dropAfterDeltas: 2}, 9: {status: 429}}),
		prepare: dir => {
			mkdirSync(join(dir, 'work'));
			writeFileSync(join(dir, 'README.md'), '# Four steps\n');
		},
		clock,
		providerAt: baseUrl => anthropicProvider({apiKey: 'a-test-key', baseUrl, timer: clock.after}),
		isOver: now => now.status.kind === 'ended',
		longestWaitMs: 90_000,
		onEvents: batch => {
			for (const {event} of batch) if (event.type === wanted && ++seen === 2) clock.set(jump.ms);
		},
		expected: undefined,
	});
	const findings: Finding[] = [...run.findings, ...turnFindings(run.events)];
	if (run.kind === 'failed') findings.push({rule: 'end', words: `ended ${run.end.status}`});
	return {kind: run.kind, findings};
};

export const clockPart: Part = {
	name: 'clock',
	about: 'the time of day jumps while agents work and while they wait',
	run: () =>
		Promise.all(
			clockJumps.map(async (jump): Promise<Row> => {
				const runs = await Promise.all(
					(['within a turn', 'while an agent waits to ask again'] as const).map(async when => ({
						when,
						...(await runThroughJump(jump, when)),
					})),
				);
				return {
					name: jump.name,
					counts: {runs: runs.length, done: runs.filter(({kind}) => kind === 'done').length},
					problems: runs.flatMap(({when, findings}) => findings.map(({rule, words}) => `${when}: ${rule}: ${words}`)),
				};
			}),
		),
};
