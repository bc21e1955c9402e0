import {expect, test} from 'vitest';
import {type CallEffect, callEffects} from '../../source/domain/call.ts';
import {permissionModes} from '../../source/domain/settings.ts';
import {type CallPlace, permissionModeWords, weigh} from '../../source/policy/permission.ts';

const verdict = (mode: (typeof permissionModes)[number], effect: CallEffect, ...places: readonly CallPlace[]) =>
	weigh({mode, tool: 'some_tool', effect, places});

const row = (effect: CallEffect, ...places: readonly CallPlace[]) =>
	permissionModes.map(mode => verdict(mode, effect, ...places).kind).join(' ');

test.each([
	// effect and places, then the verdicts of plan, ask, edits and bypass
	['read', ['root'], 'allow allow allow allow'],
	['read', ['outputs'], 'allow allow allow allow'],
	['write', ['outputs'], 'allow allow allow allow'],
	['write', ['root'], 'deny ask allow allow'],
	['write', ['root', 'outputs'], 'deny ask allow allow'],
	['write', [], 'deny ask allow allow'],
	['run', [], 'deny ask ask allow'],
	['run', ['root'], 'deny ask ask allow'],
	['network', [], 'deny ask ask allow'],
	['control', [], 'allow allow allow allow'],
] as const)('%s in %j is, by mode: %s', (effect, places, verdicts) => {
	expect(row(effect, ...places)).toBe(verdicts);
});

test('what lies outside or is protected is denied in every mode, for every effect, also beside what is allowed', () => {
	for (const effect of callEffects)
		for (const place of ['outside', 'protected'] as const) {
			expect(row(effect, place)).toBe('deny deny deny deny');
			expect(row(effect, 'root', place)).toBe('deny deny deny deny');
		}
});

test('a verdict names its mode and what it is about in words', () => {
	expect(verdict('ask', 'run').rule).toBe('In mode ask, running commands asks a person.');
	expect(verdict('plan', 'write', 'root').rule).toBe('In mode plan, changing the project’s files is denied.');
	expect(verdict('bypass', 'read', 'protected').rule).toContain('some_tool is denied on keys');
});

test('each mode is described in one line', () => {
	expect(Object.keys(permissionModeWords)).toEqual([...permissionModes]);
	for (const words of Object.values(permissionModeWords)) expect(words).toMatch(/^[^\n]{20,120}$/);
});
