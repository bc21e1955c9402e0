import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {RunId} from '../domain/id.ts';
import type {Paths} from './paths.ts';

const fileOf = ({state}: Paths): string => join(state, 'handed-over.json');

/** Written by an engine that ends for another one: the runs it set down only for that. */
export const writeHandedOver = (paths: Paths, runs: readonly RunId[]): void =>
	writeFileSync(fileOf(paths), JSON.stringify(runs), {mode: 0o600});

/** Somebody wants no other engine after all. */
export const forgetHandedOver = (paths: Paths): void => rmSync(fileOf(paths), {force: true});

/** The runs that the engine before this one set down for it. They are told once. */
export const takeHandedOver = (paths: Paths): readonly string[] => {
	const file = fileOf(paths);
	try {
		const runs: unknown = JSON.parse(readFileSync(file, 'utf8'));
		rmSync(file, {force: true});
		return Array.isArray(runs) ? runs.map(String) : [];
	} catch {
		// There was none.
		return [];
	}
};
