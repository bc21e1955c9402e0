import {setTimeout as sleep} from 'node:timers/promises';
import type {Renderer} from '../source/boot/renderer.ts';
import type {PtyTerminal} from '../test/support/pty-terminal.ts';
import {startModel} from './contest.ts';
import {reportGoals} from './goal.ts';
import {lastPart, lengthenStory} from './long-story.ts';
import {median, quantile} from './median.ts';
import {fillEngine, type OpenEngine, openEngine} from './open-engine.ts';
import {type WatchFigures, watchTerminal} from './watch-terminal.ts';
import {openWindow} from './window.ts';

const events = 100_000;
/** An agent speaks longer than it is watched, s. */
const streamS = 300;
const loads = [
	{agents: 50, deltasPerSecond: 50},
	{agents: 200, deltasPerSecond: 20},
	{agents: 1000, deltasPerSecond: 4},
] as const;

/** With more of them Ink does not come to a rest. */
const inkAgentsMax = 50;

const [pageUp, pageDown, home, end] = ['\u001b[5~', '\u001b[6~', '\u001b[H', '\u001b[F'] as const;
const keys = [...Array.from({length: 40}, () => pageUp), home, ...Array.from({length: 40}, () => pageDown), end, home];

/** What is told of the agent, without what counts around it. */
const told = (screen: readonly string[]): string => screen.slice(4, -5).join('\n');

/** ms from a key to another page on the screen. */
const turnPage = async (terminal: PtyTerminal, key: string): Promise<number> => {
	const before = told(terminal.screen());
	const began = performance.now();
	terminal.press(key);
	await terminal.until(screen => told(screen.split('\n')) !== before, 5000);
	return performance.now() - began;
};

type StoryFigures = WatchFigures & {
	readonly firstMs: number;
	/** Until all of the history was read, so that there is a log. */
	readonly readMs: number;
	readonly openMs: number;
	readonly pages: readonly number[];
	readonly loopMs: number;
};

const measure = async (
	engine: OpenEngine,
	runId: string,
	agents: number,
	renderer: Renderer,
): Promise<StoryFigures> => {
	const began = performance.now();
	const {terminal, firstMs, probe, leave} = await openWindow(engine, runId, `working ${agents} `, renderer);
	await terminal.until(screen => !screen.includes('reading, '));
	const readMs = performance.now() - began;
	// Whoever has ended is folded, and stands last.
	terminal.press('2u');
	await terminal.until('scout-1 ');
	terminal.press('G');
	await sleep(500);
	const asked = performance.now();
	terminal.press('\r');
	await terminal.until(`Part ${lastPart(events)}`);
	const openMs = performance.now() - asked;
	await sleep(1000);
	const pages: number[] = [];
	for (const key of keys) {
		pages.push(await turnPage(terminal, key));
		await sleep(30);
	}
	probe();
	const watched = await watchTerminal(terminal);
	const {loopMs} = await leave();
	return {firstMs, readMs, openMs, pages, ...watched, loopMs};
};

const besides = ({openMs, pages, cpu, loopMs, kbPerSecond, rssMb}: StoryFigures): string =>
	`; painted by Ink: opened in ${openMs.toFixed(0)} ms, p50 ${median(pages).toFixed(0)} ms, p99 ${quantile(pages, 0.99).toFixed(0)} ms, ${cpu.toFixed(0)} % of a core, loop p99 ${loopMs.toFixed(0)} ms, ${kbPerSecond.toFixed(0)} KB/s, ${rssMb.toFixed(0)} MB`;

/** The window with the long story of one agent open while others stream, with few of them beside the same painted by Ink. */
export const benchStory = async (): Promise<boolean> => {
	let met = true;
	for (const {agents, deltasPerSecond} of loads) {
		const server = await startModel(1000, deltasPerSecond * streamS, deltasPerSecond);
		const engine = openEngine(server.url);
		try {
			const runId = await fillEngine(engine, agents + 1, agents);
			await lengthenStory(engine, runId, 'scout-1', {events, active: agents});
			const canvas = await measure(engine, runId, agents, 'canvas');
			const ink = agents <= inkAgentsMax ? besides(await measure(engine, runId, agents, 'ink')) : '';
			const {firstMs, readMs, openMs, pages, cpu, loopMs, kbPerSecond, clears, rssMb} = canvas;
			met =
				reportGoals(
					`a story of ${events.toLocaleString('en')} events open at 200×50 while ${agents} agents stream ${deltasPerSecond} pieces/s each`,
					[
						{what: 'opened at its end', value: openMs, most: 200, unit: 'ms'},
						{what: 'key to the next page, p50', value: median(pages), most: 25, unit: 'ms'},
						{what: 'key to the next page, p99', value: quantile(pages, 0.99), most: 50, unit: 'ms'},
						{what: 'processor, of one core', value: cpu, most: 10, unit: '%'},
						{what: 'event loop held up, p99', value: loopMs, most: 10, unit: 'ms'},
						{what: 'written', value: kbPerSecond, most: 130, unit: 'KB/s'},
						{what: 'screens cleared', value: clears, most: 0, unit: 'times'},
						{what: 'memory', value: rssMb, most: 250, unit: 'MB'},
					],
					`the first whole screen of the window ${firstMs.toFixed(0)} ms, all of its history read after ${readMs.toFixed(0)} ms${ink}`,
				) && met;
		} finally {
			engine.close();
			server.stop();
		}
	}
	return met;
};
