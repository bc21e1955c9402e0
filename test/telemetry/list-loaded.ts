import {registerHooks} from 'node:module';

/**
 * A program of its own: opens telemetry on a fleet where nothing happens, off or at the address it is given, and prints
 * how many modules of OpenTelemetry were loaded by the whole command line and by that.
 */
const loaded = new Set<string>();
registerHooks({
	load: (url, context, nextLoad) => {
		if (url.includes('/@opentelemetry/')) loaded.add(url);
		return nextLoad(url, context);
	},
});

const [endpoint] = process.argv.slice(2);
await import('../../source/boot/main.ts');
const {openTelemetry} = await import('../../source/telemetry/open-telemetry.ts');
const {chooseTelemetry} = await import('../../source/boot/choose-telemetry.ts');
const {readEnvironment} = await import('../../source/boot/environment.ts');
const {storyPort} = await import('./story-port.ts');
const choice = chooseTelemetry({
	user: endpoint === undefined ? {} : {telemetry: {endpoint}},
	environment: readEnvironment({}),
	files: {user: '', project: ''},
});
const telemetry = await openTelemetry({
	port: storyPort([]).port,
	after: 0,
	config: choice.kind === 'on' ? choice.config : undefined,
	version: '0.0.0',
	onProblem: line => void process.stderr.write(`${line}\n`),
});
await telemetry?.close();
process.stdout.write(JSON.stringify({isOpen: telemetry !== undefined, loaded: loaded.size}));
