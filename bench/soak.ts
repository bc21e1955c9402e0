import {setTimeout as pass} from 'node:timers/promises';
import {startModel} from './contest.ts';
import {reportGoals} from './goal.ts';
import {median} from './median.ts';
import {fillEngine, openEngine, readProcess} from './open-engine.ts';
import {openWindow} from './window.ts';

const minutes = Number(process.env['SOAK_MINUTES'] ?? '30');
const active = Number(process.env['SOAK_AGENTS'] ?? '50');
const registered = Math.max(100, active);
/** One sample of so many is told. */
const toldOf = 4;

/** Whether an engine whose agents stream for half an hour, and windows on it, stay as they are. Not among the usual parts: it is named. */
export const benchSoak = async (): Promise<boolean> => {
	const server = await startModel(100_000, 1200, 20);
	const engine = openEngine(server.url);
	try {
		const runId = await fillEngine(engine, registered, active);
		const panes = await openWindow(engine, runId, `working ${active} `);
		const transcript = await openWindow(engine, runId, `working ${active} `);
		transcript.terminal.press('2\r');
		await transcript.terminal.until('t thinking');
		const pids = {engine: engine.pid(), panes: panes.terminal.pid, transcript: transcript.terminal.pid};
		const watched = Object.entries(pids).map(([name, pid]) => ({
			name,
			pid,
			samples: [] as number[],
			began: readProcess(pid).cpuMs,
		}));
		for (let minute = 0; minute < minutes; minute += 0.5) {
			await pass(30_000);
			for (const {pid, samples} of watched) samples.push(readProcess(pid).rssMb);
		}
		const figures = watched.map(({name, pid, samples, began}) => {
			const third = Math.floor(samples.length / 3);
			const [first, last] = [median(samples.slice(0, third)), median(samples.slice(-third))];
			const cpu = ((readProcess(pid).cpuMs - began) / (minutes * 60_000)) * 100;
			const series = samples.filter((_, i) => i % toldOf === toldOf - 1).map(mb => mb.toFixed(0));
			const words = `${name} ${first.toFixed(0)} MB, then ${last.toFixed(0)}, on the way ${series.join(' ')}; ${cpu.toFixed(0)} % of a core`;
			return {name, growth: last / first, words};
		});
		await panes.leave();
		await transcript.leave();
		return reportGoals(
			`an engine with ${registered} agents, ${active} of them streaming for ${minutes} minutes, a window on the panes and one on a transcript`,
			figures.map(({name, growth}) => ({
				what: `memory of the last third against the first, ${name}`,
				value: growth,
				most: 1.15,
				unit: '×',
			})),
			figures.map(({words}) => words).join('; '),
		);
	} finally {
		engine.close();
		server.stop();
	}
};
