import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {keepArrangement, readArrangement} from '../../source/boot/arrangement-file.ts';
import {type Arrangement, usualArrangement} from '../../store/arrangement.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'flotilla-panes-'));

test('an arrangement of panes is found again by the next window', () => {
	const state = join(folder(), 'not', 'yet');
	expect(readArrangement({state})).toEqual({arrangement: usualArrangement, problem: undefined});
	const arrangement: Arrangement = {
		sizes: {...usualArrangement.sizes, agents: 'large'},
		hidden: ['cost'],
		full: true,
	};
	keepArrangement({state}, arrangement);
	expect(readArrangement({state})).toEqual({arrangement, problem: undefined});
	expect(JSON.parse(readFileSync(join(state, 'panes.json'), 'utf8'))).toMatchObject({version: 1});
});

test.each([
	'',
	'{',
	'{"version":2}',
	'{"version":1,"sizes":{"plan":"huge"},"hidden":[],"full":false}',
	'{"version":1,"sizes":{"plan":"usual","agents":"usual","log":"usual","cost":"usual"},"hidden":["plan","agents","log","cost"],"full":false}',
])('a damaged file is passed over with a word: %s', text => {
	const state = folder();
	writeFileSync(join(state, 'panes.json'), text);
	const {arrangement, problem} = readArrangement({state});
	expect(arrangement).toEqual(usualArrangement);
	expect(problem).toContain(`${join(state, 'panes.json')} cannot be understood`);
});

test('what cannot be written is no reason to stop', () => {
	const state = join(folder(), 'file');
	writeFileSync(state, '');
	expect(() => keepArrangement({state}, usualArrangement)).not.toThrow();
});
