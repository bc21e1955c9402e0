import {lstat, realpath} from 'node:fs/promises';
import path from 'node:path';
import {isProtectedPath} from '../domain/protected-path.ts';

/** The two folders agents work in. Both are real paths (symlinks resolved). */
export type Folders = {readonly root: string; readonly outputs: string};

/** A path that may be touched. */
export type Place = {
	readonly kind: 'root' | 'outputs';
	/** Absolute, without symlinks. Whatever is touched is touched under this path. */
	readonly path: string;
	/** How agents and persons see it: relative to the project, or `outputs:` and relative to the outputs folder. */
	readonly shown: string;
};

/** A path that may not, with words that say why and what to do instead. */
export type Refusal = {readonly kind: 'outside' | 'protected'; readonly words: string};

/** Paths into the outputs folder may be given with this in front, so that no agent has to spell its long real path. */
const outputsPrefix = 'outputs:';

const pathCharactersMax = 4096;
const nameBytesMax = 255;

/**
 * Resolves a path given by a model. Relative paths start at `root`; `outputs:` and absolute paths are understood.
 * Every link is followed before the check, and the answer holds the path behind the links, so that no link can lead
 * out afterwards. A file that does not exist yet is judged by its deepest existing folder.
 */
export const resolvePlace = async (folders: Folders, given: string): Promise<Place | Refusal> => {
	const malformed = problemOf(given);
	if (malformed !== undefined) return {kind: 'outside', words: malformed};
	const lexical = given.startsWith(outputsPrefix)
		? path.join(folders.outputs, given.slice(outputsPrefix.length))
		: path.resolve(folders.root, given);
	const outside: Refusal = {
		kind: 'outside',
		words: `${JSON.stringify(given)} is outside the project folder and the outputs folder. Give a path relative to the project, or one that begins with ${outputsPrefix}`,
	};
	// The folders may lie within each other: the outputs folder is asked first, because it is the more open one.
	const named = within(folders, lexical);
	if (named === undefined) return outside;
	const real = await behindLinks(lexical);
	if (real === undefined)
		return {
			kind: 'outside',
			words: `${JSON.stringify(given)} is a link that leads nowhere or in a circle. Use another path.`,
		};
	const found = within(folders, real);
	if (found === undefined) return {...outside, words: `${outside.words}. It is reached through a link.`};
	if (isProtectedPath(named.inner) || isProtectedPath(found.inner))
		return {
			kind: 'protected',
			words: `${JSON.stringify(given)} is protected: keys, credentials, and git's and Flotilla's own files are closed to agents. Work without it, or ask the person.`,
		};
	const inner = found.inner.split(path.sep).join('/');
	return {kind: found.kind, path: real, shown: found.kind === 'root' ? inner || '.' : outputsPrefix + inner};
};

const problemOf = (given: string): string | undefined => {
	if (/[\u0000-\u001f\u007f]/.test(given))
		return `${JSON.stringify(given)} holds a control character, which no path here may.`;
	if (given.length > pathCharactersMax)
		return `The path has ${given.length} characters; the most is ${pathCharactersMax}.`;
	const names = given.replace(outputsPrefix, `${outputsPrefix}/`).split(/[/\\]/);
	if (names.includes('..'))
		return `${JSON.stringify(given)} climbs with "..". Give the path from the project folder down instead.`;
	const long = names.find(name => Buffer.byteLength(name) > nameBytesMax);
	if (long !== undefined)
		return `The name ${JSON.stringify(`${long.slice(0, 40)}…`)} is longer than ${nameBytesMax} bytes.`;
	return undefined;
};

const within = (folders: Folders, file: string): {readonly kind: Place['kind']; readonly inner: string} | undefined => {
	for (const kind of ['outputs', 'root'] as const) {
		const inner = path.relative(folders[kind], file);
		if (inner !== '..' && !inner.startsWith(`..${path.sep}`) && !path.isAbsolute(inner)) return {kind, inner};
	}
	return undefined;
};

/** The path with all links followed, as far down as it exists; undefined for a link without a target. */
const behindLinks = async (file: string): Promise<string | undefined> => {
	const missing: string[] = [];
	for (let existing = file; ; existing = path.dirname(existing)) {
		const real = await realpath(existing).catch(() => undefined);
		if (real !== undefined) return path.join(real, ...missing);
		// Something is there, and yet it has no real path: a dangling or circular link, or a folder closed to us.
		const isThere = await lstat(existing).then(
			() => true,
			() => false,
		);
		if (isThere || existing === path.dirname(existing)) return undefined;
		missing.unshift(path.basename(existing));
	}
};
