import {existsSync, readFileSync} from 'node:fs';

/**
 * The words of a tool, from the `.md` named like it. In the sources it lies beside this file; the published program
 * is one bundle at the top of `dist/`, and the build copies this room's words to `dist/tools/`.
 */
export const readWords = (tool: string): string => {
	const file = `${tool.replaceAll('_', '-')}.md`;
	const found = [`./${file}`, `./tools/${file}`]
		.map(place => new URL(place, import.meta.url))
		.find(url => existsSync(url));
	if (found === undefined)
		throw new Error(
			`The words of the tool ${tool} (${file}) are missing beside ${import.meta.url}. Install Flotilla again.`,
		);
	return readFileSync(found, 'utf8').trim();
};
