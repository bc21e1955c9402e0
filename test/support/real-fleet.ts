import {mkdirSync, mkdtempSync, realpathSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createEventLog} from '../../db/event-log.ts';
import {openDatabase} from '../../db/open.ts';
import {readRoleFiles} from '../../source/agents/read-role-files.ts';
import {loadRoles, roleFactsOf} from '../../source/agents/roles.ts';
import {createFleetHands, type FleetHandsParts} from '../../source/boot/fleet-hands.ts';
import {redactingHands} from '../../source/boot/redacting-hands.ts';
import {evolve} from '../../source/domain/evolve.ts';
import type {RunId} from '../../source/domain/id.ts';
import type {Run} from '../../source/domain/run.ts';
import type {RunSettings} from '../../source/domain/settings.ts';
import {type Clock, systemClock} from '../../source/engine/clock.ts';
import {createEngine, type Engine} from '../../source/engine/engine.ts';
import type {EventLog} from '../../source/engine/event-log.ts';
import {pacedOutput} from '../../source/engine/paced-output.ts';
import {createRedactor} from '../../source/policy/redact.ts';
import {redactMessage} from '../../source/policy/redact-messages.ts';
import {anthropicProvider} from '../../source/providers/anthropic.ts';
import {findModel, modelOfTier} from '../../source/providers/catalog.ts';
import {paceOf} from '../../source/providers/pace.ts';
import type {Provider} from '../../source/providers/provider.ts';
import {withoutSandbox} from '../../source/workspace/sandbox.ts';
import {plainSettings} from './plain-settings.ts';

export type RealFleet = {
	readonly engine: Engine;
	readonly log: EventLog;
	readonly settings: RunSettings;
	/** Resolves with the run once it looks as wanted. */
	readonly until: (runId: RunId, met: (run: Run) => boolean) => Promise<Run>;
	readonly close: () => Promise<void>;
};

const everything = {plan: true, edits: true, calls: true};

/** Where the models are: one provider or its address, or several addresses by the names of their lanes. */
export type Addresses = string | Provider | ReadonlyMap<string, string>;

const providersAt = (addresses: Addresses, clock: Clock): readonly [Provider, ...Provider[]] => {
	const at = (baseUrl: string): Provider =>
		anthropicProvider({apiKey: 'a-test-key', baseUrl, timer: clock.after, paceOf});
	if (typeof addresses === 'string') return [at(addresses)];
	if ('stream' in addresses) return [addresses];
	const [first, ...others] = [...addresses].map(([name, address]): Provider => ({...at(address), name}));
	if (first === undefined) throw new Error('A fleet needs a provider.');
	return [first, ...others];
};

/**
 * All of Flotilla but the command line: real database, tools, SDK; the models are at the given addresses. With more
 * than one, `overrides.models` says whose is which.
 */
export const openRealFleet = (
	addresses: Addresses,
	dir: string,
	overrides: Partial<RunSettings> = {},
	home = mkdtempSync(join(tmpdir(), 'flotilla-fleet-')),
	clock: Clock = systemClock,
	parts: Partial<Pick<FleetHandsParts, 'keepRule' | 'sandbox'>> = {},
): RealFleet => {
	const providers = providersAt(addresses, clock);
	const {roles} = loadRoles(readRoleFiles());
	const log = createEventLog(openDatabase(join(home, 'flotilla.db')));
	const redactor = createRedactor([]);
	const hands = createFleetHands({
		providers: new Map(providers.map(provider => [provider.name, provider])),
		roles,
		childEnvironment: {PATH: '/usr/bin:/bin'},
		sandbox: Promise.resolve(withoutSandbox('The tests that want a sandbox make one.')),
		clock,
		redactor,
		keepRule: () => ({path: '', problem: 'The tests keep no rules.'}),
		...parts,
	});
	const engine = createEngine({
		log,
		hands: redactingHands(pacedOutput(hands, clock), redactor),
		clock,
		redact: message => redactMessage(redactor, message),
		onDefect: error => {
			throw error;
		},
	});
	const outputsDir = join(realpathSync(home), 'outputs');
	mkdirSync(outputsDir, {recursive: true});
	const settings: RunSettings = {
		dir: realpathSync(dir),
		outputsDir,
		provider: providers[0].name,
		taskType: undefined,
		role: undefined,
		permissionMode: 'ask',
		standing: everything,
		maxParallel: 5,
		...plainSettings,
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
