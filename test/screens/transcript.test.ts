import {afterEach, describe, expect, test} from 'vitest';
import type {AgentId} from '../../source/domain/id.ts';
import type {FleetPort} from '../../source/engine/port.ts';
import {noOutside, type Outside} from '../../store/outside.ts';
import {makeEvents} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {createMemoryFleet} from '../support/memory-fleet.ts';
import {createRobot, type Robot} from '../support/robot.tsx';
import {openRobot, sizes} from './open-robot.ts';

const robots: Robot[] = [];

afterEach(async () => {
	for (const robot of robots.splice(0)) if (!robot.isClosed()) await robot.leave();
});

const many = 3000;

/** A window in the transcript of an agent at work, with a long story in it. */
const open = async (size = {columns: 80, rows: 24}, outside: Partial<Outside> = {}) => {
	const made = makeEvents();
	const last = made.at(-1);
	if (last === undefined) throw new Error('The made run has events.');
	const [agentId] = made.flatMap(({event}) =>
		event.type === 'agent.created' && event.name === 'analyst-1' ? [event.agentId] : [],
	);
	if (agentId === undefined) throw new Error('The made run has agents.');
	const tell = (n: number): string => `Story ${n}${n % 1000 === 7 ? ' of a walrus' : ''}.`;
	const story = Array.from({length: many}, (_, n) => ({
		...last,
		seq: last.seq + 1 + n,
		event: {type: 'agent.messaged', agentId, messageId: `message_x_${n}`, text: tell(n), from: 'engine'} as const,
	}));
	const clock = createManualClock(last.at + 1000);
	const fleet = createMemoryFleet([...made, ...story], clock.now);
	/** Answers that wait to be given, when there is a place for them. */
	const history: {held: (() => void)[] | undefined} = {held: undefined};
	const port: FleetPort = {
		...fleet.port,
		history: async query => {
			const {held} = history;
			if (held !== undefined) await new Promise<void>(answer => held.push(answer));
			return fleet.port.history(query);
		},
	};
	const robot = createRobot({
		port,
		runId: fleet.run().id,
		clock,
		...size,
		outside: borrow => ({...noOutside, page: (_, text) => borrow(() => Promise.resolve(text)), ...outside}),
	});
	robots.push(robot);
	await robot.sees('flotilla');
	await robot.press('2');
	for (let i = 0; i < 20 && !/❯ . analyst-1/.test(robot.screen().join('\n')); i++) await robot.press('j');
	await robot.press('enter');
	await robot.sees(`Story ${many - 1}.`);
	return {robot, fleet, agentId, history};
};

const say = (fleet: ReturnType<typeof createMemoryFleet>, agentId: AgentId, text: string) =>
	fleet.port.send({type: 'agent.message', runId: fleet.run().id, agentId, text});

describe.each(sizes)('a long transcript at $columns×$rows', size => {
	test('is read from its first event to its last', async () => {
		const {robot} = await open(size);
		await robot.press('g');
		await robot.sees('❯ brief');
		await robot.seesNo(`Story ${many - 1}.`);
		await robot.press('G');
		await robot.sees(`Story ${many - 1}.`);
		await robot.press('pageup', 'k', 'pagedown', 'j');
		await robot.sees(`Story ${many - 1}.`);
	});
});

test('scrolling passes everything once, page by page', async () => {
	const {robot} = await open();
	await robot.press('g');
	await robot.sees('❯ brief');
	const seen = new Set<number>();
	const look = (): void => {
		for (const [, n] of robot
			.screen()
			.join('\n')
			.matchAll(/Story (\d+)/g))
			seen.add(Number(n));
	};
	look();
	for (let i = 0; i < 2000 && !seen.has(many - 1); i++) {
		await robot.press('pagedown');
		look();
	}
	expect(seen.size).toBe(many);
});

test('who does not follow is told how much is new, and comes back to it', async () => {
	const {robot, fleet, agentId} = await open();
	await robot.press('f');
	await say(fleet, agentId, 'one');
	await say(fleet, agentId, 'two');
	await robot.wait(100);
	await robot.sees('↓ 2 new below');
	await robot.seesNo('two');
	await robot.press('f');
	await robot.sees('two');
	await robot.seesNo('new below');
});

test('a search goes through the whole history, round and round', async () => {
	const {robot} = await open();
	await robot.press('/');
	await robot.type('WALRUS\r');
	await robot.sees('Story 2007 of a walrus');
	await robot.press('N');
	await robot.sees('Story 1007 of a walrus');
	await robot.press('N');
	await robot.sees('Story 7 of a walrus');
	await robot.press('N');
	await robot.sees('Story 2007 of a walrus');
	await robot.press('n');
	await robot.sees('Story 7 of a walrus');
	await robot.press('/');
	await robot.type(' herd\r');
	await robot.sees('"WALRUS herd" is not in this transcript.');
});

test('a search goes at once to the nearest match from the place on, and marks it while it is typed', async () => {
	const {robot} = await open();
	await robot.press('g');
	await robot.sees('❯ brief');
	await robot.press('/');
	await robot.type('Story 2');
	await robot.sees(/1 of \d+ for Story 2 near here/);
	await robot.press('enter');
	await robot.sees(/▌ +Story 2\./);
	await robot.press('n');
	await robot.sees(/▌ +Story 20\./);
	// From here it is looked for further down, beyond what is loaded.
	await robot.press('/', 'ctrl+u');
	await robot.type('Story 1007');
	await robot.sees('no match for Story 1007 near here');
	await robot.press('enter');
	await robot.sees('Story 1007 of a walrus');
	// Behind the last match it is the nearest before.
	await robot.press('/', 'ctrl+u');
	await robot.type('Story 7 of\r');
	await robot.sees(/▌ +Story 7 of a walrus/);
});

test('the screen stays as it is until the match that was found elsewhere has come', async () => {
	const {robot, history} = await open();
	await robot.press('g');
	await robot.sees('❯ brief');
	await robot.press('/');
	await robot.type('walrus\r');
	await robot.sees(/▌ +Story 7 of a walrus/);
	history.held = [];
	await robot.press('n');
	// Where the match is, and then what is around it, is asked for one after the other.
	for (let i = 0; i < 20 && !/Story 1007/.test(robot.screen().join()); i++) {
		await robot.sees(/▌ +Story 7 of a walrus/);
		for (const answer of history.held.splice(0)) answer();
		await robot.wait(100);
	}
	await robot.sees(/▌ +Story 1007 of a walrus/);
});

test('leaving a search ends the search first, where it has led, and then the transcript', async () => {
	const {robot} = await open();
	await robot.press('/');
	await robot.type('walrus\r');
	await robot.sees(/\d of \d for walrus/);
	await robot.press('esc');
	await robot.seesNo('for walrus');
	await robot.sees(/▌ +Story 2007 of a walrus/);
	await robot.press('n');
	await robot.sees('Nothing is searched for');
	await robot.press('/');
	await robot.type('berth');
	await robot.press('esc');
	await robot.sees(/▌ +Story 2007 of a walrus/);
	await robot.press('esc');
	await robot.seesNo('Story');
	await robot.sees('▸ 2 agents');
});

test('turns, calls and errors are gone to from anywhere', async () => {
	const {robot} = await open();
	await robot.press('[');
	await robot.sees(/▌── turn \d/);
	await robot.press('}');
	await robot.sees(/▌. \S+ .* · ok/);
	await robot.press('enter');
	await robot.sees('export const berth1');
	await robot.press('enter');
	await robot.seesNo('export const berth1');
	await robot.press('O');
	await robot.sees('export const berth1');
	await robot.press('!');
	await robot.sees('Nothing went wrong in this transcript.');
	await robot.press('t');
	await robot.sees(/thought, \d+ line/);
});

test('the footer says what Enter does with the call at the bar, and nothing while a match holds it open', async () => {
	const {robot} = await open({columns: 120, rows: 40});
	await robot.press('g', '}');
	await robot.sees(/▌. \S+ .* · ok/);
	await robot.sees('Enter unfold');
	await robot.press('enter');
	await robot.sees('Enter fold');
	await robot.press('enter');
	await robot.sees('Enter unfold');
	await robot.press('/');
	await robot.type('export const berth1\r');
	await robot.sees(/1 of \d+ for export const berth1/);
	await robot.seesNo(/Enter (un)?fold/);
	await robot.press('enter');
	await robot.sees('It stays unfolded as long as what you search for stands in it.');
	await robot.press('esc');
	await robot.sees('Enter unfold');
});

test('the title names the turn at the bar, wherever it stands on the screen', async () => {
	const {robot} = await openRobot({steps: 15}, {columns: 120, rows: 40});
	robots.push(robot);
	await robot.press('2', 'g', 'enter', 'g', ']');
	await robot.sees(/▌── turn 1\b/);
	await robot.sees('turn 1 of 2');
	await robot.press(']');
	await robot.sees(/▌── turn 2\b/);
	await robot.sees('── turn 1');
	await robot.sees('turn 2 of 2');
});

test('what stands at the bar is copied as it was said', async () => {
	const copied: string[] = [];
	const {robot} = await open(undefined, {
		copy: text => {
			copied.push(text);
			return Promise.resolve({kind: 'copied', text: 'to the clipboard'});
		},
	});
	await robot.press('y');
	await robot.sees('Copied what stands at the bar');
	expect(copied).toEqual([`Story ${many - 1}.`]);
	await robot.press('Y');
	await robot.sees('There is no code and no command above.');
});

test('the whole transcript is opened in the pager, and the window comes back', async () => {
	let shown = '';
	const {robot} = await open(undefined, {
		page: (name, text) => {
			shown = `${name}\n${text}`;
			return Promise.resolve(undefined);
		},
	});
	await robot.press('|');
	await expect.poll(() => shown).toContain(`Story ${many - 1}.`);
	expect(shown).toMatch(/^transcript\.md\n# .*\n\n## Brief/);
	expect(shown).toContain('Story 0.');
	await robot.sees(`Story ${many - 1}.`);
});
