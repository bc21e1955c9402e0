import {readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {z} from 'zod';
import {readArchive} from '../../source/boot/archive.ts';
import {readOwnJson, writeOwnJson} from '../../source/boot/own-json.ts';
import {temporaryFolder} from './temporary-folder.ts';

const schema = () => z.strictObject({version: z.literal(1), berths: z.number()});

test('a small file of ours is read as it was written, by its owner alone', () => {
	const file = join(temporaryFolder(), 'not', 'yet', 'berths.json');
	const never = () => {
		throw new Error('Nothing is there that a schema is needed for.');
	};
	expect(readOwnJson(file, never)).toBe('none');
	writeOwnJson(file, {version: 1, berths: 14});
	expect(readOwnJson(file, schema)).toEqual({version: 1, berths: 14});
	expect(readFileSync(file, 'utf8')).toMatch(/\}\n$/);
	expect(statSync(file).mode & 0o777).toBe(0o600);
});

test.each(['', '{', '[]', '{"version":2,"berths":14}', '{"version":1,"berths":14,"more":1}'])(
	'what cannot be understood is told from what is not there: %s',
	text => {
		const file = join(temporaryFolder(), 'berths.json');
		writeFileSync(file, text);
		expect(readOwnJson(file, schema)).toBe('unclear');
		expect(() => readArchive(file)).toThrow(
			`${file} says which runs are archived, and cannot be understood. Delete it to see all runs.`,
		);
	},
);
