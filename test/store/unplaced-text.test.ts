import {describe, expect, test} from 'vitest';
import {type Context, contextOf} from '../../store/context.ts';
import {contextKinds} from '../../store/context-kinds.ts';
import {builtInKeys} from '../../store/keymap.ts';
import {actionsIn} from '../../store/match-key.ts';
import {ways} from '../screens/ways.ts';
import {openWindow} from './open-window.ts';

/** Whether letters are text in a place. */
const isText = (context: Context): boolean => contextKinds[context] === 'text';

/** An agent that has ended is selected. */
const openAtEnded = async () => {
	const window = openWindow({stage: 'done'});
	await window.press('2');
	return window;
};

describe('what is typed after the key for a text was refused', () => {
	test('acts as no key, and the person is told why', async () => {
		const {press, type, notice, ui, overlay, fleet} = openWindow({stage: 'proposed'});
		await press('j', 'm');
		const refusal = notice() ?? '';
		expect(refusal).toBe('No agent is selected.');
		await type('hold this? A');
		expect(fleet.commands).toEqual([]);
		expect(overlay()).toBeUndefined();
		expect(ui().pane).toBe('plan');
		expect(notice()).toBe(`What you type is not taken as keys until you pause: ${refusal}`);
	});

	test('is none of it while a person only moves on, or presses the same key again', async () => {
		const {press, type, notice, ui} = openWindow({stage: 'proposed'});
		await press('j', 'm');
		const [first] = [ui().stepId];
		await press('j');
		expect(ui().stepId).not.toBe(first);
		expect(notice()).toBeUndefined();
		await press('m', 'm');
		expect(notice()).toBe('No agent is selected.');
		await type('held');
		expect(notice()).toContain('What you type is not taken as keys');
	});

	test('does not keep an answer from being taken back', async () => {
		const {press, fleet, clock, ui} = openWindow({}, [], 3000);
		await press('w');
		clock.advance(5000);
		await press('a', 'd', 'x');
		expect(ui().answers).toHaveLength(1);
		await press('z');
		expect(ui().answers).toHaveLength(0);
		clock.advance(5000);
		await press('left');
		expect(fleet.commands.filter(({type}) => type === 'request.answer')).toEqual([]);
	});

	test('is none of it after a pause, however much was typed', async () => {
		const {press, type, clock, notice, fleet} = openWindow({stage: 'proposed'});
		await press('j', 'm');
		for (const letter of 'wait a moment') {
			clock.advance(900);
			await type(letter);
		}
		expect(fleet.commands).toEqual([]);
		clock.advance(1000);
		await press('h');
		expect(fleet.commands).toMatchObject([{type: 'step.hold'}]);
		expect(notice()).toBeUndefined();
	});

	test('leaves alone what a person presses a second later', async () => {
		const {press, clock, fleet} = openWindow({stage: 'proposed'});
		await press('j', 'm');
		clock.advance(1000);
		await press('h');
		expect(fleet.commands).toMatchObject([{type: 'step.hold'}]);
	});

	test.each(['enter', 'esc'])('ends with %s, which does nothing else', async end => {
		const {press, type, overlay, notice, ui} = await openAtEnded();
		await press('enter', 'm');
		await type('hi');
		await press('backspace', end);
		expect(overlay()?.kind).toBe('transcript');
		expect(notice()).toBe('The run has ended.');
		await press('q', '3');
		expect(ui()).toMatchObject({pane: 'log', overlays: []});
	});

	test('is not yet what Esc would leave when it is one letter', async () => {
		const {press, ui, notice} = openWindow();
		await press('T', 'm', 'A');
		expect(ui().past).toBeDefined();
		await press('esc');
		expect(ui().past).toBeUndefined();
		expect(notice()).toBeUndefined();
	});

	test('is nothing yet while no letter came: Enter opens, arrows move, Ctrl+P lists', async () => {
		const {press, overlay, ui} = await openAtEnded();
		await press('m', 'down');
		expect(ui().agentId).toBeDefined();
		await press('m', 'enter');
		expect(overlay()?.kind).toBe('transcript');
		await press('m', 'x', 'ctrl+p');
		expect(overlay()?.kind).toBe('palette');
	});

	test('says yes to nothing where the key for it has no place', async () => {
		const {press, type, overlay, notice, fleet} = openWindow();
		await press('2', 'G', 'K', ':');
		await type('by agent');
		await press('enter');
		expect(fleet.commands).toEqual([]);
		expect(overlay()?.kind).toBe('kill');
		expect(notice()).toMatch(/^: \(all actions\) works in /);
	});

	test('is heard again at once when it was another key that was refused', async () => {
		const {press, notice, ui} = await openAtEnded();
		await press('c');
		expect(notice()).toBe('The run has ended.');
		await press('3');
		expect(ui().pane).toBe('log');
	});

	test.each(Object.entries(ways))('is awaited of every key that opens a text: %s', async (_, {made, more, keys}) => {
		const there = openWindow(made, more);
		await there.press(...keys);
		for (const inPast of [false, true]) {
			if (inPast) await there.press('T');
			const from = there.ui();
			const context = contextOf(from);
			if (isText(context) || contextKinds[context] === 'dialog') return;
			for (const {id, keys: reaching} of actionsIn(builtInKeys, context, from.past !== undefined)) {
				const [key] = reaching;
				if (key === undefined) continue;
				await there.press(key);
				if (isText(contextOf(there.ui()))) expect(builtInKeys.bindingOf(id).opensText, id).toBe(true);
				there.window.ui.setState(from, true);
			}
		}
	});
});
