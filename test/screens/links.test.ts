import {afterEach, describe, expect, test} from 'vitest';
import type {RunEvent} from '../../source/domain/event.ts';
import {noOutside} from '../../store/outside.ts';
import {everyAsk} from '../panes/asking.ts';
import {fileCalls} from '../support/file-calls.ts';
import type {MakeRunOptions} from '../support/make-run.ts';
import type {RobotOptions} from '../support/robot.tsx';
import {type Size, sizes} from './open-robot.ts';
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

test('in the whole line of an event an address is a link, too', async () => {
	const said = told.map(event => ({...event, from: 'person'}) as const);
	const steered = await openSteered({columns: 120, rows: 40}, {steps: 3}, said);
	opened.push(steered);
	const {robot} = steered;
	await robot.press('3', 'up', 'space');
	await robot.sees(/#\d+ · \d\d:\d\d:\d\d · agent/);
	await robot.sees('berth/berth');
	expect(textOf(robot)).toContain(address);
});

/** A window whose clipboard is looked into. */
const openCopying = async (more: readonly RunEvent[], shown: string[] = [], made: MakeRunOptions = {steps: 3}) => {
	const copied: string[] = [];
	const steered = await openSteered({columns: 80, rows: 24}, made, more, {
		outside: () => ({
			...noOutside,
			copy: text => {
				copied.push(text);
				return Promise.resolve({kind: 'copied', text: 'to the clipboard'});
			},
			page: (name, text) => {
				shown.push(name, text);
				return Promise.resolve(undefined);
			},
		}),
	});
	opened.push(steered);
	return {...steered, copied};
};

const toWriter = async ({robot}: Steered): Promise<void> => {
	await robot.press('2');
	for (let i = 0; i < 10 && !/❯ . writer-1/.test(robot.screen().join('\n')); i++) await robot.press('j');
	await robot.press('enter');
	await robot.sees('writer-1 · ');
};

describe('copying by key', () => {
	test('takes the link at the bar of a transcript, and asks which when there are several', async () => {
		const one = await openCopying(told);
		await toWriter(one);
		await one.robot.press('L');
		await one.robot.sees(`Copied the link (${address.length} characters) to the clipboard.`);
		expect(one.copied).toEqual([address]);
		const text = 'See https://a.example/1, then https://b.example/2.';
		const two = await openCopying([
			...told,
			{type: 'agent.messaged', agentId: 'agent_made01_3', messageId: 'message_made01_2', from: 'engine', text},
		]);
		await toWriter(two);
		await two.robot.press('L');
		await two.robot.sees('Copy a link');
		await two.robot.press('up', 'enter');
		await two.robot.sees('Copied the link');
		await two.robot.seesNo('Copy a link');
		expect(two.copied).toEqual(['https://a.example/1']);
	});

	test('says so as long as it takes to read it, and then writes nothing more', async () => {
		const {robot} = await openCopying([], [], {stage: 'done'});
		await robot.press('2', 'enter', 'y');
		await robot.sees('Copied');
		await robot.wait(5900);
		await robot.sees('Copied');
		await robot.wait(100);
		await robot.seesNo('Copied');
		robot.written();
		await robot.wait(60_000);
		expect(robot.written()).toBe('');
		expect(robot.clock.waiting()).toBe(0);
	});

	test('says so where there is no link, until a key comes', async () => {
		const steered = await openCopying([]);
		await toWriter(steered);
		await steered.robot.press('L');
		await steered.robot.wait(60_000);
		await steered.robot.sees('There is no link at the bar, and none above.');
		await steered.robot.press('k');
		await steered.robot.seesNo('There is no link');
	});

	test('takes a line, a hunk or the whole change of a file, and shows all of it in the pager', async () => {
		const shown: string[] = [];
		const {robot, copied} = await openCopying(fileCalls, shown);
		await robot.press('d', 'tab', 'enter', 'G', 'y');
		await robot.sees('Copied the line');
		await robot.press('[', 'y');
		await robot.sees('Copied the hunk');
		await robot.press('k', 'y');
		await robot.sees('Copied the diff');
		expect(copied).toEqual([
			'const pier = 7;',
			'const pier = 7;',
			'--- pier.ts\n+++ pier.ts\n@@ -1,1 +1,1 @@\n-const pier = 1;\n+const pier = 7;',
		]);
		await robot.press('|');
		await expect.poll(() => shown[0]).toBe('changes.diff');
		expect(shown[1]).toContain('# scout-1 read · read_file');
		expect(shown[1]).toContain('\n+const chain = 2;\n');
	});

	test('takes the command of a request and what is known of a step, and answers nothing by it', async () => {
		const ask = everyAsk.find(one => one.kind === 'call');
		if (ask?.kind !== 'call') throw new Error('Calls are asked for.');
		const {robot, copied, sent} = await openCopying([
			{type: 'request.opened', requestId: 'request_made01_90', agentId: 'agent_made01_3', stepId: undefined, ask},
		]);
		await robot.press('w', 'y');
		await robot.sees(/Copied the (command|diff)/);
		expect(copied).toEqual([ask.preview.body]);
		await robot.press('esc', '1', 'g', 'space', 'y');
		await robot.sees('Copied what is known of the step');
		expect(copied[1]).toContain('\n\nObjective\n');
		expect(sent()).toBeUndefined();
	});
});
