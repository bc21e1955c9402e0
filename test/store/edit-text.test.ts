import {describe, expect, test} from 'vitest';
import type {Outcome} from '../../store/action.ts';
import {editAsText} from '../../store/edit-text.ts';
import {noFacts} from '../../store/facts.ts';
import {builtInKeys} from '../../store/keymap.ts';
import {readStepText, stepText} from '../../store/step-text.ts';
import {openWindow} from './open-window.ts';

const opened = () => {
	const window = openWindow({stage: 'proposed'});
	const view = () => ({
		run: window.fleet.run(),
		ui: window.ui(),
		facts: noFacts,
		now: window.clock.now(),
		keymap: builtInKeys,
	});
	/** What comes of the text that the editor gives back. */
	const saved = (outcome: Outcome, change: (text: string) => string): Outcome => {
		if (outcome.kind !== 'edit') throw new Error(`The editor was not opened: ${outcome.kind}.`);
		return outcome.next(view(), change(outcome.text));
	};
	return {...window, view, saved, edit: (key: string) => editAsText(window.fleet.run(), window.step(key))};
};

describe('a step as a text', () => {
	test('explains every field, and read again changes nothing', () => {
		const {fleet, step} = opened();
		const text = stepText(fleet.run(), step('api'));
		expect(text).toContain('# Who does it: scout, analyst, builder, writer, reviewer.');
		expect(text.replaceAll('\n#', '')).toContain(
			'else some of: scout, store, tests, docs, build, errors, report, review.',
		);
		expect(text).toContain('needs:\n  - scout');
		expect(readStepText(fleet.run(), step('api'), text)).toEqual({patch: {}});
	});

	test('brings back each field that was changed', () => {
		const {fleet, step} = opened();
		const read = readStepText(
			fleet.run(),
			step('api'),
			[
				'title: Look',
				'role: builder',
				'model: opus',
				'objective: |',
				'  Do it.',
				'doneWhen: [One, Two]',
				'needs:',
				'files: [docs]',
				'tools: [grep]',
				'toolCalls: 3',
				'limits: {dollars: 0.25, minutes: 2, tokens: 5000, turns: 4}',
			].join('\n'),
		);
		expect(read).toEqual({
			patch: {
				title: 'Look',
				role: 'builder',
				tier: 'opus',
				objective: 'Do it.\n',
				acceptance: ['One', 'Two'],
				dependsOn: [],
				files: ['docs'],
				tools: ['grep'],
				toolBudget: 3,
				allowance: {money: 250_000_000, time: 120_000, tokens: 5000, turns: 4},
			},
		});
	});

	test('that was changed is sent, and can be taken back', async () => {
		const {edit, saved, view} = opened();
		const outcome = saved(edit('api'), text => text.replace('role: analyst', 'role: builder'));
		expect(outcome).toMatchObject({kind: 'send', command: {type: 'step.edit', patch: {role: 'builder'}}});
		if (outcome.kind !== 'send') throw new Error('It is sent.');
		expect(outcome.after(view())).toContainEqual({
			type: 'undo.keep',
			undo: expect.objectContaining({kind: 'edit', was: {role: 'analyst'}}),
		});
	});

	test.each([
		['role: analyst', 'role: admiral', '# ✕ There is no role "admiral"'],
		['model: sonnet', 'model: huge', '# ✕ model: '],
		['- scout', '- review', '# ✕ The steps would form a cycle: '],
		['- scout', '- nowhere', '# ✕ needs: there is no step "nowhere"'],
		['source/**', '../other', '# ✕ "../other" is outside of the project'],
		['tools: []', 'tools: [magic]', '# ✕ There is no tool "magic"'],
		['toolCalls: 12', 'toolCalls: many', '# ✕ toolCalls: '],
		['title: ', 'title: [', '# ✕ This is not YAML'],
		['title: ', 'name: x\ntitle: ', '# ✕ the step: '],
	])('with "%s" as "%s" comes back with what is wrong, and all that was written', (from, to, problem) => {
		const {edit, saved, fleet} = opened();
		const again = saved(edit('api'), text => text.replace(from, to));
		expect(again.kind).toBe('edit');
		if (again.kind !== 'edit') return;
		expect(again.text).toContain(problem);
		expect(again.text).toContain(to);
		// Saved as it is, it would come back for ever.
		expect(saved(again, text => text)).toMatchObject({
			kind: 'problem',
			text: expect.stringContaining('Nothing was changed of api'),
		});
		// Mended, it goes, and the marks of what was wrong are left out.
		const mended = saved(again, text => text.replaceAll(to, from).replace('title: ', 'title: Now '));
		expect(mended.kind).toBe('send');
		expect(fleet.commands).toEqual([]);
	});

	test('that is left as it was, or emptied, changes nothing', () => {
		const {edit, saved} = opened();
		for (const change of [(text: string) => text, () => '', () => '\n'])
			expect(saved(edit('api'), change)).toMatchObject({
				kind: 'ui',
				actions: [{notice: {text: 'Nothing was changed of api.'}}],
			});
	});

	test('of a step that has begun meanwhile comes back and says so', async () => {
		const {edit, saved, press} = opened();
		const editor = edit('scout');
		await press('a');
		const again = saved(editor, text => text.replace('title: ', 'title: Now '));
		expect(again).toMatchObject({kind: 'edit', text: expect.stringContaining('has begun meanwhile (working)')});
	});
});
