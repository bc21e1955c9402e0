import {readdir} from 'node:fs/promises';
import path from 'node:path';
import ignore, {type Ignore} from 'ignore';
import {readText} from './read-text.ts';

export type Walk = {
	/** Relative to the folder, `/` between names, in order. */
	readonly files: readonly string[];
	/** False when the walk ended at its limit. */
	readonly isComplete: boolean;
};

/** Never of interest and often huge; a project without git has nobody else to say so. */
const skipped = new Set(['.git', 'node_modules', '.venv', '__pycache__']);
const depthMax = 40;
const ignoreFileBytesMax = 256 * 1024;

/**
 * The files beneath a folder, without following links, and without what the folder's `.gitignore` files leave out.
 * Ignored folders are not entered, and the walk ends at `filesMax`, so that a whole home folder is bearable.
 */
export const walkFiles = async (folder: string, filesMax: number, abort: AbortSignal): Promise<Walk> => {
	const files: string[] = [];
	let isComplete = true;
	type Rules = {readonly at: string; readonly ignore: Ignore};
	const isIgnored = (rules: readonly Rules[], file: string): boolean => {
		let ignored = false;
		for (const {at, ignore} of rules) {
			const said = ignore.test(file.slice(at.length));
			if (said.ignored) ignored = true;
			else if (said.unignored) ignored = false;
		}
		return ignored;
	};
	const enter = async (inner: string, outerRules: readonly Rules[], depth: number): Promise<void> => {
		const listed = await readdir(path.join(folder, inner), {withFileTypes: true}).catch(() => []);
		const ignoreFile = await readText(path.join(folder, inner, '.gitignore'), ignoreFileBytesMax);
		const rules =
			ignoreFile.kind === 'text' ? [...outerRules, {at: inner, ignore: ignore().add(ignoreFile.text)}] : outerRules;
		for (const entry of listed.sort((a, b) => (a.name < b.name ? -1 : 1))) {
			if (files.length >= filesMax || abort.aborted) {
				isComplete = false;
				return;
			}
			const file = inner + entry.name;
			if (entry.isDirectory()) {
				if (skipped.has(entry.name) || isIgnored(rules, `${file}/`)) continue;
				if (depth < depthMax) await enter(`${file}/`, rules, depth + 1);
				else isComplete = false;
			} else if (entry.isFile() && !isIgnored(rules, file)) files.push(file);
		}
	};
	await enter('', [], 0);
	return {files, isComplete};
};
