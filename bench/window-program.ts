import {runTui} from '../source/boot/run-tui.tsx';
import type {FleetPort, Listener} from '../source/engine/port.ts';
import {makeEvents, makeRun} from '../test/support/make-run.ts';

/** The window over a run whose agents all stream, as a program of its own for a pseudo-terminal. */
const [agents = 50, deltasPerSecond = 50] = process.argv.slice(2).map(Number);
const options = {agents, steps: 12, stage: 'working'} as const;
const events = makeEvents(options);
const run = makeRun(options);

const stream = (listener: Listener): void => {
	for (const agent of run.agents) {
		let n = 0;
		setInterval(() => {
			n++;
			listener.onSignal({
				type: 'turn.delta',
				runId: run.id,
				agentId: agent.id,
				turnId: agent.turn?.id ?? `turn_${agent.id}`,
				kind: 'text',
				text: n % 12 === 0 ? `and so on.\nLine ${n} of ${agent.name}: ` : 'some words ',
			});
		}, 1000 / deltasPerSecond);
	}
};

const port: FleetPort = {
	send: () => Promise.resolve(undefined),
	subscribe: (_, listener) => {
		listener.onEvents(events);
		stream(listener);
		return () => {};
	},
	history: ({agentId}) => Promise.resolve(events.filter(({event}) => 'agentId' in event && event.agentId === agentId)),
	runs: () => Promise.resolve([]),
};

await runTui({
	port,
	runId: run.id,
	stdin: process.stdin,
	stdout: process.stdout,
	noColor: false,
	screenReader: false,
	reducedMotion: false,
});
process.exit(0);
