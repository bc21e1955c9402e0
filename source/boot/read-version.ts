import {existsSync, readFileSync} from 'node:fs';

/** The version in package.json, which lies one folder above `dist/` and two above this file. */
export const readVersion = (): string => {
	const file = ['../package.json', '../../package.json']
		.map(place => new URL(place, import.meta.url))
		.find(url => existsSync(url));
	if (file === undefined) return 'unknown';
	const facts: {readonly version?: unknown} = JSON.parse(readFileSync(file, 'utf8'));
	return typeof facts.version === 'string' ? facts.version : 'unknown';
};
