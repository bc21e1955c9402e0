import {afterEach, describe, expect, test} from 'vitest';
import type {RunEvent} from '../../source/domain/event.ts';
import type {RobotOptions} from '../support/robot.tsx';
import type {Size} from './open-robot.ts';
import {openSteered, type Steered} from './steered.ts';

const opened: Steered[] = [];

afterEach(async () => {
	for (const {robot} of opened.splice(0)) if (!robot.isClosed()) await robot.leave();
});

const address = `https://harbour.example/${'berth/'.repeat(40)}?of=pier&side=north#end`;

const told: readonly RunEvent[] = [
	{
		type: 'agent.messaged',
		agentId: 'agent_made01_3',
		messageId: 'message_made01_1',
		from: 'engine',
		text: `Read ${address} first.`,
	},
];

const sizes: readonly Size[] = [
	{columns: 60, rows: 20},
	{columns: 80, rows: 24},
	{columns: 200, rows: 60},
];

/** A transcript in which an address was told. */
const open = async (size: Size, options: Partial<RobotOptions> = {}): Promise<Steered['robot']> => {
	const steered = await openSteered(size, {steps: 3}, told, options);
	opened.push(steered);
	const {robot} = steered;
	await robot.press('2');
	for (let i = 0; i < 10 && !/❯ . writer-1/.test(robot.screen().join('\n')); i++) await robot.press('j');
	await robot.press('enter');
	await robot.sees('flotilla');
	await robot.sees(/Read/);
	return robot;
};

/** What stands in the cells of the links that were written. */
const textOf = (robot: Steered['robot']): string =>
	robot
		.links()
		.map(({y, from, to}) => robot.screen()[y]?.slice(from, to) ?? '')
		.join('');

describe.each(sizes)('an address in a transcript at $columns×$rows', size => {
	test('is one link for the terminal, however many rows it takes', async () => {
		const robot = await open(size);
		const links = robot.links();
		expect(links.length).toBeGreaterThan(1);
		expect(new Set(links.map(link => link.address))).toEqual(new Set([address]));
		expect(new Set(links.map(link => link.id)).size).toBe(1);
		expect(links.map(({y, from, to}) => robot.screen()[y]?.slice(from, to)).join('')).toBe(address);
	});

	test('is the same in the cells that Ink shows', async () => {
		const [painted, inked] = await Promise.all([open(size), open(size, {renderer: 'ink'})]);
		expect(painted.cells()).toEqual(inked.cells());
		expect(textOf(inked)).toContain(address);
	});
});

test('without colour an address is a link, and for a screen reader or a terminal that knows none it is text', async () => {
	const size = {columns: 80, rows: 24};
	expect((await open(size, {noColor: true})).links()).not.toEqual([]);
	expect((await open(size, {links: false})).written()).not.toContain('\u001b]8');
	expect((await open(size, {screenReader: true})).written()).not.toContain('\u001b]8');
});
