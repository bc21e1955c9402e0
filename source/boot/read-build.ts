import {readFileSync} from 'node:fs';
import type {Build} from '../host/frame.ts';

/**
 * Which build of its version this program is: `build.json` lies in `dist/`. Undefined for one that runs from its
 * sources. To be read when the program starts, for another build may lie there later.
 */
export const readBuild = (): Build | undefined => {
	try {
		const facts: unknown = JSON.parse(readFileSync(new URL('build.json', import.meta.url), 'utf8'));
		if (typeof facts !== 'object' || facts === null || !('id' in facts) || !('at' in facts)) return undefined;
		const {id, at} = facts;
		return typeof id === 'string' && typeof at === 'number' ? {id, at} : undefined;
	} catch {
		return undefined;
	}
};
