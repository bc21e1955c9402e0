import {describe, expect, test} from 'vitest';
import type {RunEvent} from '../../source/domain/event.ts';
import {noFacts} from '../../store/facts.ts';
import {actionIds, builtInKeys} from '../../store/keymap.ts';
import {transcriptOf} from '../../store/overlay.ts';
import {paletteRows} from '../../store/palette.ts';
import {firstUi, panes, type UiState} from '../../store/ui.ts';
import {everyAsk} from '../panes/asking.ts';
import {makeRun} from '../support/make-run.ts';
import {openWindow} from './open-window.ts';

const run = makeRun({stage: 'proposed'});
const rowsFrom = (ui: Partial<UiState>, query = '') =>
	paletteRows(
		{run, ui: {...firstUi, ...ui}, facts: {...noFacts, steps: run.plan?.order ?? []}, now: 0, keymap: builtInKeys},
		query,
	);
const titles = (query: string) => rowsFrom({}, query).map(({title}) => title);

const asks = (...list: readonly (typeof everyAsk)[number][]): readonly RunEvent[] =>
	list.map((ask, i) => ({
		type: 'request.opened',
		requestId: `request_made01_${i + 8}`,
		agentId: 'agent_made01_3',
		stepId: undefined,
		ask,
	}));

const [call, question] = ['call', 'question'].map(kind => everyAsk.find(ask => ask.kind === kind));
if (call === undefined || question === undefined) throw new Error('Calls and questions are asked for.');

describe('what the palette lists', () => {
	test.each([
		...panes.map(pane => ({pane})),
		{overlays: [transcriptOf('agent_made01_3')]},
		{overlays: [{kind: 'help', top: 0} as const]},
	])('is every action with its keys, those that work here first: %o', ui => {
		const rows = rowsFrom(ui);
		expect(rows.map(({id}) => id).toSorted()).toEqual([...actionIds].toSorted());
		expect(rows.filter(({keys}) => keys.length === 0)).toEqual([]);
		const here = rows.map(row => row.here);
		expect(here).toEqual(here.toSorted((a, b) => Number(b) - Number(a)));
	});

	test('says of each action that cannot be done why, and of those elsewhere where they work', () => {
		const rows = rowsFrom({});
		const find = (id: string) => rows.find(row => row.id === id);
		expect(find('step.approve')).toMatchObject({here: true, disabled: undefined, keys: ['a']});
		expect(find('step.retry')).toMatchObject({here: true, disabled: expect.stringContaining('cannot be retried')});
		expect(find('agent.kill')).toMatchObject({here: false, disabled: 'works in the agents: press 2'});
		expect(find('confirm.yes')).toMatchObject({here: false, disabled: 'works in a dialog'});
		expect(rows.filter(row => !row.here && row.disabled === undefined)).toEqual([]);
	});

	test.each([
		['appr', 'approve'],
		['approve all', 'approve all'],
		['all approve', 'approve all'],
		['apl', 'approve all'],
		['HELP', 'help'],
		['two or more', 'split'],
	])('puts what is meant by "%s" first', (query, title) => {
		expect(titles(query)[0]).toBe(title);
	});

	test('calls what stops at a limit so, and finds it by its usual name, too', async () => {
		const budget = everyAsk.find(({kind}) => kind === 'budget');
		if (budget === undefined) throw new Error('Limits are asked for.');
		const {press, type, window, clock, overlay} = openWindow({}, asks(budget));
		const listed = (query: string) =>
			paletteRows(
				{run: window.fleet.run(), ui: window.ui.getState(), facts: noFacts, now: clock.now(), keymap: builtInKeys},
				query,
			)
				.filter(({here}) => here)
				.map(({title}) => title);
		await press('w');
		await press('down');
		expect(overlay()).toMatchObject({requestId: 'request_made01_8'});
		expect(listed('stop')).toContain('stop the run');
		expect(listed('deny')).toEqual(['stop the run']);
		await press('ctrl+p');
		await type('stop the run');
		await press('enter');
		expect(window.ui.getState().overlays).toMatchObject([{kind: 'requests', input: {kind: 'deny'}}]);
	});

	test('lists nothing for words that no action has', () => {
		expect(titles('marmalade')).toEqual([]);
	});
});

describe('the palette', () => {
	test.each(panes.map((_, i) => String(i + 1)))(
		'opens over pane %s by either key, and leaves it as it was',
		async pane => {
			const {press, overlay, ui} = openWindow();
			await press(pane);
			const before = ui();
			for (const key of ['ctrl+p', ':']) {
				await press(key);
				expect(overlay()?.kind).toBe('palette');
				await press('esc');
				expect(ui()).toEqual(before);
			}
		},
	);

	test('runs an action as its key would have, in front of what it was opened over', async () => {
		const {press, type, step, overlay} = openWindow({stage: 'proposed'});
		await press('j', ':');
		await type('approve');
		await press('enter');
		expect(overlay()).toBeUndefined();
		expect(step('api').status.kind).toBe('approved');
	});

	test('sees what cannot be done, says why, and does not do it', async () => {
		const {press, type, notice, overlay, fleet} = openWindow({stage: 'proposed'});
		await press(':');
		await type('kill');
		await press('enter');
		expect(notice()).toBe('works in the agents: press 2');
		expect(overlay()).toMatchObject({kind: 'palette', query: {text: 'kill'}});
		expect(fleet.commands).toEqual([]);
	});

	test('moves through its rows and stays within them', async () => {
		const {press, overlay} = openWindow({stage: 'proposed'});
		const [first, second] = rowsFrom({});
		expect(first?.id).toBe('requests.open');
		await press(':', 'down');
		expect(overlay()).toMatchObject({chosen: second?.id});
		await press('ctrl+n', 'ctrl+p', 'up', 'up', 'pageup');
		expect(overlay()).toMatchObject({chosen: first?.id});
		for (let i = 0; i < 20; i++) await press('pagedown');
		expect(overlay()).toMatchObject({chosen: rowsFrom({}).at(-1)?.id});
	});

	test('opens nowhere where something is typed', async () => {
		const {press, overlay, ui} = openWindow();
		await press('2', 'G', 'm', ':', 'ctrl+p');
		expect(ui().prompt.typing).toBe(true);
		expect(overlay()).toBeUndefined();
	});
});

describe('a request under the palette', () => {
	test('is answered by the action alone, never by the letters that find it', async () => {
		const {press, type, fleet} = openWindow({steps: 3}, asks(call));
		const answers = () => fleet.commands.filter(({type}) => type === 'request.answer');
		await press('w', ':');
		await type('a allow yes');
		expect(answers()).toEqual([]);
		await press('ctrl+u');
		await type('say yes once');
		await press('enter');
		expect(answers()).toMatchObject([{requestId: 'request_made01_8', answer: {kind: 'approve'}}]);
	});

	test('must have been on screen long enough to be read', async () => {
		const {press, type, fleet, notice, clock} = openWindow({steps: 3}, asks(call, call));
		const answers = () => fleet.commands.filter(({type}) => type === 'request.answer');
		await press('w', 'a', ':');
		await type('allow');
		await press('enter');
		expect(notice()).toContain('read it');
		expect(answers()).toHaveLength(1);
		clock.advance(500);
		await press('enter');
		expect(answers()).toHaveLength(2);
	});

	test('is given a numbered answer only by its number', async () => {
		const {press, type, fleet, notice} = openWindow({steps: 3}, asks(question));
		await press('w', ':');
		await type('choose');
		await press('enter');
		expect(notice()).toContain('Press its key itself');
		expect(fleet.commands.filter(({type}) => type === 'request.answer')).toEqual([]);
	});
});
