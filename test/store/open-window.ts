import type {RunEvent} from '../../source/domain/event.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import type {Opening, WindowPlace} from '../../store/action.ts';
import {type Facts, noFacts} from '../../store/facts.ts';
import {createFleetStore} from '../../store/fleet-store.ts';
import {builtInKeys} from '../../store/keymap.ts';
import {noOutside, type Outside} from '../../store/outside.ts';
import {paletteRows} from '../../store/palette.ts';
import {topOverlay} from '../../store/ui.ts';
import type {WaitingSource} from '../../store/waiting-source.ts';
import {createWindow} from '../../store/window.ts';
import type {Written} from '../../store/written.ts';
import {type MakeRunOptions, makeEvents} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {createMemoryFleet, type MemoryFleet} from '../support/memory-fleet.ts';

type Surroundings = {
	/** What waits in all runs; with it the window can be left for another one. */
	readonly waiting?: WaitingSource;
	readonly place?: Opening;
	readonly outside?: Outside;
	readonly written?: Written;
};

/** A window without a screen over a made run: rows stand in the order of their creation. */
export const openWindow = (
	options: MakeRunOptions = {},
	more: readonly RunEvent[] = [],
	answerDelayMs = 0,
	surroundings: Surroundings = {},
) => {
	const made = makeEvents(options);
	const last = made.at(-1);
	if (last === undefined) throw new Error('The made run has events.');
	const added = more.map((event, i) => ({...last, seq: last.seq + 1 + i, event}));
	return openOver(createMemoryFleet([...made, ...added]), answerDelayMs, surroundings);
};

const openOver = (fleet: MemoryFleet, answerDelayMs: number, surroundings: Surroundings) => {
	const {waiting, place, outside = noOutside, written} = surroundings;
	const left: (WindowPlace | undefined)[] = [];
	const clock = createManualClock(fleet.run().lastEventAt);
	const store = createFleetStore({
		port: fleet.port,
		runId: fleet.run().id,
		describe: ({type}) => ({level: 'info', text: type, agentName: undefined}),
		schedule: call => void clock.after(100, call),
		soon: clock.soon,
		...(waiting === undefined ? {} : {waiting}),
	});
	let quits = 0;
	const window = createWindow({
		port: fleet.port,
		fleet: store,
		now: clock.now,
		after: clock.after,
		answerDelayMs,
		outside,
		written,
		onQuit: () => {
			quits++;
		},
		...(waiting === undefined ? {} : {outlives: true, onHome: (to: WindowPlace | undefined) => void left.push(to)}),
		...(place === undefined ? {} : {place}),
	});
	window.connect((): Facts => {
		store.flush();
		const {log, past} = store.state.getState();
		const facts: Facts = {
			...noFacts,
			steps: stepsOf(fleet.run().plan).map(({id}) => id),
			agents: fleet.run().agents.map(({id}) => id),
			log: past?.log ?? log,
			pageRows: {plan: 5, agents: 5, log: 5},
		};
		const ui = window.ui.getState();
		const overlay = topOverlay(ui);
		if (overlay?.kind !== 'palette') return facts;
		const below = {...ui, overlays: ui.overlays.slice(0, -1)};
		const view = {run: fleet.run(), ui: below, facts, now: clock.now(), keymap: builtInKeys};
		return {...facts, palette: paletteRows(view, overlay.query.text)};
	});
	const settle = async (): Promise<void> => {
		// The answer of the port, and what follows from it.
		for (let i = 0; i < 4; i++) await Promise.resolve();
	};
	const press = async (...keys: readonly string[]): Promise<void> => {
		for (const name of keys) {
			await settle();
			window.press([{name, text: name.length === 1 ? name : name === 'space' ? ' ' : ''}]);
			await settle();
		}
	};
	return {
		/** Another window over the same fleet. */
		again: (more: Surroundings = {}) => openOver(fleet, answerDelayMs, {...surroundings, ...more}),
		fleet,
		clock,
		window,
		settle,
		press,
		type: (text: string) => press(...[...text].map(letter => (letter === ' ' ? 'space' : letter))),
		ui: () => window.ui.getState(),
		overlay: () => topOverlay(window.ui.getState()),
		notice: () => window.ui.getState().notice?.text,
		step: (key: string) => {
			const step = stepsOf(fleet.run().plan).find(one => one.key === key);
			if (step === undefined) throw new Error(`The made run has no step ${key}.`);
			return step;
		},
		quits: () => quits,
		/** Where the window was left for. */
		left,
	};
};
