import {describe, expect, test} from 'vitest';
import type {Context} from '../../store/context.ts';
import {contexts} from '../../store/context-kinds.ts';
import {builtInKeys} from '../../store/keymap.ts';
import {keysHere} from '../../store/keys-here.ts';
import {matchKey} from '../../store/match-key.ts';
import {openWindow} from './open-window.ts';

const here = (context: Context) =>
	keysHere({
		keymap: builtInKeys,
		context,
		inPast: false,
		has: () => true,
		word: id => builtInKeys.bindingOf(id).title,
		disabled: id => (id === 'step.retry' ? 'It has not failed.' : undefined),
	});

describe('the keys that are listed', () => {
	test.each(contexts)('are called for by one key in %s', context => {
		expect(matchKey(builtInKeys, context, 'ctrl+x')).toBe('keys.here');
		expect(
			here(context)
				.flatMap(({keys}) => keys)
				.map(({key}) => key),
		).not.toContain('Esc');
	});

	test('are those of the very place first, with the reason of what cannot be done', () => {
		const groups = here('plan');
		expect(groups[0]?.group).toBe('Plan');
		const at = (name: string) => groups.findIndex(({group}) => group === name);
		expect(at('Moving')).toBeLessThan(at('Everywhere'));
		expect(groups.flatMap(({keys}) => keys).find(({title}) => title === 'retry')).toMatchObject({
			key: 'r',
			disabled: 'It has not failed.',
		});
		expect(groups.flatMap(({keys}) => keys).map(({title}) => title)).not.toContain('interrupt');
	});

	test('name keys that do each another thing by the first and the last', () => {
		const keys = here('reach').flatMap(group => group.keys);
		expect(keys.find(({title}) => title === 'choose')).toMatchObject({key: '1–9'});
	});
});

describe('the list of keys', () => {
	test('goes with the next key, which does what it does', async () => {
		const {press, ui, step} = openWindow({stage: 'proposed'});
		await press('ctrl+x');
		expect(ui().keysPage).toBe(0);
		await press('a');
		expect(ui().keysPage).toBeUndefined();
		expect(step('scout').status.kind).toBe('working');
	});

	test('says why a key that is listed as disabled does nothing', async () => {
		const {press, ui, notice, fleet} = openWindow();
		await press('g', 'ctrl+x', 'a');
		expect(ui().keysPage).toBeUndefined();
		expect(notice()).toBe('"Look over the folder" cannot be approved: it is done.');
		expect(fleet.commands).toEqual([]);
	});

	test('is left by Esc alone, and what lies below stays', async () => {
		const {press, ui, overlay} = openWindow({stage: 'proposed'});
		await press('x', 'ctrl+x', 'esc');
		expect(ui().keysPage).toBeUndefined();
		expect(overlay()).toMatchObject({kind: 'form', subject: {kind: 'reject'}});
	});

	test('leaves letters to a text that is being typed', async () => {
		const {press, overlay, fleet} = openWindow({stage: 'proposed'});
		await press('x', 'n', 'ctrl+x', 'A');
		expect(overlay()).toMatchObject({fields: [{buffer: {text: 'nA'}}]});
		expect(fleet.commands).toEqual([]);
	});

	test('is closed by a press of the mouse, which selects nothing under it', async () => {
		const {press, window, ui} = openWindow();
		await press('ctrl+x');
		const before = ui();
		window.point({kind: 'press', x: 3, y: 3});
		expect(ui()).toEqual({...before, keysPage: undefined});
	});
});
