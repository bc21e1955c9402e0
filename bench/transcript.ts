import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createPainter} from '../components/painter.ts';
import {logLine} from '../components/panes/log-line.ts';
import {createTheme} from '../components/theme.ts';
import {createEventLog} from '../db/event-log.ts';
import {openDatabase} from '../db/open.ts';
import type {Stamped} from '../source/domain/event.ts';
import type {FleetPort} from '../source/engine/port.ts';
import {createFleetStore} from '../store/fleet-store.ts';
import {type TranscriptOverlay, transcriptOf} from '../store/overlay.ts';
import {seekEvent} from '../store/seek-event.ts';
import {firstUi, type UiState} from '../store/ui.ts';
import {makeEvents} from '../test/support/make-run.ts';
import {reportGoals} from './goal.ts';
import {longStory} from './long-story.ts';
import {median, quantile} from './median.ts';

const eventCount = 100_000;
const placeCount = 300;

/** How soon a transcript of so many events is on screen at any place, and how soon a text is found in it. */
export const benchTranscript = async (): Promise<boolean> => {
	const folder = mkdtempSync(join(tmpdir(), 'flotilla-bench-'));
	const database = openDatabase(join(folder, 'flotilla.db'));
	try {
		const log = createEventLog(database);
		const made = makeEvents();
		const first = made.find(({event}) => event.type === 'turn.started');
		if (first?.event.type !== 'turn.started') throw new Error('The made run has a turn.');
		const {agentId} = first.event;
		log.append(made, []);
		const about = {at: first.at, runId: first.runId, cause: 'bench'};
		for (const slice of longStory(eventCount, agentId, about)) log.append(slice, []);
		const port: FleetPort = {
			send: () => Promise.resolve(undefined),
			subscribe: (_, {onEvents}) => {
				onEvents(made);
				return () => {};
			},
			history: query => Promise.resolve(log.page(query)),
			runs: () => Promise.resolve([]),
			search: query => Promise.resolve(log.search(query)),
		};
		const newest = log.newest();
		let state: UiState = firstUi;
		const paintOne = (): void => {
			const {screen} = paint({
				ui: state,
				now: first.at,
				fleet: store.state.getState(),
				live: () => undefined,
				told: () => undefined,
				phases: () => [],
				columns: 200,
				rows: 60,
			});
			drawn = screen.layers.some(({text}) => text.includes('── turn'));
		};
		const store = createFleetStore({
			port,
			runId: first.runId,
			describe: logLine,
			schedule: () => {},
			soon: call => setImmediate(call),
		});
		const paint = createPainter({theme: createTheme({color: true}), reducedMotion: true});
		let drawn = false;
		const open = async (overlay: TranscriptOverlay, seq: number | undefined): Promise<number> => {
			store.openTranscript(undefined);
			const began = performance.now();
			state = {...firstUi, overlays: [overlay]};
			drawn = false;
			store.openTranscript(agentId, seq);
			while (!drawn) {
				await Promise.resolve();
				if (store.state.getState().transcript?.loading === false) paintOne();
			}
			return performance.now() - began;
		};
		const firstMs = await open(transcriptOf(agentId), undefined);
		const openMs: number[] = [];
		for (let i = 0; i < placeCount; i++) {
			const seq = 100 + ((i * 7919) % (newest - 100));
			openMs.push(await open(transcriptOf(agentId, seq), seq));
		}
		const seekFor = async (text: string): Promise<number> => {
			const began = performance.now();
			const fits = ({event}: Stamped): boolean => JSON.stringify(event).includes(text);
			await seekEvent(port, {runId: first.runId, agentId, text, ways: [{from: newest, step: -1}], fits});
			return performance.now() - began;
		};
		const missingMs = await seekFor('a walrus nobody spoke of');
		const farMs = await seekFor('Part 17\\n');
		return reportGoals(
			`a transcript of ${eventCount.toLocaleString('en')} events on 200×60`,
			[
				{what: 'opened at any place, p95', value: quantile(openMs, 0.95), most: 50, unit: 'ms'},
				{what: 'a text that is nowhere', value: missingMs, most: 500, unit: 'ms'},
			],
			[
				`the first of all ${firstMs.toFixed(0)} ms, p50 ${median(openMs).toFixed(1)}, slowest ${Math.max(...openMs).toFixed(0)} ms`,
				`a text near its beginning ${farMs.toFixed(0)} ms`,
			].join('; '),
		);
	} finally {
		database.close();
		rmSync(folder, {recursive: true});
	}
};
