import {mkdirSync, mkdtempSync, realpathSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createEventLog} from '../../db/event-log.ts';
import {openDatabase} from '../../db/open.ts';
import {readRoleFiles} from '../../source/agents/read-role-files.ts';
import {loadRoles, roleFactsOf} from '../../source/agents/roles.ts';
import {createFleetHands} from '../../source/boot/fleet-hands.ts';
import {evolve} from '../../source/domain/evolve.ts';
import type {RunId} from '../../source/domain/id.ts';
import type {Run} from '../../source/domain/run.ts';
import type {RunSettings} from '../../source/domain/settings.ts';
import {systemClock} from '../../source/engine/clock.ts';
import {createEngine, type Engine} from '../../source/engine/engine.ts';
import type {EventLog} from '../../source/engine/event-log.ts';
import {anthropicProvider} from '../../source/providers/anthropic.ts';
import {findModel, modelOfTier} from '../../source/providers/catalog.ts';
import type {Provider} from '../../source/providers/provider.ts';

export type RealFleet = {
	readonly engine: Engine;
	readonly log: EventLog;
	readonly settings: RunSettings;
	/** Resolves with the run once it looks as wanted. */
	readonly until: (runId: RunId, met: (run: Run) => boolean) => Promise<Run>;
	readonly close: () => Promise<void>;
};

const everything = {plan: true, edits: true, calls: true};

/** All of Flotilla but the command line: real database, tools, SDK; the models are at the given address. */
export const openRealFleet = (
	address: string | Provider,
	dir: string,
	overrides: Partial<RunSettings> = {},
	home = mkdtempSync(join(tmpdir(), 'flotilla-fleet-')),
): RealFleet => {
	const provider =
		typeof address === 'string'
			? anthropicProvider({apiKey: 'a-test-key', baseUrl: address, timer: systemClock.after})
			: address;
	const {roles} = loadRoles(readRoleFiles());
	const log = createEventLog(openDatabase(join(home, 'flotilla.db')));
	const hands = createFleetHands({provider, roles, childEnvironment: {PATH: '/usr/bin:/bin'}});
	const engine = createEngine({
		log,
		hands,
		clock: systemClock,
		onDefect: error => {
			throw error;
		},
	});
	const outputsDir = join(realpathSync(home), 'outputs');
	mkdirSync(outputsDir, {recursive: true});
	const settings: RunSettings = {
		dir: realpathSync(dir),
		outputsDir,
		provider: provider.name,
		taskType: undefined,
		permissionMode: 'ask',
		standing: everything,
		maxParallel: 5,
		budget: undefined,
		roles: roleFactsOf(roles),
		models: {
			haiku: findModel(modelOfTier.haiku),
			sonnet: findModel(modelOfTier.sonnet),
			opus: findModel(modelOfTier.opus),
			frontier: findModel(modelOfTier.frontier),
		},
		...overrides,
	};
	return {
		engine,
		log,
		settings,
		until: (runId, met) =>
			new Promise(resolve => {
				let run: Run | undefined;
				const leave = engine.subscribe(
					{after: 0, runId},
					{
						onEvents: batch => {
							for (const stamped of batch) run = evolve(run, stamped);
							if (run === undefined || !met(run)) return;
							queueMicrotask(() => leave());
							resolve(run);
						},
						onSignal: () => {},
					},
				);
			}),
		close: async () => {
			await engine.stop();
			log.close();
		},
	};
};
