import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {createEventLog} from '../../db/event-log.ts';
import {openDatabase} from '../../db/open.ts';
import type {Stamped} from '../../source/domain/event.ts';
import type {RequestId} from '../../source/domain/id.ts';
import type {Ask} from '../../source/domain/request.ts';
import {openRequests, type Run, requestIn} from '../../source/domain/run.ts';
import {createEngine} from '../../source/engine/engine.ts';
import type {FleetPort} from '../../source/engine/port.ts';
import {runId, settings} from '../domain/drive.ts';
import {createRandom, type Random} from '../simulation/random.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {createRobot, type Robot} from '../support/robot.tsx';
import {agentCount, askingHands, families} from './asking-hands.ts';

/** One of them is the plan's. */
const requestCount = 1000;
/** A request must be on screen so long after its event at the latest, ms. */
const shownMs = 500;

const role = (name: string) => ({
	name,
	tier: 'haiku' as const,
	tools: [],
	maxTurns: 500,
	toolBudget: 5000,
	maxOutputTokens: 100,
});

/** The keys of one answer, as a person would type them in one go. */
const keysFor = (ask: Ask, random: Random): string => {
	switch (ask.kind) {
		case 'plan':
			return 'a';
		case 'call':
		case 'network':
			return ask.grant === undefined
				? random.pick(['a', 'dbetter not a A 1\r'])
				: random.pick(['a', 'd\r', 'A1', 'A2', 'A3', 'A\r', 'Aj\u001b[B\r']);
		case 'question':
			return ask.choices.length > 0 ? random.pick(['1', '2', '\rneither\r']) : random.pick(['\rthe old one\r', 'd\r']);
		case 'blocker':
			return '\rgo round it\r';
		default:
			throw new Error(`Nobody asks for ${ask.kind} here.`);
	}
};

/** The rows of the inbox; undefined when it is not on screen. */
const inboxOf = (screen: readonly string[]): readonly string[] | undefined => {
	const top = screen.findIndex(line => line.startsWith('╭─ Requests ('));
	return top === -1 ? undefined : screen.slice(top + 1).map(line => line.slice(1, -1));
};

const edge = ' │ ';

/** The words of the request whose card is on screen; undefined when none is. A single request has no list beside it. */
const cardOf = (screen: readonly string[]): string | undefined => inboxOf(screen)?.[0]?.split(edge).at(-1)?.trim();

/** What a card and a list show of an ask: its number, or that it is the plan's. */
const nameOf = (text: string): string | undefined => /(?<=#|host-)\d{4}|approve the plan/.exec(text)?.[0];

const nameOfAsk = (ask: Ask): string | undefined =>
	nameOf(ask.kind === 'plan' ? 'approve the plan' : JSON.stringify(ask));

test('of 1,000 requests from 30 agents each is shown in time and answered by key once, though the window comes and goes', async () => {
	const random = createRandom(20_261_121);
	const dir = mkdtempSync(join(tmpdir(), 'flotilla-requests-'));
	const clock = createManualClock();
	const log = createEventLog(openDatabase(join(dir, 'flotilla.db')));
	const defects: unknown[] = [];
	const asksOf = (nth: number): number =>
		Math.floor((requestCount - 1) / agentCount) + (nth < (requestCount - 1) % agentCount ? 1 : 0);
	const engine = createEngine({
		log,
		hands: askingHands(random, asksOf),
		clock,
		redact: message => message,
		onDefect: error => void defects.push(error),
	});
	onTestFinished(async () => {
		await engine.stop();
		log.close();
		rmSync(dir, {recursive: true, force: true});
	});
	const answers: RequestId[] = [];
	const refused: string[] = [];
	const port: FleetPort = {
		...engine,
		send: async command => {
			const rejection = await engine.send(command);
			if (command.type === 'request.answer') answers.push(command.requestId);
			if (rejection !== undefined) refused.push(`${command.type}: ${rejection.message}`);
			return rejection;
		},
	};
	await engine.send({
		type: 'run.create',
		runId,
		goal: 'Ask a great deal',
		settings: {
			...settings,
			standing: {plan: false, edits: false, calls: false},
			maxParallel: agentCount + 2,
			verification: 'off',
			roles: {planner: role('planner'), worker: role('worker')},
		},
	});
	for (const objective of families)
		await engine.send({type: 'agent.create', runId, role: 'worker', objective, tier: undefined});

	const run = (): Run => {
		const now = engine.run(runId);
		if (now === undefined) throw new Error('The run is open.');
		return now;
	};
	const isOver = (): boolean => run().status.kind === 'ended';
	const shown = new Set<string>();
	const answered = new Set<string>();
	let windows = 0;

	/** What is on screen is open, and nothing that has been open for long is missing from it. */
	const look = (robot: Robot): string | undefined => {
		const screen = robot.screen();
		const counted = Number(/Requests \((\d+)\)/.exec(screen.join('\n'))?.[1]);
		const due = openRequests(run()).filter(({openedAt}) => openedAt <= clock.now() - shownMs);
		expect(counted).toBeGreaterThanOrEqual(due.length);
		const listed = (inboxOf(screen) ?? []).flatMap(line =>
			line.includes(edge) ? (nameOf(line.split(edge)[0] ?? '') ?? []) : [],
		);
		expect(new Set(listed).size).toBe(listed.length);
		for (const name of listed) expect([name, answered.has(name)]).toEqual([name, false]);
		const card = cardOf(screen);
		const name = card === undefined ? undefined : nameOf(card);
		if (name === undefined) return undefined;
		expect([name, answered.has(name)]).toEqual([name, false]);
		shown.add(name);
		return name;
	};

	const withWindow = async (most: number): Promise<void> => {
		const answerDelayMs = random.pick([0, 300]);
		const robot = createRobot({port, runId, clock, columns: 160, rows: 30, answerDelayMs});
		windows++;
		await robot.sees('flotilla');
		for (let given = 0; given < most && !isOver(); ) {
			if (cardOf(robot.screen()) === undefined) {
				await robot.press('w');
				if (cardOf(robot.screen()) === undefined) {
					await robot.wait(100);
					continue;
				}
			}
			// A person reads before a key answers what came by itself; by then all that came before is on screen.
			await robot.wait(shownMs);
			const name = look(robot);
			const request = openRequests(run()).find(({ask}) => name !== undefined && nameOfAsk(ask) === name);
			if (request === undefined) continue;
			await robot.type(keysFor(request.ask, random));
			if (answerDelayMs > 0) {
				expect([name, requestIn(run(), request.id)?.status.kind]).toEqual([name, 'open']);
				if (random.chance(0.1)) {
					// What was being entered stands in its field again.
					await robot.press('z', 'esc');
					continue;
				}
				// Leaving sends what waits.
				if (random.chance(0.01)) {
					answered.add(name ?? '');
					break;
				}
				await robot.wait(answerDelayMs);
			}
			expect([name, requestIn(run(), request.id)?.status.kind]).toEqual([name, 'answered']);
			answered.add(name ?? '');
			given++;
		}
		// Half of the windows go while something is being typed.
		if (!isOver() && random.chance(0.5)) await robot.type('d and then');
		await robot.leave();
	};
	while (!isOver()) await withWindow(60 + random.below(120));

	const events: readonly Stamped[] = [...log.after({after: 0, runId})];
	const ofType = (type: Stamped['event']['type']): readonly RequestId[] =>
		events.flatMap(({event}) => (event.type === type && 'requestId' in event ? [event.requestId] : []));
	const opened = ofType('request.opened');
	expect(defects).toEqual([]);
	expect(refused).toEqual([]);
	expect(windows).toBeGreaterThan(5);
	expect(opened).toHaveLength(requestCount);
	expect(shown.size).toBe(requestCount);
	for (const type of ['request.answered', 'request.seen'] as const) {
		expect(ofType(type).toSorted()).toEqual(opened.toSorted());
		expect(new Set(ofType(type)).size).toBe(requestCount);
	}
	expect(answers.toSorted()).toEqual(opened.toSorted());
	expect(events.some(({event}) => event.type === 'request.answered' && event.by !== 'person')).toBe(false);
	const askers = run().agents.filter(({assignment}) => assignment.kind === 'task' || assignment.kind === 'part');
	expect(askers).toHaveLength(agentCount);
	expect(Math.max(...askers.map(({depth}) => depth))).toBe(4);
}, 300_000);
