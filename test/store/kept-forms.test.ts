import {describe, expect, test} from 'vitest';
import {openWindow} from './open-window.ts';

const kept = 'What you entered is kept: opening this again shows it.';
const again = 'What you entered before stands here again.';

type Opened = ReturnType<typeof openWindow>;

const textsIn = ({overlay}: Opened): readonly string[] => {
	const form = overlay();
	return form?.kind === 'form' ? form.fields.flatMap(field => (field.kind === 'text' ? [field.buffer.text] : [])) : [];
};

const edit = ({fleet, step}: Opened, patch: {readonly title?: string; readonly objective?: string}) =>
	fleet.port.send({type: 'step.edit', runId: fleet.run().id, stepId: step('scout').id, patch});

describe('what was typed in a form', () => {
	test.each<[string, readonly string[]]>([
		['a new step', ['I']],
		['the title of a step', ['e', 'enter']],
		['why a step is rejected', ['x']],
		['why a step is skipped', ['s']],
		['a step that is split', ['S']],
		['a new agent', ['n']],
		['a change of an agent', ['2', 'G', 'e', 'tab', 'tab']],
		['a limit', ['b', 'ctrl+u']],
	])('of %s is there when it is opened again, and each time that is said', async (_, keys) => {
		const opened = openWindow(keys[0] === '2' ? {} : {stage: 'proposed'});
		const {press, type, notice, overlay} = opened;
		await press(...keys);
		await type('7 and so on');
		const before = textsIn(opened);
		expect(before.join()).toContain('7 and so on');
		await press('esc');
		expect(notice()).toBe(kept);
		if (overlay()?.kind === 'fields') await press('esc');
		await press(...keys.filter(key => key !== 'ctrl+u' && key !== 'tab'));
		expect(textsIn(opened)).toEqual(before);
		expect(notice()).toBe(again);
		expect(overlay()).toMatchObject({problem: undefined, sending: false});
	});

	test('belongs to that step and that field alone', async () => {
		const opened = openWindow({stage: 'proposed'});
		const {press, type} = opened;
		await press('x');
		await type('no');
		await press('esc', 'j', 'x');
		expect(textsIn(opened)).toEqual(['']);
		await press('esc', 'k', 's');
		expect(textsIn(opened)).toEqual(['']);
		await press('esc', 'e', 'enter', '!', 'esc', 'j', 'j', 'j', 'enter');
		expect(textsIn(opened)).toEqual([opened.step('scout').objective]);
	});

	test('is kept with the parts that were added to a split', async () => {
		const opened = openWindow({stage: 'proposed'});
		const {press, type} = opened;
		await press('S', 'ctrl+n');
		await type('third');
		await press('esc', 'S');
		expect(textsIn(opened)).toEqual(['', '', '', '', 'third', '']);
	});

	test('is gone once it was sent, or deleted', async () => {
		const opened = openWindow({stage: 'proposed'});
		const {press, type, notice, fleet} = opened;
		await press('n');
		await type('look');
		await press('esc', 'n', 'ctrl+s');
		expect(fleet.commands).toMatchObject([{type: 'agent.create', objective: 'look'}]);
		await press('n');
		expect(textsIn(opened)).toEqual(['']);
		await type('look');
		await press('esc', 'n', 'ctrl+u', 'esc');
		expect(notice()).toBeUndefined();
		await press('n');
		expect(textsIn(opened)).toEqual(['']);
	});

	test('is not kept while it is on its way, and is when it was refused after all', async () => {
		const opened = openWindow({stage: 'proposed'});
		const {press, type, ui, fleet, settle, step} = opened;
		await press('x');
		await type('no');
		fleet.hold();
		await press('enter', 'esc');
		fleet.release();
		await settle();
		expect(ui().forms).toEqual([]);
		await press('j', 'x');
		await type('not that');
		const rejected = step('api');
		await fleet.port.send({type: 'step.reject', runId: fleet.run().id, stepId: rejected.id, reason: 'elsewhere'});
		fleet.hold();
		await press('enter', 'esc');
		expect(ui().forms).toEqual([]);
		fleet.release();
		await settle();
		expect(ui().forms).toMatchObject([{subject: {kind: 'reject', stepId: rejected.id}}]);
	});

	test('undoes nothing that was changed meanwhile, and says what it would replace', async () => {
		const opened = openWindow({stage: 'proposed'});
		const {press, type, overlay, step} = opened;
		await press('e', 'enter', 'ctrl+u');
		await type('Mine');
		await press('esc');
		await edit(opened, {title: 'Theirs', objective: 'Also theirs.'});
		await press('enter');
		expect(textsIn(opened)).toEqual(['Mine']);
		expect(overlay()).toMatchObject({
			problem: 'Changed since you entered this: Title. Sending it puts yours in its place.',
		});
		expect(step('scout').title).toBe('Theirs');
		await press('enter');
		expect(step('scout')).toMatchObject({title: 'Mine', objective: 'Also theirs.'});
	});

	test('of one limit is not taken for another, and an amount that was raised meanwhile is told', async () => {
		const opened = openWindow({stage: 'proposed'});
		const {press, type, overlay, fleet} = opened;
		await press('b', 'shift+tab', 'down', 'tab', 'ctrl+u');
		await type('9000');
		await press('esc');
		await fleet.port.send({
			type: 'budget.set',
			runId: fleet.run().id,
			scope: 'run',
			what: 'money',
			limit: 3_000_000_000,
		});
		await press('b');
		expect(overlay()).toMatchObject({fields: [{chosen: 'run: tokens'}, {buffer: {text: '9000'}}], problem: undefined});
		await press('esc');
		await fleet.port.send({type: 'budget.set', runId: fleet.run().id, scope: 'run', what: 'tokens', limit: 8000});
		await press('b');
		expect(overlay()).toMatchObject({
			fields: [{}, {buffer: {text: '9000'}}],
			problem: expect.stringContaining('At most'),
		});
	});

	test('is kept while the form is open still, and told when nobody sends it', async () => {
		const opened = openWindow({stage: 'proposed'});
		const {press, type, window, fleet} = opened;
		await press('I');
		await type('Count gulls');
		await press('tab');
		await type('All');
		expect(window.written().unsent).toEqual([{place: 'in "New step"', text: 'Title: Count gulls\nObjective: All'}]);
		const next = opened.again({written: window.written()});
		await next.press('I');
		expect(textsIn(next).slice(0, 2)).toEqual(['Count gulls', 'All']);
		await press('esc', 'x');
		await type('no');
		fleet.hold();
		await press('enter');
		expect(window.written().forms).toMatchObject([{subject: {kind: 'add'}}]);
		fleet.release();
	});

	test('outlives the window on the run', async () => {
		const opened = openWindow({stage: 'proposed'});
		await opened.press('I');
		await opened.type('Count gulls');
		await opened.press('esc');
		const next = opened.again({written: opened.window.written()});
		await next.press('I');
		expect(textsIn(next)[0]).toBe('Count gulls');
	});
});
