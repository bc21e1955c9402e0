import {readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import type {RunId} from '../domain/id.ts';
import type {Paths} from './paths.ts';
import {replaceFile} from './replace-file.ts';

const fileOf = ({state}: Paths): string => join(state, 'handed-over.json');

/**
 * Written by an engine that ends for another one: the runs it sets down only for that. Answers why it could not be
 * written, if so: the hand-over goes on all the same, for whoever asked for it is told the same.
 */
export const writeHandedOver = (paths: Paths, runs: readonly RunId[]): string | undefined => {
	try {
		replaceFile(fileOf(paths), JSON.stringify(runs), 0o600);
		return undefined;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
};

/** The runs that the engine before this one set down for it. They are told until they are forgotten. */
export const readHandedOver = (paths: Paths): readonly string[] => {
	try {
		const runs: unknown = JSON.parse(readFileSync(fileOf(paths), 'utf8'));
		return Array.isArray(runs) ? runs.map(String) : [];
	} catch {
		// There was none.
		return [];
	}
};

/** They are taken up, or nobody wants another engine after all. */
export const forgetHandedOver = (paths: Paths): void => rmSync(fileOf(paths), {force: true, recursive: true});
