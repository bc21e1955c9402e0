import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {z} from 'zod';
import {eventVersions} from '../../db/versions.ts';
import {groundsSchema} from '../../source/boot/grounds-schema.ts';
import {frames} from '../../source/host/client-session.ts';
import {commandSchema} from '../../source/host/command-schema.ts';
import {wireVersion} from '../../source/host/frame.ts';
import {makeRun} from '../support/make-run.ts';

const source = (...path: readonly string[]): string =>
	readFileSync(join(import.meta.dirname, '..', '..', 'source', ...path), 'utf8');

/** Types as they stand in their file, without comments and layout. */
const typesIn = (text: string): string =>
	text
		.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
		.split('\n')
		.map(line => line.trim())
		.filter(line => line !== '' && !line.startsWith('import '))
		.join('\n');

/** The names of all fields, and of what kind they are. */
const shapeOf = (value: unknown): unknown => {
	if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
	if (typeof value !== 'object' || value === null) return typeof value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([name, part]) => [name, shapeOf(part)]),
	);
};

const schema = (of: z.ZodType): unknown => z.toJSONSchema(of, {unrepresentable: 'any'});

it('goes up whenever what goes over the wire changes, for engines and clients of one number take each other at their word', async () => {
	const form = {
		frames: schema(frames),
		commands: schema(commandSchema),
		grounds: schema(groundsSchema),
		settings: shapeOf(makeRun().settings),
		events: eventVersions,
	};
	const types = ['frame.ts', 'host-port.ts'].map(file => typesIn(source('host', file)));
	// When this fails: raise `wireVersion` in source/host/frame.ts, and write the new form with `npx vitest -u`.
	await expect([JSON.stringify(form, undefined, '\t'), ...types, ''].join('\n')).toMatchFileSnapshot(
		`wire-${wireVersion}.txt`,
	);
});
