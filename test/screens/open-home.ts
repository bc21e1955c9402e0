import {writeFileSync} from 'node:fs';
import {onTestFinished} from 'vitest';
import {createEventLog} from '../../db/event-log.ts';
import {openDatabase} from '../../db/open.ts';
import {writeArchive} from '../../source/boot/archive.ts';
import {createContext} from '../../source/boot/context.ts';
import {openHomeSource} from '../../source/boot/home-source.ts';
import {parseArguments} from '../../source/boot/parse-arguments.ts';
import type {Renderer} from '../../source/boot/renderer.ts';
import {openHome} from '../../source/boot/run-home.ts';
import type {ScreenOptions} from '../../source/boot/screen-options.ts';
import type {Command} from '../../source/domain/command.ts';
import {decide} from '../../source/domain/decide.ts';
import type {RunId} from '../../source/domain/id.ts';
import type {Run} from '../../source/domain/run.ts';
import type {NewEvent} from '../../source/engine/event-log.ts';
import {taskTypes} from '../../source/planner/classify.ts';
import type {HomeExit} from '../../store/home/home-action.ts';
import type {HomeDeeds} from '../../store/home/home-deeds.ts';
import type {HomeReturn} from '../../store/home/home-return.ts';
import {firstHomeUi, type HomeUi} from '../../store/home/home-ui.ts';
import {builtInKeys} from '../../store/keymap.ts';
import {fakeTerminal} from '../boot/fake-terminal.ts';
import {temporaryFolder} from '../boot/temporary-folder.ts';
import {fold, summaryOf} from '../db/sample-events.ts';
import {type MakeRunOptions, makeEvents} from '../support/make-run.ts';
import {createManualClock} from '../support/manual-clock.ts';
import {createRobotBefore} from '../support/robot.tsx';

type Made = MakeRunOptions & {
	readonly runId: RunId;
	/** What a person says to the run as it was made, so long after it began; ms. */
	readonly said?: {readonly afterMs: number; readonly commands: (run: Run) => readonly Command[]};
};

/** The events of a made run, with those of what was said to it. */
const eventsOf = ({said, ...options}: Made): readonly NewEvent[] => {
	const events: NewEvent[] = [...makeEvents(options)];
	let run = fold(events);
	for (const command of said?.commands(run) ?? []) {
		const at = run.createdAt + (said?.afterMs ?? 0);
		const decision = decide(run, command, at);
		if (decision.kind === 'rejection') throw new Error(decision.rejection.message);
		events.push(...decision.events.map(event => ({at, runId: options.runId, cause: 'command test', event}) as const));
		run = fold(events);
	}
	return events;
};

/** Runs in two folders, in every state that Home lists in its own way without an engine. */
export const madeRuns: readonly Made[] = [
	{runId: 'run_a1', dir: '/work/harbour', goal: 'Count the free berths', stage: 'working'},
	{runId: 'run_a2', dir: '/work/harbour', goal: 'Paint the lighthouse\nred and white', stage: 'done'},
	{runId: 'run_a3', dir: '/work/harbour', goal: 'Draw a chart of the bay', stage: 'planning'},
	{runId: 'run_b1', dir: '/work/mill', goal: 'Mend the wheel', stage: 'proposed'},
];

type Home = {
	readonly last?: {readonly [Key in keyof HomeReturn]?: HomeReturn[Key] | undefined};
	/** Out of sight from the beginning. */
	readonly archived?: readonly RunId[];
	readonly runs?: readonly Made[];
	readonly notify?: 'desktop';
	/** The person's configuration, in YAML. */
	readonly config?: string;
	readonly deeds?: HomeDeeds;
	readonly renderer?: Renderer;
	/** For a screen reader. */
	readonly spoken?: boolean;
};

const unasked = async () => ({done: false, words: 'There is no engine here.'});
const noDeeds: HomeDeeds = {pause: unasked, stop: unasked};

/** Home over a real database, without an engine. */
export const openHomeRobot = async (
	{
		runs = madeRuns,
		last,
		archived = [],
		notify,
		config,
		deeds = noDeeds,
		renderer = 'canvas',
		spoken = false,
	}: Home = {},
	{columns, rows}: {readonly columns: number; readonly rows: number} = {columns: 80, rows: 24},
	noColor = false,
	outside?: ScreenOptions['outside'],
) => {
	const folder = temporaryFolder();
	const {flags} = parseArguments([], '1.2.3');
	const context = createContext(flags, fakeTerminal(true).terminal, {FLOTILLA_HOME: folder}, {}, '1.2.3');
	if (config !== undefined) writeFileSync(context.paths.userConfig, config);
	const keep = (options: Made): void => {
		const events = eventsOf(options);
		const log = createEventLog(openDatabase(context.paths.database));
		log.append(events, [summaryOf(events)]);
		log.close();
	};
	for (const options of runs) keep(options);
	const exits: HomeExit[] = [];
	const left: HomeUi[] = [];
	for (const runId of archived) writeArchive(context.paths.archive, runId, true);
	const clock = createManualClock();
	const source = openHomeSource(context, clock);
	const robot = createRobotBefore({
		columns,
		rows,
		clock,
		open: streams =>
			openHome({
				...streams,
				source,
				deeds,
				here: '/work/harbour',
				findFolder: typed => (typed.startsWith('/work/') ? {dir: typed} : {problem: `There is no folder ${typed}.`}),
				taskTypes,
				roles: ['analyst', 'builder', 'scout'],
				last: last && {left: last.left ?? firstHomeUi, from: last.from, problem: last.problem},
				noColor,
				screenReader: spoken,
				renderer,
				reducedMotion: true,
				keymap: builtInKeys,
				...(outside === undefined ? {} : {outside}),
				...(notify === undefined ? {} : {notify}),
				clock,
				onLeave: (exit, ui) => {
					exits.push(exit);
					left.push(ui);
				},
			}),
	});
	onTestFinished(async () => {
		await robot.leave();
		source.close();
	});
	await robot.sees('flotilla');
	return {robot, exits, left, keep, source};
};
