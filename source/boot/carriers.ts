import type {Message} from '../domain/decide.ts';
import type {RunId} from '../domain/id.ts';
import type {Hands} from '../engine/hands.ts';
import {pacedOutput} from '../engine/paced-output.ts';
import {createRedactor, type Redactor} from '../policy/redact.ts';
import {redactMessage} from '../policy/redact-messages.ts';
import type {Provider} from '../providers/provider.ts';
import type {LaneChoice} from './choose-provider.ts';
import {createFleetHands, type FleetHandsParts} from './fleet-hands.ts';
import type {Grounds} from './grounds.ts';
import {redactingHands} from './redacting-hands.ts';
import {openTransport} from './transport.ts';

/** The hands of all runs of an engine: each run's own, for each has its own keys, environment and secrets. */
export type Carriers = {
	readonly hands: Hands;
	readonly redact: (message: Message, runId: RunId) => Message;
	/** Give a run what it stands on, in place of what it stood on before. */
	readonly ground: (runId: RunId, grounds: Grounds) => Promise<void>;
	readonly groundsOf: (runId: RunId) => Grounds | undefined;
	/** Forget what runs stood on that are not open any more. */
	readonly retain: (isOpen: (runId: RunId) => boolean) => void;
};

type Carrier = {readonly grounds: Grounds; readonly hands: Hands; readonly redactor: Redactor};

type CarrierParts = Pick<FleetHandsParts, 'roles' | 'sandbox' | 'keepRule' | 'clock'>;

const keysOf = (lanes: readonly LaneChoice[]) =>
	lanes.flatMap(lane => (lane.kind === 'messages' ? [{name: 'key', value: lane.apiKey}] : []));

export const createCarriers = (parts: CarrierParts): Carriers => {
	const {clock} = parts;
	const carriers = new Map<RunId, Carrier>();
	/** Runs with the same way to a provider share it. */
	const providers = new Map<string, Promise<Provider>>();
	const unknown = createRedactor([]);

	const providerFor = (lane: LaneChoice, watched: boolean): Promise<Provider> => {
		const key = JSON.stringify([lane, watched]);
		const known = providers.get(key) ?? openTransport(lane, clock, watched);
		providers.set(key, known);
		// What failed to load may load the next time.
		known.catch(() => providers.delete(key));
		return known;
	};

	const carrierOf = async (grounds: Grounds): Promise<Carrier> => {
		const {lanes, childEnvironment, secrets, watched} = grounds;
		const redactor = createRedactor([...secrets, ...keysOf(lanes)]);
		const ways = lanes.map(async lane => [lane.name, await providerFor(lane, watched)] as const);
		const hands = createFleetHands({...parts, providers: new Map(await Promise.all(ways)), childEnvironment, redactor});
		return {grounds, redactor, hands: redactingHands(pacedOutput(hands, clock), redactor)};
	};

	return {
		hands: {
			perform: (work, bench) => {
				const carrier = carriers.get(bench.run.id);
				if (carrier === undefined) throw new Error(`${bench.run.id} has work to do and nothing to stand on.`);
				return carrier.hands.perform(work, bench);
			},
		},
		redact: (message, runId) => redactMessage(carriers.get(runId)?.redactor ?? unknown, message),
		ground: async (runId, grounds) => void carriers.set(runId, await carrierOf(grounds)),
		groundsOf: runId => carriers.get(runId)?.grounds,
		retain: isOpen => {
			for (const runId of carriers.keys()) if (!isOpen(runId)) carriers.delete(runId);
		},
	};
};
