import type {CallEffect, Verdict} from '../domain/call.ts';
import type {AgentId} from '../domain/id.ts';
import type {Grant, RuleSet} from '../domain/rules.ts';
import type {PermissionMode} from '../domain/settings.ts';
import {whichClosesPath} from './closed-path.ts';
import {gradeLine, type LineGrade} from './command-risk.ts';
import {offerForLine, offerForPlace} from './grant-offer.ts';
import type {Rule, RuleFamily} from './rule.ts';
import {matchesHost, matchesPath, rulesAbout, type Subject, whichAllow, whichRestricts} from './rule-match.ts';

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

/** Which rules speak about calls of an effect. */
const families: Readonly<Record<CallEffect, RuleFamily | undefined>> = {
	control: undefined,
	read: 'read',
	write: 'write',
	run: 'bash',
	network: 'fetch',
};

export type PermissionQuestion = {
	readonly mode: PermissionMode;
	readonly tool: string;
	readonly effect: CallEffect;
	/** Every place the call names; none for a command, whose reach nobody knows beforehand. */
	readonly places: readonly CallPlace[];
	readonly subject: Subject;
	readonly rules: RuleSet;
	/** What persons granted during the run. */
	readonly grants: readonly Grant[];
	readonly agentId: AgentId;
	/** Whether shell commands run confined by the operating system. Where they do not, no allow rule is enough. */
	readonly sandboxed: boolean;
	/** Whether the call's input holds the mark that was put in the place of a secret. */
	readonly holdsRedaction?: boolean;
};

export type Weighed = {
	/** As declared, but `read` for a command that only reads. */
	readonly effect: CallEffect;
	readonly verdict: Verdict;
	/** The rule by which a person could allow this call and those like it; undefined when there is none that is safe. */
	readonly grant: string | undefined;
};

/**
 * Whether a call may be made. The first of these that has something to say decides: the jail; risks that are denied in
 * every mode; deny rules; mode `plan`, which no rule lifts; ask rules; commands that are not clear; what persons
 * granted during the run; allow rules; that a command only reads; the mode. `bypass` lifts the mode's questions only.
 */
export type Weigh = (call: PermissionQuestion) => Weighed;

export const weigh: Weigh = call => {
	const {mode, tool, places, subject, rules, agentId} = call;
	const grade =
		subject.kind === 'command' ? gradeLine(subject.line, {...subject, isConfined: call.sandboxed}) : undefined;
	const risk = grade?.risk;
	const onlyReads = grade !== undefined && risk === undefined && grade.commands.every(command => command.onlyReads);
	const effect = onlyReads ? 'read' : call.effect;
	const say = (kind: Verdict['kind'], rule: string, grant?: string): Weighed => ({
		effect,
		verdict: {kind, rule},
		grant,
	});

	if (places.includes('outside'))
		return say('deny', `In every mode, ${tool} is denied outside the project folder and the outputs folder.`);
	if (places.includes('protected'))
		return say('deny', `In every mode, ${tool} is denied on keys, credentials and git's own files.`);
	if (effect === 'control') return say('allow', 'In every mode, speaking to the fleet is allowed.');
	if (call.holdsRedaction === true && effect !== 'read')
		return say(
			'deny',
			'In every mode, a secret that was taken out of a text is not passed on: the mark in its place would be written or run. Have the program read the secret from a variable or a file.',
		);
	if (risk?.kind === 'denied') return say('deny', `In every mode: ${risk.words}.`);

	const family = families[call.effect];
	const read = (texts: readonly string[]): readonly Rule[] => rulesAbout(texts, tool, family);
	const denying = whichRestricts(read(rules.deny), subject, grade) ?? whichClosesPath(rules.deny, subject, grade);
	if (denying?.match === 'yes') return say('deny', `Deny rule ${denying.rule.text}.`);
	const matter = matterOf(effect, places);
	const modeWords = `In mode ${mode}, ${matterWords[matter]} ${verdictWords[table[mode][matter]]}.`;
	if (table[mode][matter] === 'deny') return say('deny', modeWords);
	if (denying !== undefined)
		return say('ask', `Deny rule ${denying.rule.text} may be meant: that is known only later.`);
	const asking = whichRestricts(read(rules.ask), subject, grade);
	if (asking !== undefined) return say('ask', `Ask rule ${asking.rule.text}.`);
	if (risk !== undefined) return say('ask', `In every mode, a command that is not clear asks a person: ${risk.words}.`);

	const granted = whichAllow(read(grantedTo(agentId, call.grants)), subject, grade);
	if (granted !== undefined) return say('allow', `Granted for this run: ${granted}`);
	const grant = offer(subject, family, grade);
	const allowing = whichAllow(read(rules.allow), subject, grade);
	const isConfined = effect !== 'run' || call.sandboxed || mode === 'bypass';
	if (allowing !== undefined && isConfined) return say('allow', `Allow rule ${allowing}.`);
	if (allowing !== undefined)
		return say(
			'ask',
			`Allow rule ${allowing} is not enough where no sandbox confines commands: a person is asked.`,
			grant,
		);
	if (onlyReads) return say('allow', 'In every mode, commands that only read the project are allowed.');
	return table[mode][matter] === 'ask' ? say('ask', modeWords, grant) : say('allow', modeWords);
};

const grantedTo = (agentId: AgentId, grants: readonly Grant[]): readonly string[] =>
	grants.filter(grant => grant.agentId === undefined || grant.agentId === agentId).map(({rule}) => rule);

/** Whether a deny rule closes a path to reading: a search of the folder it lies in must leave it out. */
export const closesReading = (rules: RuleSet): ((shown: string) => boolean) => {
	const closing = rulesAbout(rules.deny, 'read', 'read');
	return shown => closing.some(rule => matchesPath(rule, shown, true));
};

/** Whether a rule or grant names this very host, rather than all hosts or those below another. */
export const namesHost = (rules: RuleSet, grants: readonly Grant[], agentId: AgentId, host: string): boolean =>
	rulesAbout([...rules.allow, ...grantedTo(agentId, grants)], 'fetch_url', 'fetch').some(
		rule => rule.pattern?.includes('*') === false && matchesHost(rule, host),
	);

const matterOf = (effect: Exclude<CallEffect, 'control'>, places: readonly CallPlace[]): Matter => {
	if (effect !== 'write') return effect;
	// A write that names no place is taken for the graver one.
	return places.length > 0 && places.every(place => place === 'outputs') ? 'write outputs' : 'write project';
};

const offer = (subject: Subject, family: RuleFamily | undefined, grade: LineGrade | undefined): string | undefined => {
	switch (subject.kind) {
		case 'command':
			return grade === undefined ? undefined : offerForLine(subject.line, grade);
		case 'paths':
			return family === undefined ? undefined : offerForPlace(family, subject.shown);
		case 'host':
			return offerForPlace('fetch', [subject.host]);
		case 'none':
			return undefined;
		default:
			return subject satisfies never;
	}
};
