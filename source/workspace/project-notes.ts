import {cleanText} from './clean-text.ts';
import {resolvePlace} from './jail.ts';
import {readText} from './read-text.ts';

export type ProjectNotes = {
	/** `AGENTS.md` or `CLAUDE.md`. */
	readonly file: string;
	readonly text: string;
	/** False when the file is longer than what is given here. */
	readonly isComplete: boolean;
};

const candidates = ['AGENTS.md', 'CLAUDE.md'] as const;
const charactersMax = 16 * 1024;
const bytesMax = 1024 * 1024;

/** What the project's people wrote for agents: the first of the known files that is there and lies in the folder. */
export const readProjectNotes = async (root: string): Promise<ProjectNotes | undefined> => {
	for (const file of candidates) {
		const place = await resolvePlace({root, outputs: root}, file);
		if (!('path' in place)) continue;
		const found = await readText(place.path, bytesMax);
		if (found.kind !== 'text' || found.text.trim() === '') continue;
		const isComplete = found.text.length <= charactersMax;
		return {file, text: cleanText(found.text.slice(0, charactersMax)), isComplete};
	}
	return undefined;
};
