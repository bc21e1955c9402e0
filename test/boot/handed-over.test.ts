import {mkdirSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {forgetHandedOver, readHandedOver, writeHandedOver} from '../../source/boot/handed-over.ts';
import {pathsOf} from '../../source/boot/paths.ts';
import {temporaryFolder} from './temporary-folder.ts';

it('tells what was handed over until that is taken up, for whoever reads it may be killed on the way', () => {
	const folder = temporaryFolder();
	const paths = pathsOf({FLOTILLA_HOME: folder});
	expect(readHandedOver(paths)).toEqual([]);
	expect(writeHandedOver(paths, ['run_a', 'run_b'])).toBeUndefined();
	expect([readHandedOver(paths), readHandedOver(paths)]).toEqual([
		['run_a', 'run_b'],
		['run_a', 'run_b'],
	]);
	expect(readdirSync(folder)).toEqual(['handed-over.json']);
	forgetHandedOver(paths);
	forgetHandedOver(paths);
	expect(readHandedOver(paths)).toEqual([]);
});

it('says why it cannot be written, and leaves nothing half written', () => {
	const folder = temporaryFolder();
	const paths = pathsOf({FLOTILLA_HOME: folder});
	mkdirSync(join(folder, 'handed-over.json', 'in the way'), {recursive: true});
	expect(writeHandedOver(paths, ['run_a'])).toMatch(/handed-over\.json/);
	expect(readdirSync(folder)).toEqual(['handed-over.json']);
	expect(readHandedOver(paths)).toEqual([]);
});
