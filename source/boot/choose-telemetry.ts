import type {TelemetryConfig} from '../telemetry/open-telemetry.ts';
import type {Sources} from './sources.ts';

/** `problem` is for the log: nobody is kept from working because nobody can watch. */
export type TelemetryChoice =
	| {readonly kind: 'off'; readonly problem: string | undefined}
	| {readonly kind: 'on'; readonly config: TelemetryConfig};

const usualMetricsSeconds = 60;

const off: TelemetryChoice = {kind: 'off', problem: undefined};

/** Where traces and metrics go: nowhere, unless the user's file or the environment says otherwise. */
export const chooseTelemetry = ({
	user,
	environment,
	files,
}: Pick<Sources, 'user' | 'environment' | 'files'>): TelemetryChoice => {
	if (environment.variable('OTEL_SDK_DISABLED')?.toLowerCase() === 'true') return off;
	const endpoint = user.telemetry?.endpoint ?? environment.variable('OTEL_EXPORTER_OTLP_ENDPOINT');
	if (endpoint === undefined) return off;
	const {headers: open = {}, headersEnv = {}, metricsSeconds = usualMetricsSeconds} = user.telemetry ?? {};
	const headers: Record<string, string> = {...open};
	for (const [header, name] of Object.entries(headersEnv)) {
		const value = environment.variable(name);
		if (value === undefined) {
			const problem = `Telemetry is off: its header ${header} has its value in ${name}, which is not set. Set it, or take it out of telemetry.headersEnv in ${files.user}.`;
			return {kind: 'off', problem};
		}
		headers[header] = value;
	}
	return {kind: 'on', config: {endpoint, headers, metricsSeconds}};
};
