import {describe, expect, test} from 'vitest';
import {contextKinds, contexts} from '../../store/context-kinds.ts';
import {helpGroups} from '../../store/hints.ts';
import {actionIds, builtInKeys} from '../../store/keymap.ts';
import {actionsIn, layersOf, matchKey} from '../../store/match-key.ts';

const {bindingOf} = builtInKeys;
const matches = (context: (typeof contexts)[number], key: string) => matchKey(builtInKeys, context, key);

/** Where letters are letters. */
const typing = contexts.filter(context => contextKinds[context] === 'text');

describe('the key table', () => {
	test('gives every action a key, a title, a sentence and a group', () => {
		for (const id of actionIds) {
			const {binds, title, text} = bindingOf(id);
			expect(
				binds.flatMap(bind => bind.keys),
				id,
			).not.toHaveLength(0);
			expect(title, id).not.toBe('');
			expect(text, id).toMatch(/^[A-Z].*\.$/);
		}
	});

	test('shows every action in the help', () => {
		const shown = helpGroups(builtInKeys).flatMap(({keys}) => keys.map(({text}) => text));
		expect(shown.toSorted()).toEqual(actionIds.map(id => bindingOf(id).text).toSorted());
	});

	test.each(contexts)('means one thing by each key in %s', context => {
		for (const layer of layersOf(context, true)) {
			const keys = actionIds.flatMap(id =>
				bindingOf(id).binds.flatMap(bind => (bind.where.includes(layer) ? bind.keys : [])),
			);
			expect(keys.length).toBe(new Set(keys).size);
		}
	});

	test('makes every action reachable somewhere', () => {
		const reached = new Set(
			contexts.flatMap(context =>
				[...actionsIn(builtInKeys, context), ...actionsIn(builtInKeys, context, true)].flatMap(({id, keys}) =>
					keys.length > 0 ? [id] : [],
				),
			),
		);
		expect(actionIds.filter(id => !reached.has(id))).toEqual([]);
	});

	test.each(contexts.filter(context => contextKinds[context] !== 'pane'))('leads back out of %s', context => {
		expect(matches(context, 'esc')).toBe('back');
	});

	test.each(typing)('leaves every letter in %s to the text, so that typing can never approve', context => {
		for (let code = 32; code < 127; code++) {
			const key = String.fromCharCode(code);
			expect(matches(context, key === ' ' ? 'space' : key), key).toBeUndefined();
		}
	});

	test('answers requests only where a request is on screen', () => {
		for (const context of contexts.filter(other => other !== 'requests' && other !== 'reach'))
			expect(actionsIn(builtInKeys, context).filter(({id}) => id.startsWith('request.'))).toEqual([]);
	});

	test('lets Ctrl+C through everywhere', () => {
		for (const context of contexts) expect(matches(context, 'ctrl+c')).toBe('app.interrupt');
	});
});
