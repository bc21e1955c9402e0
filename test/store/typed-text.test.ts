import {describe, expect, test} from 'vitest';
import type {RunEvent} from '../../source/domain/event.ts';
import {type Edited, noOutside, type Outside} from '../../store/outside.ts';
import {draftOf} from '../../store/ui.ts';
import {everyAsk} from '../panes/asking.ts';
import {openWindow} from './open-window.ts';

const question = everyAsk.find(ask => ask.kind === 'question');
if (question === undefined) throw new Error('Questions are asked for.');

const asked: RunEvent = {
	type: 'request.opened',
	requestId: 'request_made01_8',
	agentId: 'agent_made01_3',
	stepId: undefined,
	ask: question,
};

/** An editor that answers when the test says so. */
const slowEditor = () => {
	const given: {readonly name: string; readonly text: string}[] = [];
	const copied: string[] = [];
	let {promise, resolve} = Promise.withResolvers<Edited>();
	const outside: Outside = {
		...noOutside,
		edit: (name, text) => {
			given.push({name, text});
			return promise;
		},
		copy: text => {
			copied.push(text);
			return Promise.resolve({kind: 'copied', text: 'to the clipboard'});
		},
	};
	const answer = (edited: Edited): void => {
		resolve(edited);
		({promise, resolve} = Promise.withResolvers<Edited>());
	};
	return {given, copied, outside, saves: (text: string) => answer({kind: 'edited', text}), answer};
};

describe('Ctrl+G while something is typed', () => {
	test('brings a message back in all its lines, sends nothing, and Enter sends it as it is', async () => {
		const editor = slowEditor();
		const {press, type, ui, fleet, settle} = openWindow({}, [], 0, {outside: editor.outside});
		await press('2', 'G', 'm');
		await type('look');
		await press('ctrl+g');
		expect(editor.given).toEqual([{name: 'message.md', text: 'look'}]);
		editor.saves('look again:\r\n\r\n- at a\n- at b\n');
		await settle();
		expect(draftOf(ui().prompt).buffer).toEqual({text: 'look again:\n\n- at a\n- at b', at: 26});
		expect(fleet.commands).toEqual([]);
		await press('enter');
		expect(fleet.commands).toMatchObject([{type: 'agent.message', text: 'look again:\n\n- at a\n- at b'}]);
	});

	test('answers no request: the words stand in the answer line until they are sent', async () => {
		const editor = slowEditor();
		const {press, overlay, fleet, settle} = openWindow({steps: 3}, [asked], 0, {outside: editor.outside});
		await press('w', 'enter', 'ctrl+g');
		expect(editor.given).toEqual([{name: 'answer.md', text: ''}]);
		editor.saves('a\ny\n');
		await settle();
		expect(overlay()).toMatchObject({kind: 'requests', input: {kind: 'text', buffer: {text: 'a\ny'}}});
		expect(fleet.commands.filter(({type}) => type === 'request.answer')).toEqual([]);
	});

	test('fills the field of a form that has the keys; on one line breaks become spaces', async () => {
		const editor = slowEditor();
		const {press, overlay, settle} = openWindow({stage: 'proposed'}, [], 0, {outside: editor.outside});
		await press('x', 'ctrl+g');
		editor.saves('too\nmuch\n\n');
		await settle();
		expect(overlay()).toMatchObject({subject: {kind: 'reject'}, fields: [{buffer: {text: 'too much'}}]});
		await press('esc', 'n', 'ctrl+g');
		editor.saves('one\ntwo\n');
		await settle();
		expect(overlay()).toMatchObject({subject: {kind: 'create'}, fields: [{}, {buffer: {text: 'one\ntwo'}}]});
	});

	test('changes nothing when the editor fails or nothing was changed', async () => {
		const editor = slowEditor();
		const {press, type, ui, notice, settle} = openWindow({}, [], 0, {outside: editor.outside});
		await press('2', 'G', 'm');
		await type('look');
		const {prompt} = ui();
		await press('ctrl+g');
		editor.answer({kind: 'problem', text: 'vi ended with exit code 1.'});
		await settle();
		expect(notice()).toBe('vi ended with exit code 1.');
		await press('ctrl+g');
		editor.saves('look');
		await settle();
		expect(ui().prompt).toEqual(prompt);
	});

	test('copies what was written when its place is gone, and puts it nowhere else', async () => {
		const editor = slowEditor();
		const {press, type, overlay, notice, settle} = openWindow({stage: 'proposed'}, [], 0, {outside: editor.outside});
		await press('x');
		await type('no');
		await press('ctrl+g', 'esc', 'j', 'x');
		editor.saves('no, because');
		await settle();
		expect(overlay()).toMatchObject({subject: {kind: 'reject'}, fields: [{buffer: {text: ''}}]});
		expect(editor.copied).toEqual(['no, because']);
		expect(notice()).toBe('Copied what you wrote, for its place here is gone, (11 characters) to the clipboard.');
	});

	test('waits while the text is on its way', async () => {
		const editor = slowEditor();
		const {press, type, fleet, notice} = openWindow({}, [], 0, {outside: editor.outside});
		await press('2', 'G', 'm');
		await type('look');
		fleet.hold();
		await press('enter', 'ctrl+g');
		expect(editor.given).toEqual([]);
		expect(notice()).toBe('It is being sent.');
		fleet.release();
	});
});
