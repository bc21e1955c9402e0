import type {RunId} from '../../source/domain/id.ts';
import type {NanoUsd} from '../../source/domain/money.ts';
import type {RunSummary} from '../../source/domain/run.ts';
import type {Waiting} from '../../source/domain/waiting.ts';

/**
 * What Home calls the state of a run, the one that needs a person most first. `left off`: it was at work, and nobody
 * carries it now, such as after the machine was started anew.
 */
export const homeWords = ['needs you', 'left off', 'failed', 'working', 'paused', 'stopped', 'done'] as const;
export type HomeWord = (typeof homeWords)[number];

/** What is stored at a moment. */
export type HomeFacts = {
	/** Newest first. */
	readonly runs: readonly RunSummary[];
	/** An engine lives, so what is said to be at work is. */
	readonly isCarried: boolean;
	/** Out of sight, but kept. */
	readonly archived: ReadonlySet<RunId>;
	/** The requests of all runs that wait for a person, the oldest first. */
	readonly waiting: readonly Waiting[];
	/** The most that all runs together may cost on a day, as the configuration says; undefined: it says nothing. */
	readonly dayLimit: NanoUsd | undefined;
};

export type HomeRun = {
	readonly summary: RunSummary;
	readonly word: HomeWord;
	readonly isArchived: boolean;
	/** Its requests, the oldest first. */
	readonly waiting: readonly Waiting[];
};

export type HomeRow =
	| {readonly kind: 'folder'; readonly dir: string; readonly isHere: boolean; readonly count: number}
	| {readonly kind: 'run'; readonly run: HomeRun};

const wordOf = ({status}: RunSummary, isCarried: boolean): HomeWord => {
	switch (status) {
		case 'planning':
		case 'running':
			return isCarried ? 'working' : 'left off';
		case 'waiting':
			return 'needs you';
		case 'paused':
		case 'done':
		case 'failed':
		case 'stopped':
			return status;
		default:
			return status satisfies never;
	}
};

/**
 * Since when a run stands as its word says, as far as that is known: what needs a person does since its oldest request
 * was opened, whatever happened to it then, such as that it was seen; what works, since it last began or went on; all
 * else, since something last happened.
 */
export const standsSince = ({word, waiting: [oldest], summary}: HomeRun): number => {
	const {goesOnSince, lastEventAt} = summary;
	const since = word === 'needs you' ? oldest?.openedAt : word === 'working' ? goesOnSince : undefined;
	return since ?? lastEventAt;
};

/** The oldest wait first; what is over, the newest first; what moves keeps its place. */
const byAge = (a: HomeRun, b: HomeRun): number => {
	if (a.word === 'needs you') return standsSince(a) - standsSince(b);
	if (a.word === 'working') return a.summary.createdAt - b.summary.createdAt;
	return standsSince(b) - standsSince(a);
};

const urgency = ({word}: HomeRun): number => homeWords.indexOf(word);

export const homeRuns = ({runs, isCarried, archived, waiting}: HomeFacts): readonly HomeRun[] => {
	const requests = Map.groupBy(waiting, ({runId}) => runId);
	return runs
		.map(summary => ({
			summary,
			word: wordOf(summary, isCarried),
			isArchived: archived.has(summary.id),
			waiting: requests.get(summary.id) ?? [],
		}))
		.toSorted((a, b) => urgency(a) - urgency(b) || byAge(a, b));
};

/** What waits in runs that are not out of sight, the oldest first. */
export const waitingIn = ({waiting, archived}: HomeFacts): readonly Waiting[] =>
	waiting.filter(({runId}) => !archived.has(runId));

/** Every word of the filter stands in its goal, folder, state or id. */
const fits = ({summary: {goal, dir, id}, word}: HomeRun, filter: string): boolean => {
	const text = `${goal}\n${dir}\n${word}\n${id}`.toLowerCase();
	return filter
		.toLowerCase()
		.split(/\s+/)
		.every(part => text.includes(part));
};

/** The list by folders: `here` first, then those whose runs need a person most. */
export const homeRows = (
	runs: readonly HomeRun[],
	here: string,
	archived: boolean,
	filter: string,
): readonly HomeRow[] => {
	const seen = runs.filter(run => (archived || !run.isArchived) && fits(run, filter));
	const folders = Map.groupBy(seen, ({summary}) => summary.dir);
	// A map keeps the order of its first rows, which is that of urgency.
	const dirs = [...folders.keys()].toSorted((a, b) => Number(b === here) - Number(a === here));
	return dirs.flatMap((dir): readonly HomeRow[] => {
		const inside = folders.get(dir) ?? [];
		const heading = {kind: 'folder', dir, isHere: dir === here, count: inside.length} as const;
		return [heading, ...inside.map(run => ({kind: 'run', run}) as const)];
	});
};

/** What was asked for before, oldest first, each once. */
export const pastGoals = ({runs}: HomeFacts): readonly string[] => [
	...new Set(runs.toReversed().map(({goal}) => goal)),
];
