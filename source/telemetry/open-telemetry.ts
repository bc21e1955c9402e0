import type {FleetPort} from '../engine/port.ts';
import {followFleet} from './follow-fleet.ts';

/** Where traces and metrics go. */
export type TelemetryConfig = {
	/** The base address of an OTLP receiver over HTTP; `/v1/traces` and `/v1/metrics` are added. */
	readonly endpoint: string;
	/** Sent with every export; may hold secrets. */
	readonly headers: Readonly<Record<string, string>>;
	readonly metricsSeconds: number;
};

export type TelemetryParts = {
	readonly port: FleetPort;
	/** Nothing up to this sequence number is told again: the newest when the engine starts. */
	readonly after: number;
	/** Undefined when telemetry is off: then nothing is loaded and nothing is listened to. */
	readonly config: TelemetryConfig | undefined;
	/** The version of the program. */
	readonly version: string;
	/** Takes a line for the person or the log. Of exports that fail, only the first is told. */
	readonly onProblem: (line: string) => void;
	/** Loads the exporters; tests hand in one that cannot. */
	readonly load?: () => Promise<Pick<typeof import('./send.ts'), 'openSender'>>;
};

export type Telemetry = {
	/** Sends what has not been sent; takes some seconds at most, and never rejects. The history must still be readable. */
	readonly close: () => Promise<void>;
};

const codeOf = (error: unknown): string =>
	typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/** Some errors of the network have a code and no words. */
const words = (error: unknown): string =>
	(error instanceof Error ? error.message : String(error)) || codeOf(error) || 'no reason was given';

const isMissing = (error: unknown): boolean => ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes(codeOf(error));

/**
 * Tells an OTLP receiver, as traces and metrics with the GenAI conventions, what ends in the fleet.
 * Resolves with undefined when telemetry is off, or cannot be: the reason is told, and nothing is thrown.
 */
export const openTelemetry = async ({
	port,
	after,
	config,
	version,
	onProblem,
	load = () => import('./send.ts'),
}: TelemetryParts): Promise<Telemetry | undefined> => {
	if (config === undefined) return undefined;
	// An address may hold a password.
	const endpoint = config.endpoint.replace(/\/\/[^/]*@/, '//');
	try {
		const {openSender} = await load();
		let isTold = false;
		const sender = openSender(config, version, error => {
			if (isTold) return;
			isTold = true;
			onProblem(
				`Telemetry could not be sent to ${endpoint}: ${words(error)}. Flotilla speaks OTLP over HTTP with JSON; receivers listen on port 4318, as a rule. This is said once; the fleet goes on without.`,
			);
		});
		const follower = followFleet(port, after, sender.send, error =>
			onProblem(`Telemetry has ended, for an event could not be told: ${words(error)}. The fleet goes on without.`),
		);
		return {
			close: async () => {
				await follower.close();
				await sender.close();
			},
		};
	} catch (error) {
		const mend = isMissing(error)
			? 'It needs the optional packages @opentelemetry/*: install Flotilla again with its optional dependencies, or take telemetry out of the configuration and OTEL_EXPORTER_OTLP_ENDPOINT out of the environment.'
			: 'Look at telemetry in the configuration, or at OTEL_EXPORTER_OTLP_ENDPOINT in the environment.';
		onProblem(`Telemetry to ${endpoint} is off, for it could not be opened: ${words(error)}. ${mend}`);
		return undefined;
	}
};
