import {describe, expect, test, vi} from 'vitest';
import type {RunEvent} from '../../source/domain/event.ts';
import {openRequests} from '../../source/domain/run.ts';
import {wordOf} from '../../store/actions.ts';
import {noFacts} from '../../store/facts.ts';
import {builtInKeys} from '../../store/keymap.ts';
import {everyAsk} from '../panes/asking.ts';
import {openWindow} from './open-window.ts';

const call = everyAsk.find(ask => ask.kind === 'call');
const question = everyAsk.find(ask => ask.kind === 'question');
const budget = everyAsk.find(ask => ask.kind === 'budget');
if (call === undefined || question === undefined || budget === undefined)
	throw new Error('Calls, questions and limits are asked for.');

type OneAsk = (typeof everyAsk)[number];

const asks = (list: readonly OneAsk[]): readonly RunEvent[] =>
	list.map((ask, i) => ({
		type: 'request.opened',
		requestId: `request_made01_${i + 10}`,
		agentId: ask.kind === 'budget' ? undefined : 'agent_made01_3',
		stepId: undefined,
		ask,
	}));

const delayMs = 3000;

const opened = (...list: readonly OneAsk[]) => {
	const window = openWindow({steps: 3}, asks(list), delayMs);
	const sent = () =>
		window.fleet.commands.flatMap(command => (command.type === 'request.answer' ? [command.requestId] : []));
	const wait = async (ms: number): Promise<void> => {
		window.clock.advance(ms);
		await window.settle();
	};
	return {...window, sent, wait};
};

describe('an answer', () => {
	test('is sent after its moment, once', async () => {
		const {press, sent, wait, overlay, fleet} = opened(call);
		await press('w', 'a');
		expect(sent()).toEqual([]);
		expect(overlay()).toMatchObject({kind: 'requests', requestId: 'request_made01_10'});
		await wait(delayMs - 1);
		expect(sent()).toEqual([]);
		await wait(1);
		await wait(60_000);
		expect(sent()).toEqual(['request_made01_10']);
		expect(openRequests(fleet.run())).toEqual([]);
		expect(overlay()).toBeUndefined();
	});

	test('closes the inbox when it was the last, and its key does not hit what is seen then', async () => {
		const {press, wait, overlay, notice, ui} = opened(call);
		await press('w', 'a');
		await wait(delayMs);
		expect(overlay()).toBeUndefined();
		await press('space');
		expect(overlay()).toBeUndefined();
		expect(notice()).toContain('The inbox has just closed');
		expect(ui().overlays).toEqual([]);
		await wait(1001);
		await press('space');
		expect(overlay()).toBeDefined();
	});

	test('is sent at once with Enter, and not again when its moment is over', async () => {
		const {press, sent, wait} = opened(call, call);
		await press('w', 'a', 'enter');
		expect(sent()).toEqual(['request_made01_10']);
		await wait(60_000);
		expect(sent()).toEqual(['request_made01_10']);
	});

	test('keeps its own moment when the next is answered', async () => {
		const {press, sent, wait} = opened(call, call);
		await press('w', 'a');
		await wait(2000);
		await press('a');
		expect(sent()).toEqual([]);
		await wait(1000);
		expect(sent()).toEqual(['request_made01_10']);
		await wait(2000);
		expect(sent()).toEqual(['request_made01_10', 'request_made01_11']);
	});

	test('is taken back, the latest first, and can then be given otherwise', async () => {
		const {press, sent, wait, ui} = opened(call, call);
		await press('w', 'a');
		await wait(500);
		await press('a', 'z');
		expect(ui().answers).toHaveLength(1);
		await press('z', 'z');
		expect(ui().answers).toEqual([]);
		await wait(60_000);
		expect(sent()).toEqual([]);
		await press('d', 'enter');
		await wait(delayMs);
		expect(sent()).toEqual(['request_made01_10']);
	});

	test('that was typed stands in its field again when it is taken back', async () => {
		const {press, type, overlay} = opened(question);
		await press('w', 't');
		await type('the old one');
		await press('enter');
		expect(overlay()).toMatchObject({input: undefined});
		await press('z');
		expect(overlay()).toMatchObject({input: {kind: 'text', buffer: {text: 'the old one'}}});
	});

	test('that the fleet refuses leaves the request open, with what was entered', async () => {
		const {press, wait, overlay, ui, fleet} = opened(budget);
		await press('w', 'r', 'home', 'ctrl+k', '9', 'enter');
		const full = 'The disk is full.';
		vi.spyOn(fleet.port, 'send').mockResolvedValueOnce({code: 'storage', message: full});
		await wait(delayMs);
		expect(ui().answers).toEqual([]);
		expect(overlay()).toMatchObject({input: {kind: 'raise', buffer: {text: '9'}}, problem: full});
		expect(openRequests(fleet.run())).toHaveLength(1);
	});

	test('that raises a limit too little is refused where it is entered, at once', async () => {
		const {press, overlay, ui, sent, wait} = opened(budget, call);
		await press('w', 'r', 'home', 'ctrl+k', '1', 'enter');
		expect(ui().answers).toEqual([]);
		expect(overlay()).toMatchObject({
			requestId: 'request_made01_10',
			input: {kind: 'raise', buffer: {text: '1'}},
			problem: 'The next turn may need up to $5.21 in all; raise the limit to at least that.',
		});
		await press('backspace', '6', 'enter');
		await wait(delayMs);
		expect(sent()).toEqual(['request_made01_10']);
	});

	test('that raises a limit needs no deleting first: what is typed takes the place of what is proposed', async () => {
		const {press, ui, overlay} = opened(budget);
		await press('w', 'r');
		expect(overlay()).toMatchObject({input: {buffer: {text: '7.50', isProposal: true}}});
		await press('8', 'enter');
		expect(ui().answers[0]?.answers[0]?.answer).toEqual({kind: 'raise', limit: 8_000_000_000});
	});

	test('that raises a limit to far more than it was is asked once more', async () => {
		const {press, ui, overlay} = opened(budget);
		await press('w', 'r', '8', '0', '0', 'enter');
		expect(ui().answers).toEqual([]);
		expect(overlay()).toMatchObject({
			problem: '$800.00 is 160 times as much as $5.00, the limit before. Enter once more sets it.',
		});
		await press('0', 'enter');
		expect(ui().answers).toEqual([]);
		expect(overlay()).toMatchObject({problem: expect.stringContaining('$8000.00 is 1,600 times as much')});
		await press('enter');
		expect(ui().answers[0]?.answers[0]?.answer).toEqual({kind: 'raise', limit: 8_000_000_000_000});
	});

	test('is not given twice: a request that was answered takes no other answer', async () => {
		const {press, sent, wait, notice} = opened(call, question);
		await press('w', 'a', 'up', 'a');
		expect(notice()).toContain('You have answered this: z takes it back.');
		await press('d', '1', 'b');
		await wait(delayMs);
		expect(sent()).toEqual(['request_made01_10']);
	});

	test('waits while the person is elsewhere, and closes nothing there', async () => {
		const {press, sent, wait, overlay} = opened(call);
		await press('w', 'a', 'esc', '?');
		await wait(delayMs);
		expect(sent()).toEqual(['request_made01_10']);
		expect(overlay()).toMatchObject({kind: 'help'});
	});

	test('does not disturb a text that is being typed when its moment is over', async () => {
		const {press, type, wait, overlay} = opened(call, question);
		await press('w', 'a', 't');
		await type('half');
		await wait(delayMs);
		expect(overlay()).toMatchObject({requestId: 'request_made01_11', input: {buffer: {text: 'half'}}});
	});

	test('that waits is sent when the window is left', async () => {
		const {press, sent, window} = opened(call, call);
		await press('w', 'a');
		await window.leave();
		expect(sent()).toEqual(['request_made01_10']);
	});

	test('that waited when the window died was not given: the request is open for the next window', async () => {
		const {press, again, fleet, sent} = opened(call);
		await press('w', 'a');
		const next = again();
		await next.press('w');
		expect(sent()).toEqual([]);
		expect(openRequests(fleet.run())).toHaveLength(1);
		expect(next.overlay()).toMatchObject({requestId: 'request_made01_10'});
	});
});

describe('several answers at once', () => {
	test('wait together and are taken back together', async () => {
		const {press, sent, wait, overlay} = opened(call, call, question, call);
		await press('w', 'b', '1');
		expect(overlay()).toMatchObject({input: {kind: 'many', words: 'every shell request'}});
		await wait(500);
		await press('a');
		expect(overlay()).toMatchObject({requestId: 'request_made01_12'});
		await press('z');
		await wait(60_000);
		expect(sent()).toEqual([]);
		expect(overlay()).toMatchObject({input: {kind: 'many'}});
		await press('d');
		await wait(delayMs);
		expect(sent()).toEqual(['request_made01_10', 'request_made01_11', 'request_made01_13']);
	});

	test('are told as seen when they are listed, each once', async () => {
		const {press, fleet} = opened(call, call, question, call);
		await press('w', 'b', '1', 'esc', 'b', '1');
		const seen = fleet.commands.flatMap(command => (command.type === 'request.see' ? [command.requestId] : []));
		expect(seen).toEqual(['request_made01_10', 'request_made01_11', 'request_made01_13']);
	});

	test('leave out what was answered elsewhere meanwhile', async () => {
		const {press, sent, wait, window, fleet} = opened(call, call, call);
		await press('w', 'b', '1');
		await fleet.port.send({
			type: 'request.answer',
			runId: fleet.run().id,
			requestId: 'request_made01_11',
			answer: {kind: 'deny', reason: ''},
		});
		window.fleet.flush();
		await wait(500);
		await press('a');
		await wait(delayMs);
		expect(sent()).toEqual(['request_made01_11', 'request_made01_10', 'request_made01_12']);
	});

	test('are chosen before a key answers them', async () => {
		const {press, notice, sent, overlay} = opened(call, call);
		await press('w', 'b', 'a');
		expect(notice()).toBe('Choose first what to answer together: press its number, or Enter.');
		expect(overlay()).toMatchObject({input: {kind: 'sets'}});
		expect(sent()).toEqual([]);
	});

	test.each([
		['a', 'approve'],
		['d', 'deny'],
	])('go to what is marked, whatever the bar is on: %s leads to the list of it', async (key, kind) => {
		const {press, sent, wait, overlay, fleet} = opened(call, call, call, question);
		await press('w', 'space', 'j', 'space', 'j', key);
		expect(sent()).toEqual([]);
		expect(overlay()).toMatchObject({
			requestId: 'request_made01_12',
			input: {kind: 'many', requests: ['request_made01_10', 'request_made01_11']},
		});
		await wait(500);
		await press(key);
		await wait(delayMs);
		expect(sent()).toEqual(['request_made01_10', 'request_made01_11']);
		const answers = fleet.commands.flatMap(command => (command.type === 'request.answer' ? [command.answer] : []));
		expect(answers).toMatchObject([{kind}, {kind}]);
	});

	test('are called so by the footer as long as something is marked that has no answer', async () => {
		const {press, wait, window, fleet, ui, clock} = opened(call, call, question);
		const words = () => {
			const view = {run: fleet.run(), ui: ui(), facts: noFacts, now: clock.now(), keymap: builtInKeys};
			return (['request.allow', 'request.deny'] as const).map(id => wordOf(id, view));
		};
		await press('w', 'space', 'j', 'j');
		expect(words()).toEqual(['allow the 1 marked', 'deny the 1 marked']);
		await fleet.port.send({
			type: 'request.answer',
			runId: fleet.run().id,
			requestId: 'request_made01_10',
			answer: {kind: 'deny', reason: ''},
		});
		window.fleet.flush();
		expect(words()).toEqual(['allow', 'leave it to the agent']);
		await wait(500);
		await press('k', 'a');
		expect(ui().answers).toMatchObject([{answers: [{requestId: 'request_made01_11'}]}]);
	});

	test('are offered only for what a plain yes or no answers', async () => {
		const {press, notice, overlay} = opened(question, question);
		await press('w', 'space');
		expect(notice()).toContain('answered by itself');
		await press('b');
		expect(notice()).toContain('mark requests with Space');
		expect(overlay()).toMatchObject({marked: [], input: undefined});
	});
});
