import type {CallEffect, Verdict} from '../domain/call.ts';
import type {PermissionMode} from '../domain/settings.ts';

/**
 * Where a call would act, as the jail found it: the person's folder, the run's own folder for deliverables, anywhere
 * else, or a protected file (keys, credentials, git's own files) in either folder.
 */
export type CallPlace = 'root' | 'outputs' | 'outside' | 'protected';

/** What a mode means, in one line each, for help and documentation. */
export const permissionModeWords: Readonly<Record<PermissionMode, string>> = {
	plan: 'Agents read, and write only into the run’s own outputs folder; everything else is denied.',
	ask: 'Agents read and write outputs freely; changing your files, running commands and using the network ask you.',
	edits: 'Like ask, but changing your files needs no yes.',
	bypass: 'Nothing asks: agents change files and run commands on their own. For folders you can afford to lose.',
};

/** What is weighed: an effect, with writing into the outputs folder apart from writing into the project. */
const matters = ['read', 'write outputs', 'write project', 'run', 'network'] as const;
type Matter = (typeof matters)[number];

const table: Readonly<Record<PermissionMode, Readonly<Record<Matter, Verdict['kind']>>>> = {
	plan: {read: 'allow', 'write outputs': 'allow', 'write project': 'deny', run: 'deny', network: 'deny'},
	ask: {read: 'allow', 'write outputs': 'allow', 'write project': 'ask', run: 'ask', network: 'ask'},
	edits: {read: 'allow', 'write outputs': 'allow', 'write project': 'allow', run: 'ask', network: 'ask'},
	bypass: {read: 'allow', 'write outputs': 'allow', 'write project': 'allow', run: 'allow', network: 'allow'},
};

const matterWords: Readonly<Record<Matter, string>> = {
	read: 'reading',
	'write outputs': 'writing into the outputs folder',
	'write project': 'changing the project’s files',
	run: 'running commands',
	network: 'using the network',
};

const verdictWords: Readonly<Record<Verdict['kind'], string>> = {
	allow: 'is allowed',
	ask: 'asks a person',
	deny: 'is denied',
};

/** Whether a call may be made. `bypass` lifts questions only: what lies outside or is protected stays closed. */
export type Weigh = (call: {
	readonly mode: PermissionMode;
	readonly tool: string;
	readonly effect: CallEffect;
	/** Every place the call names; none for a command, whose reach nobody knows beforehand. */
	readonly places: readonly CallPlace[];
}) => Verdict;

export const weigh: Weigh = ({mode, tool, effect, places}) => {
	if (places.includes('outside'))
		return {kind: 'deny', rule: `In every mode, ${tool} is denied outside the project folder and the outputs folder.`};
	if (places.includes('protected'))
		return {kind: 'deny', rule: `In every mode, ${tool} is denied on keys, credentials and git's own files.`};
	if (effect === 'control') return {kind: 'allow', rule: 'In every mode, speaking to the fleet is allowed.'};
	const matter = matterOf(effect, places);
	const kind = table[mode][matter];
	return {kind, rule: `In mode ${mode}, ${matterWords[matter]} ${verdictWords[kind]}.`};
};

const matterOf = (effect: Exclude<CallEffect, 'control'>, places: readonly CallPlace[]): Matter => {
	if (effect !== 'write') return effect;
	// A write that names no place is taken for the graver one.
	return places.length > 0 && places.every(place => place === 'outputs') ? 'write outputs' : 'write project';
};
