import {describe, expect, test} from 'vitest';
import {actionIds, builtInKeys} from '../../store/keymap.ts';
import {panes} from '../../store/ui.ts';
import {openWindow} from './open-window.ts';

/** Every key of the program but those that lead out of the past or into a text. */
const keys = [...new Set(actionIds.flatMap(id => builtInKeys.bindingOf(id).binds.flatMap(bind => bind.keys)))].filter(
	key => !['T', 'esc', 'ctrl+c', 't', '/'].includes(key),
);

describe('the past', () => {
	test.each(panes)('is changed by no key in %s, nor in what opens there', async pane => {
		const {press, fleet, ui, clock} = openWindow({agents: 20});
		for (const key of keys)
			for (const opener of [[], ['enter'], ['space'], ['w']]) {
				clock.advance(1000);
				await press('T', ...(pane === 'plan' ? ['1'] : [String(panes.indexOf(pane) + 1)]), ...opener);
				await press(key);
				expect(ui().past, key).toBeDefined();
				clock.advance(1000);
				while (ui().overlays.length > 0) await press('esc');
				await press('T');
				expect(ui().past, key).toBeUndefined();
			}
		expect(fleet.commands).toEqual([]);
	});

	test('refuses commands with words', async () => {
		const {press, notice} = openWindow({stage: 'proposed'});
		await press('T', 'A');
		expect(notice()).toContain('T goes back to the present');
	});

	test('is not left by the run when it goes on', async () => {
		const {press, fleet, ui, window} = openWindow();
		const {length} = fleet.run().agents;
		await press('T');
		const {n} = ui().past ?? expect.fail('no past');
		await fleet.port.send({
			type: 'agent.create',
			runId: fleet.run().id,
			role: 'scout',
			objective: 'x',
			tier: undefined,
		});
		window.fleet.flush();
		expect(ui().past?.n).toBe(n);
		expect(window.fleet.shown()?.agents).toHaveLength(length);
		expect(window.fleet.run()?.agents).toHaveLength(length + 1);
		const {past} = window.fleet.state.getState();
		expect(past?.n).toBe(n);
		expect(past?.newestSeq).toBeGreaterThan(past?.seq ?? Number.POSITIVE_INFINITY);
	});
});
