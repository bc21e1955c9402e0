import {describe, expect, test} from 'vitest';
import {contextOf} from '../../store/context.ts';
import {actionIds, builtInKeys} from '../../store/keymap.ts';
import {actionsIn} from '../../store/match-key.ts';
import {panes} from '../../store/ui.ts';
import {whereItWorks} from '../../store/works-elsewhere.ts';
import {openWindow} from './open-window.ts';

describe('a key that does nothing here', () => {
	test.each([
		['2', 'a', 'a (approve) works in the plan: press 1'],
		['1', 'F', 'F (fork) works in the agents: press 2'],
		['4', 'F', 'F (fork) works in the agents: press 2'],
		['1', 't', 't (answer) works in the requests: press w'],
		['1', 'N', 'N (previous match) works in a transcript: press 2, then Enter'],
		['3', 'N', 'N (previous match) works in a transcript: press 2, then Enter'],
		['2', 'N', 'N (previous match) works in a transcript: press Enter'],
		['1', 'y', 'y (copy) works in the log: press 3'],
	])('in pane %s: %s tells where it does', async (pane, key, text) => {
		const {press, window} = openWindow();
		await press(pane, key);
		expect(window.ui.getState().notice).toEqual({tone: 'refused', text});
	});

	test('in an overlay it tells first how to leave it', async () => {
		const {press, notice, clock} = openWindow();
		await press('2', 'enter', 'b');
		expect(notice()).toBe('b (limits) works in the panes: press Esc');
		clock.advance(1000);
		await press('a');
		expect(notice()).toBe('a (approve) works in the plan: press Esc, then 1');
	});

	test('says nothing when it is bound nowhere, or is a letter of a text', async () => {
		const {press, notice, overlay} = openWindow();
		for (const key of ['Z', 'esc', 'ctrl+left', 'ctrl+t']) {
			await press(key);
			expect(notice(), key).toBeUndefined();
		}
		await press('n', 'a');
		expect(notice()).toBeUndefined();
		expect(overlay()).toMatchObject({kind: 'form', subject: {kind: 'create'}, fields: [{}, {buffer: {text: 'a'}}]});
	});
});

describe('the way to where an action works', () => {
	const keyNames = new Map([
		['Enter', 'enter'],
		['Esc', 'esc'],
		['Space', 'space'],
	]);
	const wayIn = (words: string): readonly string[] =>
		/: press (.+)$/
			.exec(words)?.[1]
			?.split(', then ')
			.map(label => keyNames.get(label) ?? label) ?? [];

	test.each([...panes.map((_, i) => [String(i + 1)]), ['2', 'enter'], ['4', 'enter'], ['1', 'd']])(
		'leads there from %s %s',
		async (...before) => {
			const from = openWindow({stage: 'proposed'});
			await from.press(...before);
			for (const id of actionIds) {
				const words = whereItWorks(builtInKeys, from.ui(), id);
				const way = wayIn(words);
				// All runs are outside of this window, and nobody in the made run has used a file.
				if (way.length === 0 || /in (the list of all runs|a file):/.test(words)) continue;
				const {press, ui} = openWindow({stage: 'proposed'});
				await press(...before, ...way);
				const there = actionsIn(builtInKeys, contextOf(ui())).map(reached => reached.id);
				expect(there, `${id} ${words}`).toContain(id);
			}
		},
	);

	test.each([
		['1', '4, then Enter'],
		['4', 'Enter'],
	])('to the cost in full is over the cost, from pane %s', async (pane, way) => {
		const {press, ui} = openWindow();
		await press(pane);
		expect(whereItWorks(builtInKeys, ui(), 'costs.sort')).toBe(`works in the cost in full: press ${way}`);
	});
});

describe('keys that work everywhere', () => {
	test.each(panes.map((_, i) => String(i + 1)))('A approves the plan and ? shows the help in pane %s', async pane => {
		const {press, step, overlay} = openWindow({stage: 'proposed'});
		await press(pane, '?');
		expect(overlay()?.kind).toBe('help');
		await press('?');
		expect(overlay()).toBeUndefined();
		await press('A');
		expect(step('tests').status.kind).toBe('approved');
	});

	test.each([
		['a transcript', {}, ['2', 'enter'], 'transcript'],
		['a step', {stage: 'proposed'}, ['enter'], 'step'],
		['the requests', {}, ['w'], 'requests'],
	] as const)('? shows the help in %s and leads back to it', async (_, options, keys, kind) => {
		const {press, overlay} = openWindow(options);
		await press(...keys);
		expect(overlay()?.kind).toBe(kind);
		await press('?');
		expect(overlay()?.kind).toBe('help');
		await press('esc');
		expect(overlay()?.kind).toBe(kind);
	});
});
