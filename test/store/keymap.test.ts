import {describe, expect, test} from 'vitest';
import {helpGroups} from '../../store/hints.ts';
import {actionIds, bindingOf} from '../../store/keymap.ts';
import {actionsIn, keysIn, layersOf, matchKey} from '../../store/match-key.ts';
import {type Context, panes} from '../../store/ui.ts';

const contexts: readonly Context[] = [
	...panes,
	'prompt',
	'filter',
	'search',
	'answer',
	'reach',
	'line',
	'form',
	'choice',
	'help',
	'transcript',
	'step',
	'requests',
	'kill',
	'quit',
];

/** Where letters are letters. */
const typing: readonly Context[] = ['prompt', 'filter', 'search', 'answer', 'line', 'form'];

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
		const shown = helpGroups.flatMap(({keys}) => keys.map(({text}) => text));
		expect(shown.toSorted()).toEqual(actionIds.map(id => bindingOf(id).text).toSorted());
	});

	test.each(contexts)('means one thing by each key in %s', context => {
		for (const layer of layersOf(context)) {
			const keys = actionIds.flatMap(id => keysIn(id, layer));
			expect(keys.length).toBe(new Set(keys).size);
		}
	});

	test('makes every action reachable somewhere', () => {
		const reached = new Set(contexts.flatMap(context => actionsIn(context).map(({id}) => id)));
		expect(actionIds.filter(id => !reached.has(id))).toEqual([]);
	});

	test.each(contexts.filter(context => !panes.some(pane => pane === context)))('leads back out of %s', context => {
		expect(matchKey(context, 'esc')).toBe('back');
	});

	test.each(typing)('leaves every letter in %s to the text, so that typing can never approve', context => {
		for (let code = 32; code < 127; code++) {
			const key = String.fromCharCode(code);
			expect(matchKey(context, key === ' ' ? 'space' : key), key).toBeUndefined();
		}
	});

	test('answers requests only where a request is on screen', () => {
		for (const context of contexts.filter(other => other !== 'requests' && other !== 'reach'))
			expect(actionsIn(context).filter(({id}) => id.startsWith('request.'))).toEqual([]);
	});

	test('lets Ctrl+C through everywhere', () => {
		for (const context of contexts) expect(matchKey(context, 'ctrl+c')).toBe('app.interrupt');
	});
});
