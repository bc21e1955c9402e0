/**
 * Which room may import which, as in ARCHITECTURE.md. A room is a folder or a file; the longest that fits counts.
 * `types` lets in types only. A room may always import itself.
 */
export type Door = {readonly to: string; readonly types?: true};

const types = (to: string): Door => ({to, types: true});
const all = (to: string): Door => ({to});

export const everything = 'everything';

export const doors: Readonly<Record<string, readonly Door[] | typeof everything>> = {
	'source/domain': [],
	'source/policy': [all('source/domain')],
	'source/workspace': [all('source/domain')],
	'source/providers': [all('source/domain')],
	'source/tools': [all('source/domain'), all('source/workspace'), types('source/policy')],
	'source/planner': [all('source/domain'), types('source/providers'), all('source/policy')],
	'source/agents': [all('source/domain'), types('source/providers'), types('source/tools'), all('source/policy')],
	'source/fusion': [all('source/domain'), types('source/providers'), types('source/agents')],
	'source/engine': [all('source/domain'), all('source/policy')],
	'source/host': [all('source/domain'), all('source/engine/port.ts')],
	'source/workers': [all('source/domain'), all('source/engine/hands.ts')],
	'source/records': [all('source/domain')],
	'source/hooks': [all('source/domain'), all('source/workspace'), types('source/engine/port.ts')],
	'source/telemetry': [all('source/domain'), types('source/engine/port.ts')],
	db: [all('source/domain'), types('source/engine/event-log.ts'), types('source/engine/port.ts')],
	store: [all('source/domain'), types('source/engine/port.ts')],
	components: [all('store'), all('source/domain')],
	'source/boot': everything,
	'source/library.ts': everything,
	'source/cli.ts': [all('source/boot')],
};

/** Packages that only some places may use, also for types. The longest name that fits counts. */
export const packageHolders: Readonly<Record<string, readonly string[]>> = {
	'node:child_process': [
		'source/workspace/process.ts',
		'source/workspace/detached.ts',
		'source/workspace/feed.ts',
		'source/workspace/foreground.ts',
	],
	execa: ['source/workspace/process.ts'],
	'node:timers': ['source/engine/clock.ts'],
	'node:sqlite': ['db'],
	'better-sqlite3': ['db'],
	zustand: ['store', 'components/store-context.tsx'],
	ink: ['components'],
	react: ['components'],
	'@opentelemetry': ['source/telemetry'],
	'@anthropic-ai/sdk': ['source/providers'],
	'@anthropic-ai/sdk/tools/agent-toolset': ['source/providers', 'source/tools'],
};

const time = ['source/engine/clock.ts', 'source/engine/id-source.ts'];

/** Where the surroundings may be asked: the environment and the home folder, or the time, timers and chance. */
export const surroundingHolders = (use: string): readonly string[] =>
	/^process\.env$|^env of|homedir|userInfo/.test(use) ? ['source/boot', 'source/cli.ts'] : time;

export const forbiddenWords = ['util', 'utils', 'helper', 'helpers', 'common', 'manager', 'service', 'services'];

export const linesMax = 500;
