import {existsSync, readdirSync, readFileSync} from 'node:fs';
import type {RoleFile} from './roles.ts';

/**
 * The role files that come with the program. In the sources they lie beside this file; the published program is one
 * bundle at the top of `dist/`, and the build copies them to `dist/agents/roles/`.
 */
export const readRoleFiles = (): readonly RoleFile[] => {
	const folder = ['./roles/', './agents/roles/']
		.map(place => new URL(place, import.meta.url))
		.find(url => existsSync(new URL('planner.md', url)));
	if (folder === undefined)
		throw new Error(`The role files are missing beside ${import.meta.url}. Install Flotilla again.`);
	return readdirSync(folder)
		.filter(name => name.endsWith('.md'))
		.sort()
		.map(name => ({file: name, text: readFileSync(new URL(name, folder), 'utf8')}));
};
