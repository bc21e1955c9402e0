import {lstat} from 'node:fs/promises';
import path from 'node:path';
import type {Git} from '../workspace/git.ts';
import {globMatch} from '../workspace/glob-match.ts';
import type {Place} from '../workspace/jail.ts';
import {listProjectFiles} from '../workspace/project-files.ts';
import type {Site} from './tool.ts';

export type FilesBelow = {
	/** The folder that `files` are relative to. */
	readonly folder: string;
	readonly files: readonly string[];
	/** How the agent sees one of them, in the form that other tools take. */
	readonly shown: (file: string) => string;
	readonly tracked: number | undefined;
	readonly isComplete: boolean;
};

/** The project's files beneath a place, narrowed by a pattern; of a single file, itself. Undefined: nothing is there. */
export const listFilesBelow = async (order: {
	readonly place: Place;
	readonly pattern: string | undefined;
	readonly git: Git;
	readonly site: Site;
}): Promise<FilesBelow | undefined> => {
	const {place, pattern, git, site} = order;
	const stats = await lstat(place.path).catch(() => undefined);
	if (stats === undefined) return undefined;
	if (!stats.isDirectory())
		return {
			folder: path.dirname(place.path),
			files: [path.basename(place.path)],
			shown: () => place.shown,
			tracked: undefined,
			isComplete: true,
		};
	const listed = await listProjectFiles({root: place.path, git, abort: site.abort});
	const prefix = place.shown === '.' ? '' : /[:/]$/.test(place.shown) ? place.shown : `${place.shown}/`;
	const wanted = pattern === undefined ? listed.files : listed.files.filter(globMatch(pattern));
	const {isClosed} = site;
	return {
		...listed,
		folder: place.path,
		files: isClosed === undefined ? wanted : wanted.filter(file => !isClosed(prefix + file)),
		shown: file => prefix + file,
	};
};
