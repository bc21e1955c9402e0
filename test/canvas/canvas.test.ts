import {describe, expect, onTestFinished, test} from 'vitest';
import {createCanvas} from '../../components/canvas/canvas.ts';
import type {Layer, Screen} from '../../components/screen.ts';
import {drawLine, span} from '../../components/text/spans.ts';
import {createTheme} from '../../components/theme.ts';
import {openHomeRobot} from '../screens/open-home.ts';
import {openRobot, sizes as usualSizes} from '../screens/open-robot.ts';
import {openSteered} from '../screens/steered.ts';
import {homeWays, type Keys, ways} from '../screens/ways.ts';
import {createManualClock} from '../support/manual-clock.ts';
import type {Robot} from '../support/robot.tsx';
import {createTerminal} from '../support/terminal.ts';

const sizes = [{columns: 44, rows: 20}, ...usualSizes];
const renderers = ['canvas', 'ink'] as const;

const layer = (name: string, x: number, y: number, lines: readonly string[]): Layer => ({
	name,
	rect: {x, y, width: lines[0]?.length ?? 0, height: lines.length},
	text: lines.join('\n'),
});

const screenOf = (layers: readonly Layer[], cursor?: Screen['cursor']): Screen => ({
	columns: 10,
	rows: 3,
	layers,
	focus: '',
	cursor,
});

const open = () => {
	const terminal = createTerminal({columns: 10, rows: 3});
	const clock = createManualClock();
	const canvas = createCanvas({terminal: terminal.streams.stdout, now: clock.now, after: clock.after});
	onTestFinished(canvas.close);
	const lines = async (): Promise<readonly string[]> => {
		await new Promise<void>(resolve => terminal.emulator.write('', resolve));
		return [0, 1, 2].map(y => terminal.emulator.buffer.active.getLine(y)?.translateToString() ?? '');
	};
	return {...terminal, clock, canvas, lines};
};

describe('the canvas', () => {
	test.each(sizes)('shows the cells that Ink shows, at $columns × $rows', async size => {
		const [painted, inked] = await Promise.all([
			openRobot({}, {...size, renderer: 'canvas'}),
			openRobot({}, {...size, renderer: 'ink'}),
		]);
		const visits = [
			['2'],
			['enter'],
			['/', 'e', 'enter'],
			['esc', 'esc'],
			['1', 'down', 'enter'],
			['esc'],
			['?'],
			['esc'],
			['q'],
			['n'],
			['3'],
			['4'],
			['2', 'm', 'h', 'i'],
		];
		for (const keys of visits) {
			await painted.robot.press(...keys);
			await inked.robot.press(...keys);
			expect(painted.robot.cells()).toEqual(inked.robot.cells());
			expect(painted.robot.cursor()).toMatchObject({hidden: inked.robot.cursor().hidden});
			if (!inked.robot.cursor().hidden) expect(painted.robot.cursor()).toEqual(inked.robot.cursor());
		}
		await painted.robot.resize(97, 31);
		await inked.robot.resize(97, 31);
		expect(painted.robot.cells()).toEqual(inked.robot.cells());
		await painted.robot.leave();
		await inked.robot.leave();
	});

	/** Shows both at each size; the cells, and the cursor where there is one, must be the same. */
	const compare = async (painted: Robot, inked: Robot): Promise<void> => {
		for (const {columns, rows} of sizes) {
			for (const robot of [painted, inked]) {
				await robot.resize(columns, rows);
				// Ink draws a new size a moment later.
				await robot.wait(100);
			}
			expect(painted.cells()).toEqual(inked.cells());
			expect(painted.cursor()).toMatchObject(inked.cursor().hidden ? {hidden: true} : inked.cursor());
		}
	};

	/** Goes to the same place in both, and compares them there. */
	const compareAt = async ([painted, inked]: readonly Robot[], {keys, sees}: Keys): Promise<void> => {
		if (painted === undefined || inked === undefined) throw new Error('There are two.');
		for (const robot of [painted, inked]) {
			await robot.press(...keys);
			await robot.sees(sees);
		}
		await compare(painted, inked);
	};

	test.each(Object.entries(ways))('shows the cells that Ink shows in the view %s, at every size', async (_, way) => {
		const opened = await Promise.all(
			renderers.map(renderer => openSteered({columns: 97, rows: 31}, way.made, way.more, {renderer})),
		);
		const robots = opened.map(({robot}) => robot);
		await compareAt(robots, way);
		for (const robot of robots) await robot.leave();
	});

	test.each(Object.entries(homeWays))('shows the cells that Ink shows in %s of Home, at every size', async (_, way) => {
		const opened = await Promise.all(renderers.map(renderer => openHomeRobot({renderer}, {columns: 97, rows: 31})));
		await compareAt(
			opened.map(({robot}) => robot),
			way,
		);
	});

	test('writes nothing when nothing changed, and never clears the screen', async () => {
		const {robot} = await openRobot();
		await robot.press('2', 'enter', 'esc', '?', 'esc');
		await robot.resize(120, 40);
		expect(robot.written()).not.toMatch(/\u001b\[[0-3]?J/);
		await robot.press('2', '2', '2');
		expect(robot.written()).toBe('');
		await robot.leave();
	});

	test('paints only what differs', async () => {
		const {canvas, written, lines} = open();
		canvas.stream.write('\u001b[?1049h');
		const below = layer('below', 0, 0, ['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc']);
		canvas.show(screenOf([below]), true);
		expect(await lines()).toEqual(['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc']);
		written();
		canvas.show(screenOf([below, layer('over', 3, 1, ['XYZ'])]), true);
		expect(await lines()).toEqual(['aaaaaaaaaa', 'bbbXYZbbbb', 'cccccccccc']);
		expect(written()).not.toContain('a');
		canvas.show(screenOf([layer('below', 0, 0, ['aaaaaaaaaa', 'bbbbbbbbbb', 'ccccccccCc'])]), true);
		expect(await lines()).toEqual(['aaaaaaaaaa', 'bbbbbbbbbb', 'ccccccccCc']);
	});

	test('closes a link where another layer covers a part of it, and opens all of it again', async () => {
		const {canvas, links, lines} = open();
		canvas.stream.write('\u001b[?1049h');
		const theme = createTheme({color: true, links: true});
		const line = drawLine(theme, [span('a '), {...span('harbour'), link: 'https://a.example/'}, span('!')], 10);
		const blank = ' '.repeat(10);
		const below = {...layer('below', 0, 0, [blank, line, blank]), rect: {x: 0, y: 0, width: 10, height: 3}};
		const seen = async (...layers: readonly Layer[]) => {
			canvas.show(screenOf(layers), true);
			return {row: (await lines())[1], links: links().map(({address, y, from, to}) => [address, y, from, to])};
		};
		const whole = {row: 'a harbour!', links: [['https://a.example/', 1, 2, 9]]};
		expect(await seen(below)).toEqual(whole);
		expect(await seen(below, layer('over', 4, 1, ['XYZ']))).toEqual({
			row: 'a haXYZur!',
			links: [
				['https://a.example/', 1, 2, 4],
				['https://a.example/', 1, 7, 9],
			],
		});
		expect(await seen(below)).toEqual(whole);
		expect(await seen(below, layer('over', 0, 1, ['XYZXYZXYZ']))).toEqual({row: 'XYZXYZXYZ!', links: []});
		const other = {...below, text: below.text.replace('a.example', 'b.example')};
		expect(await seen(below)).toEqual(whole);
		expect(await seen(other)).toEqual({...whole, links: [['https://b.example/', 1, 2, 9]]});
	});

	test('keeps a link in its columns behind signs on whose width terminals disagree', async () => {
		const {canvas, emulator, links, lines} = open();
		canvas.stream.write('\u001b[?1049h');
		const theme = createTheme({color: true, links: true});
		const line = drawLine(theme, [span('\u{1fae8}'), {...span('ab'), link: 'https://a.example/'}, span('    │')], 9);
		canvas.show(screenOf([{...layer('all', 0, 0, ['']), rect: {x: 0, y: 0, width: 9, height: 1}, text: line}]), true);
		await lines();
		expect(links().map(({address}) => address)).toEqual(['https://a.example/']);
		expect(emulator.buffer.active.getLine(0)?.getCell(8)?.getChars()).toBe('│');
	});

	test('what no layer fills is blank', async () => {
		const {canvas, lines} = open();
		canvas.stream.write('\u001b[?1049h');
		canvas.show(screenOf([layer('one', 4, 1, ['here'])]), true);
		expect(await lines()).toEqual(['          ', '    here  ', '          ']);
	});

	test('leaves the terminal to others outside of the alternate screen, and paints all when it comes back', async () => {
		const {canvas, written, lines} = open();
		const screen = screenOf([layer('all', 0, 0, ['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc'])], {x: 2, y: 1});
		canvas.stream.write('\u001b[?1049h');
		canvas.show(screen, true);
		canvas.stream.write('\u001b[?1049l');
		expect(written()).toMatch(/\u001b\[\?25h$/);
		canvas.show(screenOf([layer('all', 0, 0, ['dddddddddd', 'bbbbbbbbbb', 'cccccccccc'])]), true);
		expect(written()).toBe('');
		canvas.stream.write('\u001b[?1049h');
		expect(await lines()).toEqual(['dddddddddd', 'bbbbbbbbbb', 'cccccccccc']);
	});

	test('lets modes of Ink through, and neither its frames nor its cursor', () => {
		const {canvas, written} = open();
		canvas.stream.write('\u001b[?1049h\u001b[?25l\u001b[?2004h\u001b[?u\u001b[>1u');
		canvas.stream.write('\u001b[?2026h\u001b[2J\u001b[Htext\n\u001b[?2026l\u001b[<u');
		expect(written()).toBe('\u001b[?1049h\u001b[?2004h\u001b[?u\u001b[>1u\u001b[<u');
		canvas.stream.write('\u001b[?2004l\u001b[?1049l');
		// A tmux that was made wider must find nothing there that it could keep.
		expect(written()).toContain('\u001b[?2004l\u001b[H\u001b[J\u001b[?1049l');
	});

	test('keeps borders in their columns behind signs on whose width terminals disagree', async () => {
		const {canvas, emulator, lines} = open();
		canvas.stream.write('\u001b[?1049h');
		// This emulator takes the emoji for one column, the program for two.
		canvas.show(
			screenOf(
				[layer('all', 0, 0, ['\u{1fae8} ab    │'.padEnd(9), '         │', '         │'])].map(one => ({
					...one,
					rect: {...one.rect, width: 10},
				})),
			),
			true,
		);
		await lines();
		const last = [0, 1, 2].map(y => emulator.buffer.active.getLine(y)?.getCell(9)?.getChars());
		expect(last).toEqual(['│', '│', '│']);
	});

	test('paints all again when it is told that the terminal may show something else', async () => {
		const {canvas, emulator, lines} = open();
		canvas.stream.write('\u001b[?1049h');
		canvas.show(screenOf([layer('all', 0, 0, ['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc'])]), true);
		emulator.write('\u001b[2J');
		canvas.repaint();
		expect(await lines()).toEqual(['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc']);
	});

	test('lets a slow terminal rest, but not while a person waits', () => {
		const clock = createManualClock();
		const {streams, written} = createTerminal({columns: 10, rows: 3});
		// Each write takes 100 ms.
		const write = streams.stdout.write.bind(streams.stdout);
		const slow = Object.assign(streams.stdout, {
			write: (chunk: string) => {
				clock.advance(100);
				return write(chunk);
			},
		});
		const canvas = createCanvas({terminal: slow, now: clock.now, after: clock.after});
		const say = (words: string): Screen => screenOf([layer('all', 0, 0, [words, words, words])]);
		canvas.stream.write('\u001b[?1049h');
		canvas.show(say('one       '), false);
		written();
		canvas.show(say('two       '), false);
		canvas.show(say('three     '), false);
		expect(written()).toBe('');
		canvas.show(say('key       '), true);
		expect(written()).toContain('key');
		canvas.show(say('four      '), false);
		clock.advance(400);
		expect(written()).toContain('four');
		canvas.close();
	});
});
