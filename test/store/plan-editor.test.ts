import {describe, expect, test} from 'vitest';
import {stepsOf} from '../../source/domain/plan.ts';
import type {StepFields} from '../../source/domain/step.ts';
import {formProblem} from '../../store/send-form.ts';
import {stepFieldNames} from '../../store/step-fields.ts';
import {makeRun} from '../support/make-run.ts';
import {openWindow} from './open-window.ts';

/** A window whose keys are on a field of the first step of the plan. */
const openField = async (name: (typeof stepFieldNames)[number]) => {
	const window = openWindow({stage: 'proposed'});
	await window.press('e', ...Array.from({length: stepFieldNames.indexOf(name)}, () => 'j'));
	return window;
};

const problemOf = ({fleet, overlay}: ReturnType<typeof openWindow>): string | undefined => {
	const form = overlay();
	return form?.kind === 'form' ? formProblem(fleet.run(), form) : undefined;
};

describe('a field of a step', () => {
	test.each<[(typeof stepFieldNames)[number], readonly string[], Partial<StepFields>]>([
		['title', ['ctrl+u', 'L', 'o', 'o', 'k'], {title: 'Look'}],
		['role', ['down'], {role: 'analyst'}],
		['tier', ['s'], {tier: 'sonnet'}],
		['objective', ['!'], {objective: 'Look over the folder. Say only what you have seen in a file.!'}],
		[
			'acceptance',
			['alt+enter', 'M', 'o', 'r', 'e'],
			{acceptance: ['Every figure names the file it comes from.', 'More']},
		],
		['files', ['ctrl+u', 'd', 'o', 'c', 's'], {files: ['docs']}],
		['tools', ['e', 'space'], {tools: ['edit_file', 'glob', 'grep', 'read_file']}],
		['toolBudget', ['ctrl+u', '7'], {toolBudget: 7}],
		['tokens', ['9', '0', '0', '0'], {allowance: {tokens: 9000}}],
		['turns', ['4'], {allowance: {turns: 4}}],
		['time', ['3'], {allowance: {time: 180_000}}],
	])('%s is changed by itself, and the list of fields is back', async (name, keys, patch) => {
		const opened = await openField(name);
		const {press, fleet, overlay} = opened;
		await press('enter', ...keys);
		await press('enter');
		expect(fleet.commands.at(-1)).toMatchObject({type: 'step.edit', patch});
		expect(Object.keys((fleet.commands.at(-1) as {patch: object}).patch)).toEqual(Object.keys(patch));
		expect(overlay()).toMatchObject({kind: 'fields', field: name});
	});

	test('a limit is lifted by a word, never by an empty field, and a far higher one is asked about first', async () => {
		const {press, type, step, overlay} = await openField('turns');
		const key = stepsOf(makeRun({stage: 'proposed'}).plan)[0]?.key ?? '';
		const turns = (): number | undefined => step(key).allowance.turns;
		await press('enter', '4', 'enter', 'enter', 'ctrl+u', 'enter');
		expect(overlay()).toMatchObject({problem: 'Write an amount in turns, or "none" for no limit.'});
		await type('500');
		await press('enter');
		expect(overlay()).toMatchObject({
			problem: '500 turns is 125 times as much as 4 turns, the limit before. Ctrl+S once more sets it.',
		});
		expect(turns()).toBe(4);
		await press('enter');
		expect(turns()).toBe(500);
		await press('enter', 'ctrl+u');
		await type('none');
		await press('enter');
		expect(turns()).toBeUndefined();
		expect(overlay()).toMatchObject({kind: 'fields', field: 'turns'});
	});

	test('tools that are those of its role again are not named', async () => {
		const {press, step} = await openField('tools');
		await press('enter', 'space', 'enter');
		expect(step('scout').tools).toEqual(['glob', 'grep']);
		await press('enter', 'r', 'space', 'enter');
		expect(step('scout').tools).toEqual([]);
	});

	test('dependencies are chosen from the other steps, and a cycle is named while it is made', async () => {
		const opened = openWindow({stage: 'proposed'});
		const {press, step, overlay, fleet} = opened;
		await press('j', 'e', ...Array.from({length: stepFieldNames.indexOf('dependsOn')}, () => 'j'), 'enter');
		expect(problemOf(opened)).toBeUndefined();
		await press('r', 'r', 'space');
		expect(overlay()).toMatchObject({fields: [{on: 'review', chosen: ['scout', 'review']}]});
		expect(problemOf(opened)).toMatch(/The steps would form a cycle: .*api.*review.*/);
		await press('enter');
		expect(overlay()).toMatchObject({kind: 'form', problem: expect.stringContaining('cycle')});
		expect(fleet.commands).toEqual([]);
		await press('space', 's', 'space', 'enter');
		expect(overlay()).toMatchObject({kind: 'fields'});
		expect(step('api').dependsOn).not.toContain(step('review').id);
	});

	test.each<[(typeof stepFieldNames)[number], string, string]>([
		['title', ' ', 'The title is empty.'],
		['files', '../other', '"../other" is outside of the project'],
		['files', '/etc/passwd', '"/etc/passwd" is outside of the project'],
		['files', '.env', '".env" is protected'],
		['acceptance', ' ', 'It is not said when the step is done'],
		['toolBudget', 'many', 'whole number'],
		['money', 'much', 'is not an amount'],
	])('%s cannot be "%s", and what was typed stays', async (name, text, problem) => {
		const opened = await openField(name);
		const {press, type, fleet, overlay} = opened;
		await press('enter', 'ctrl+u');
		await type(text);
		expect(problemOf(opened)).toContain(problem);
		await press('enter');
		expect(overlay()).toMatchObject({
			kind: 'form',
			problem: expect.stringContaining(problem),
			fields: [{buffer: {text}}],
		});
		expect(fleet.commands).toEqual([]);
	});

	test('stays as it is once its step has begun', async () => {
		const {press, notice, overlay} = await openField('title');
		await press('esc', 'a', 'e');
		expect(overlay()).toBeUndefined();
		expect(notice()).toBe('"Look over the folder" cannot be edited: it is working.');
	});
});

describe('a step that is added', () => {
	const written = async () => {
		const opened = openWindow({stage: 'proposed'});
		await opened.press('I');
		await opened.type('Count the gulls');
		await opened.press('tab');
		await opened.type('Count them twice');
		await opened.press('tab');
		await opened.type('There is a number');
		return opened;
	};

	test('follows the selected one, waits for approval, and is selected', async () => {
		const {press, step, overlay, ui, fleet} = await written();
		await press('ctrl+s');
		expect(overlay()).toBeUndefined();
		const added = step('count-the-gulls');
		expect(added).toMatchObject({
			title: 'Count the gulls',
			objective: 'Count them twice',
			acceptance: ['There is a number'],
			role: 'scout',
			dependsOn: [step('scout').id],
			status: {kind: 'proposed'},
		});
		expect(ui().stepId).toBe(added.id);
		await press('I');
		await press('esc');
		expect(stepsOf(fleet.run().plan)).toHaveLength(10);
	});

	test('cannot stand in a circle, which is told while it is chosen', async () => {
		const opened = await written();
		const {press, overlay} = opened;
		await press('tab', 'tab', 'r', 'r', 'space', 'tab', 'space');
		expect(problemOf(opened)).toContain('The steps would form a cycle');
		await press('ctrl+s');
		expect(overlay()).toMatchObject({
			kind: 'form',
			fields: expect.arrayContaining([expect.objectContaining({name: 'title'})]),
		});
		await press('space', 'ctrl+s');
		expect(overlay()).toBeUndefined();
	});

	test('needs a title, a task and an acceptance', async () => {
		const {press, overlay, fleet} = openWindow({stage: 'proposed'});
		await press('I', 'ctrl+s');
		expect(overlay()).toMatchObject({problem: expect.stringContaining('The title is empty. The objective is empty.')});
		expect(fleet.commands).toEqual([]);
	});

	test('is taken back', async () => {
		const {press, fleet, notice} = await written();
		await press('ctrl+s', 'z');
		expect(notice()).toBe('Taken back: count-the-gulls is out of the plan again.');
		expect(stepsOf(fleet.run().plan)).toHaveLength(9);
	});
});

describe('a step that is removed', () => {
	test('is asked about first, and comes back as it was', async () => {
		const {press, step, overlay, fleet, notice} = openWindow({stage: 'proposed'});
		const fieldsOf = () =>
			stepsOf(fleet.run().plan)
				.map(({id: _, dependsOn, ...rest}) => ({
					...rest,
					needs: dependsOn.map(id => fleet.run().plan?.steps[id]?.key).toSorted(),
				}))
				.toSorted((a, b) => a.key.localeCompare(b.key));
		await press('h');
		await press('j', 'h');
		const before = fieldsOf();
		const {id} = step('api');
		await press('D');
		expect(overlay()).toMatchObject({kind: 'remove', stepId: id});
		await press('n');
		expect(fleet.run().plan?.steps[id]).toBeDefined();
		await press('D', 'y');
		expect(overlay()).toBeUndefined();
		expect(fleet.run().plan?.steps[id]).toBeUndefined();
		expect(step('report').dependsOn).toContain(step('scout').id);
		await press('z');
		expect(notice()).toBe('Taken back: api is in the plan again.');
		expect(fieldsOf()).toEqual(before);
	});

	test('never had an agent', async () => {
		const {press, notice, overlay} = openWindow();
		await press('D');
		expect(notice()).toContain('cannot be removed');
		expect(overlay()).toBeUndefined();
	});
});

describe('a step that is moved', () => {
	const orderOf = ({fleet}: ReturnType<typeof openWindow>) =>
		stepsOf(fleet.run().plan)
			.slice(0, 4)
			.map(({key}) => key);

	test('keeps the bar, and is taken back place by place', async () => {
		const opened = openWindow({stage: 'proposed'});
		const {press, step, ui, notice} = opened;
		expect(orderOf(opened)).toEqual(['scout', 'api', 'store', 'tests']);
		await press('j', 'J');
		expect(ui().stepId).toBe(step('api').id);
		const once = orderOf(opened);
		expect(once).toEqual(['scout', 'store', 'api', 'tests']);
		await press('shift+down');
		expect(orderOf(opened)).not.toEqual(once);
		expect(ui().stepId).toBe(step('api').id);
		await press('z');
		expect(notice()).toMatch(/^Taken back: api stands above \w+ again\.$/);
		expect(orderOf(opened)).toEqual(once);
		await press('z');
		expect(notice()).toBe('Taken back: api stands above store again.');
		expect(orderOf(opened)).toEqual(['scout', 'api', 'store', 'tests']);
	});

	test('stays where it cannot go, and says why', async () => {
		const {press, fleet, notice} = openWindow({stage: 'proposed'});
		await press('K');
		expect(notice()).toBe('scout cannot be moved up: it stands first already.');
		await press('j', 'K');
		expect(notice()).toContain('it stands first under scout, which it needs.');
		expect(fleet.commands).toEqual([]);
	});
});

describe('what was changed is taken back, newest first', () => {
	test('a field, a hold, a rejection, a skip and an approval', async () => {
		const {press, type, step, notice} = openWindow({stage: 'proposed'});
		const kinds = () => ['api', 'store', 'tests'].map(key => step(key).status.kind);
		const title = step('api').title;
		await press('j', 'e', 'enter', '!', 'enter', 'esc');
		await press('h');
		await press('j', 'x');
		await type('no');
		await press('enter', 'j', 's', 'enter');
		expect(kinds()).toEqual(['held', 'rejected', 'skipped']);
		await press('k', 'k', 'a');
		expect(kinds()).toEqual(['approved', 'rejected', 'skipped']);
		await press('z');
		expect(notice()).toBe('Taken back: api is held again.');
		await press('z');
		expect(notice()).toBe('Taken back: tests is proposed again.');
		await press('z');
		await press('z');
		expect(kinds()).toEqual(['proposed', 'proposed', 'proposed']);
		await press('z');
		expect(notice()).toBe('Taken back: the change of api (title).');
		expect(step('api').title).toBe(title);
		await press('z');
		expect(notice()).toEqual(expect.stringContaining('Nothing can be taken back'));
	});

	test('what was done to a step before it was removed, once it is there again', async () => {
		const {press, step, notice} = openWindow({stage: 'proposed'});
		const {title, id} = step('api');
		await press('j', 'e', 'enter', '!', 'enter', 'esc', 'h');
		expect(step('api')).toMatchObject({id, title: `${title}!`, status: {kind: 'held'}});
		await press('D', 'y', 'z');
		expect(notice()).toBe('Taken back: api is in the plan again.');
		expect(step('api').id).not.toBe(id);
		await press('z');
		expect(notice()).toBe('Taken back: api is proposed again.');
		await press('z');
		expect(notice()).toBe('Taken back: the change of api (title).');
		expect(step('api')).toMatchObject({title, status: {kind: 'proposed'}});
	});

	test('a rejection keeps its reason when the approval after it is taken back', async () => {
		const {press, type, step} = openWindow({stage: 'proposed'});
		await press('j', 'x');
		await type('not now');
		await press('enter', 'a', 'z');
		expect(step('api').status).toEqual({kind: 'rejected', reason: 'not now'});
	});

	test('an approval of all, where nothing has begun with it', async () => {
		const {press, step, notice} = openWindow({stage: 'proposed'});
		await press('A', 'z');
		expect(step('api').status.kind).toBe('approved');
		expect(notice()).toBe('scout has begun (working). What its agent did is kept; it cannot be taken back.');
		await press('z');
		expect(notice()).toEqual(expect.stringContaining('Nothing can be taken back'));
	});

	test('nothing that another window has changed since', async () => {
		const {press, notice, again, step} = openWindow({stage: 'proposed'});
		await press('j', 'h');
		const other = again();
		await other.press('j', 'a');
		await press('z');
		expect(notice()).toBe('api was decided anew since: it is approved.');
		expect(step('api').status.kind).toBe('approved');
	});

	test('a split has room for so many parts, and says so', async () => {
		const {press, notice, overlay} = openWindow({stage: 'proposed'});
		await press('j', 'S', 'ctrl+n', 'ctrl+n', 'ctrl+n', 'ctrl+n');
		expect(notice()).toBeUndefined();
		await press('ctrl+n');
		expect(notice()).toBe('There is room for 6 parts: split one of them afterwards.');
		expect(overlay()).toMatchObject({fields: {length: 12}});
	});

	test('a yes to the plan in the inbox, and nothing older in its stead', async () => {
		const {press, step, notice} = openWindow({stage: 'proposed'});
		await press('j', 'h');
		expect(step('api').status.kind).toBe('held');
		await press('w', 'a');
		expect(step('store').status.kind).toBe('approved');
		await press('z');
		expect(notice()).toContain('scout has begun (working)');
		expect(step('api').status.kind).toBe('held');
		await press('z');
		expect(notice()).toBe('Taken back: api is proposed again.');
	});

	test('a retry says why not, and nothing older is undone in its stead', async () => {
		const failed = makeRun({stage: 'working'});
		const [, api] = stepsOf(failed.plan);
		const agent = failed.agents.find(({stepId}) => stepId === api?.id);
		if (api === undefined || agent === undefined) throw new Error('The made run works on its second step.');
		const {press, step, notice} = openWindow({stage: 'working'}, [
			{type: 'agent.killed', agentId: agent.id, reason: 'enough'},
			{type: 'step.failed', stepId: api.id, agentId: agent.id, failure: {kind: 'aborted', message: 'Killed.'}},
		]);
		await press('G', 'h');
		expect(step('review').status.kind).toBe('held');
		await press('g', 'j', 'r');
		expect(['approved', 'working']).toContain(step('api').status.kind);
		await press('z');
		expect(notice()).toContain('A retry cannot be taken back: api had failed');
		expect(step('review').status.kind).toBe('held');
		await press('z');
		expect(notice()).toBe('Taken back: review is approved again.');
	});

	test('a split', async () => {
		const {press, type, notice, fleet} = openWindow({stage: 'proposed'});
		const before = stepsOf(fleet.run().plan);
		await press('j', 'S');
		for (const text of ['One', 'Do one', 'Two', 'Do two']) {
			await type(text);
			await press('tab');
		}
		await press('ctrl+s');
		expect(stepsOf(fleet.run().plan)).toHaveLength(before.length + 2);
		await press('z');
		expect(notice()).toBe('Taken back: api is one step again.');
		expect(stepsOf(fleet.run().plan)).toEqual(before);
	});

	test('a split whose parts have begun says why not, and what is older is taken back next', async () => {
		const {press, type, notice, step} = openWindow({stage: 'proposed'});
		await press('j', 'h', 'g', 'S');
		for (const text of ['One', 'Do one', 'Two', 'Do two']) {
			await type(text);
			await press('tab');
		}
		await press('ctrl+s', 'j', 'a', 'z');
		expect(notice()).toContain('scout-1 has begun (working)');
		await press('z');
		expect(notice()).toBe('"One" has begun, and what its agent did is kept.');
		await press('z');
		expect(notice()).toBe('Taken back: api is proposed again.');
		expect(step('scout').status.kind).toBe('split');
	});
});

describe('approving some', () => {
	test('only those of a role', async () => {
		const {press, fleet, step} = openWindow({stage: 'proposed'});
		await press('f', 'tab', 'tab', 'y');
		expect(fleet.commands.at(-1)).toMatchObject({
			type: 'plan.approve',
			steps: [step('api').id, step('store').id, step('tests').id, step('build').id, step('errors').id].filter(
				id => fleet.run().plan?.steps[id]?.role === 'analyst',
			),
		});
		expect(step('scout').status.kind).toBe('proposed');
		expect(step('api').status.kind).toBe('approved');
	});

	test('only those that can do no more than read', async () => {
		const {press, fleet} = openWindow({stage: 'proposed'});
		await press('f', 'left', 'left', 'left', 'y');
		const approved = stepsOf(fleet.run().plan).filter(({status}) => status.kind !== 'proposed');
		expect(approved.length).toBeGreaterThan(1);
		expect(new Set(approved.map(({role}) => role))).toEqual(new Set(['scout', 'analyst']));
	});

	test('only those with a text, of which one is left out by hand; typing approves nothing', async () => {
		const {press, type, fleet, overlay, step} = openWindow({stage: 'proposed'});
		await press('f', '/');
		await type('weigh y');
		expect(overlay()).toMatchObject({kind: 'approve', typing: true, text: {text: 'weigh y'}});
		expect(fleet.commands).toEqual([]);
		await press('backspace', 'backspace', 'enter', 'space', 'y');
		expect(step('api').status.kind).toBe('proposed');
		expect(step('store').status.kind).toBe('approved');
		expect(step('report').status.kind).toBe('proposed');
	});

	test('tells when nothing is chosen, and when a step moved on meanwhile', async () => {
		const {press, type, notice, overlay, again, step} = openWindow({stage: 'proposed'});
		await press('f', '/');
		await type('nowhere');
		await press('enter', 'y');
		expect(notice()).toContain('No step is chosen');
		await press('/', 'ctrl+u', 'enter');
		const other = again();
		await other.press('j', 'h');
		await press('y');
		expect(overlay()).toBeUndefined();
		expect(step('api').status.kind).toBe('held');
	});
});
