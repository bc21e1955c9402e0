import {isEnded} from '../source/domain/agent.ts';
import {noFacts} from '../store/facts.ts';
import {readingLeft} from '../store/shown-request.ts';
import type {FleetWindow} from '../store/window.ts';
import {createDrawLoop, type DrawLoop, type Timer} from './draw-loop.ts';
import type {Painter} from './painter.ts';
import {agentState} from './parts/agent-state.ts';

type FrameLoopParts = {
	readonly window: FleetWindow;
	readonly paint: Painter;
	readonly after: Timer;
	/** ms since 1970. */
	readonly now: () => number;
	readonly reducedMotion: boolean;
	/** It is read aloud. */
	readonly spoken?: boolean;
	readonly columns: number;
	readonly rows: number;
};

/** How often the screen is drawn for the sake of glyphs that move, and of ages that count up; ms. */
const movingMs = 250;
const countingMs = 1000;
/** What is read aloud begins anew each time, so that ages alone are a reason only now and then. */
const readingMs = 60_000;

/** The frames of the window on a run. */
export const createFrameLoop = ({
	window,
	paint,
	after,
	now,
	reducedMotion,
	spoken = false,
	...size
}: FrameLoopParts): DrawLoop => {
	const {fleet, ui} = window;
	const agesMs = spoken ? readingMs : countingMs;

	/** Until what moves or counts up is to move on. */
	const motionMs = (): number | undefined => {
		const run = fleet.run();
		const {rates} = fleet.state.getState();
		if (run !== undefined && run.status.kind !== 'ended') {
			const at = now();
			const works = run.agents.some(agent => agentState(run, agent, at).mark === 'working');
			if (works && !reducedMotion && !spoken) return movingMs;
			if (run.agents.some(agent => !isEnded(agent))) return agesMs;
		}
		// The last measurement must not stand there for ever.
		return rates.tokensPerSecond > 0 ? agesMs : undefined;
	};

	const tickMs = (): number | undefined => {
		// Keys that may not answer yet say so, until they may.
		const reading = readingLeft(ui.getState(), now());
		const motion = motionMs();
		return reading === undefined ? motion : Math.min(reading, motion ?? reading);
	};

	return createDrawLoop({
		paint: (columns, rows) =>
			paint({
				ui: ui.getState(),
				now: now(),
				fleet: fleet.state.getState(),
				live: fleet.live,
				told: fleet.told,
				phases: fleet.phases,
				columns,
				rows,
			}),
		noFacts,
		connect: window.connect,
		watch: ({byKey, byNews}) => {
			const unsubscribe = [ui.subscribe(byKey), fleet.state.subscribe(byNews)];
			return () => {
				for (const off of unsubscribe) off();
			};
		},
		tickMs,
		onTick: () => {
			fleet.sample(now());
			fleet.flush();
		},
		now,
		after,
		...size,
	});
};
