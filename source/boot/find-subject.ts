import type {Agent} from '../domain/agent.ts';
import type {RunId} from '../domain/id.ts';
import {stepsOf} from '../domain/plan.ts';
import type {Request} from '../domain/request.ts';
import type {Run} from '../domain/run.ts';
import type {Step} from '../domain/step.ts';
import {listed} from './listed.ts';
import {Problem} from './problem.ts';

/** What a person may name. */
type Named = {readonly id: string};

type Kind<T extends Named> = {
	/** The word for one, which its ids begin with, and for all of them. */
	readonly word: string;
	readonly words: string;
	/** The command that lists them. */
	readonly listing: string;
	/** What it is called besides its id. */
	readonly nameOf: (one: T) => string | undefined;
	/** Which are offered where none is found, and what they are; all when absent. */
	readonly offered?: {readonly isOne: (one: T) => boolean; readonly word: string};
};

/** The number behind the last underscore of an id. */
const numberOf = (id: string): string => id.slice(id.lastIndexOf('_') + 1);

/** Whether a word is an id whose middle, which says of which run it is, is cut short, such as `step_k3_4`. */
const isShortOf = (id: string, word: string, said: string): boolean => {
	const [, begin, number] = /^([a-z]+_[0-9a-z]+)_(\d+)$/.exec(said) ?? [];
	return begin?.startsWith(`${word}_`) === true && id.startsWith(begin) && number === numberOf(id);
};

/**
 * Which are meant: first by whole id or name, then by the number at the end (`step_3`, or only `3`), then by how id or
 * name begin. The first way that fits any decides.
 */
const fitting = <T extends Named>(all: readonly T[], {word, nameOf}: Kind<T>, said: string): readonly T[] => {
	const ways: readonly ((one: T) => boolean)[] = [
		one => one.id === said || nameOf(one) === said,
		one => said === `${word}_${numberOf(one.id)}`,
		// A number alone may be that of the id or that of the name, and these seldom agree.
		one => /^\d+$/.test(said) && (said === numberOf(one.id) || nameOf(one)?.endsWith(`-${said}`) === true),
		one => isShortOf(one.id, word, said),
		one => one.id.startsWith(said) || (nameOf(one)?.startsWith(said) ?? false),
	];
	for (const way of ways) {
		const found = all.filter(way);
		if (found.length > 0) return found;
	}
	return [];
};

const find = <T extends Named>(runId: RunId, all: readonly T[], kind: Kind<T>, said: string): T => {
	const found = said === '' ? [] : fitting(all, kind, said);
	const [only] = found;
	const calling = (one: T): string => kind.nameOf(one) ?? one.id;
	const named = (one: T): string => (kind.nameOf(one) === undefined ? one.id : `${kind.nameOf(one)} (${one.id})`);
	if (found.length > 1 && /^\d+$/.test(said))
		throw new Problem(`"${said}" may be ${found.map(named).join(' or ')} of ${runId}. Say its name or its id.`);
	if (found.length > 1)
		throw new Problem(
			`"${said}" fits ${found.length} ${kind.words} of ${runId}: ${listed(found.map(calling))}. Type more of it.`,
		);
	if (only !== undefined) return only;
	const {offered} = kind;
	const offers = offered === undefined ? all : all.filter(offered.isOne);
	const quality = offered === undefined ? '' : `${offered.word} `;
	const there =
		offers.length === 0
			? `It has no ${quality}${kind.words}.`
			: `There are${quality === '' ? '' : ` these ${quality}${kind.words}`}: ${listed(offers.map(calling))}.`;
	throw new Problem(
		`There is no ${kind.word} "${said}" in ${runId}. ${there} \`${kind.listing}\` lists them; --run names another run.`,
	);
};

/** The agent a person means by its id, its number, its name, or the beginning of one. Throws a Problem. */
export const findAgent = (run: Run, said: string): Agent =>
	find(
		run.id,
		run.agents,
		{word: 'agent', words: 'agents', listing: `flotilla agents ${run.id}`, nameOf: ({name}) => name},
		said,
	);

/** The step a person means by its id, its number, its key, or the beginning of one. Throws a Problem. */
export const findStep = (run: Run, said: string): Step =>
	find(
		run.id,
		stepsOf(run.plan),
		{word: 'step', words: 'steps', listing: `flotilla tasks ${run.id}`, nameOf: ({key}) => key},
		said,
	);

/** The request a person means by its id, its number, or the beginning of its id; also one that is answered. Throws a Problem. */
export const findRequest = (run: Run, said: string): Request =>
	find(
		run.id,
		run.requests,
		{
			word: 'request',
			words: 'requests',
			listing: `flotilla inbox --run ${run.id}`,
			nameOf: () => undefined,
			offered: {isOne: ({status}) => status.kind === 'open', word: 'open'},
		},
		said,
	);
