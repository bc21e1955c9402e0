import {describe, expect, test, vi} from 'vitest';
import type {RunEvent} from '../../source/domain/event.ts';
import type {Ask} from '../../source/domain/request.ts';
import {everyAsk} from '../panes/asking.ts';
import {openWindow} from './open-window.ts';

const kept = 'What you entered is kept: opening this again shows it.';
const again = 'What you entered before stands here again.';

const askOf = (kind: Ask['kind']): Ask => {
	const ask = everyAsk.find(one => one.kind === kind);
	if (ask === undefined) throw new Error(`There is no ${kind} among the asks.`);
	return ask;
};

const [call, question, budget] = [askOf('call'), askOf('question'), askOf('budget')];

const first = 'request_made01_8';

const opened = (list: readonly Ask[], delayMs = 0) => {
	const events = list.map(
		(ask, i): RunEvent => ({
			type: 'request.opened',
			requestId: `request_made01_${i + 8}`,
			agentId: 'agent_made01_3',
			stepId: undefined,
			ask,
		}),
	);
	const window = openWindow({steps: 3}, events, delayMs);
	const answers = () => window.fleet.commands.filter(({type}) => type === 'request.answer');
	return {...window, answers};
};

type Opened = ReturnType<typeof openWindow>;

const typedIn = ({overlay}: Opened): string | undefined => {
	const top = overlay();
	return top?.kind === 'requests' && top.input !== undefined && 'buffer' in top.input
		? top.input.buffer.text
		: undefined;
};

describe('what was typed in answer to a request', () => {
	test.each([
		['why it is denied', call, 'd'],
		['a reply', question, 'enter'],
		['a new limit', budget, 'r'],
	] as const)('stands there again when %s is opened again, and each time that is said', async (_, ask, key) => {
		const window = opened([ask]);
		const {press, type, notice, answers} = window;
		await press('w', key);
		await type('9');
		await press('esc');
		expect(notice()).toBe(kept);
		await press('esc', 'w', key);
		expect(typedIn(window)).toBe('9');
		expect(notice()).toBe(again);
		expect(answers()).toEqual([]);
	});

	test('belongs to that request and that answer alone', async () => {
		const window = opened([question, question]);
		const {press, type} = window;
		await press('w', 'enter');
		await type('the old');
		await press('esc', 'd');
		expect(typedIn(window)).toBe('');
		await press('esc', 'j', 'enter');
		expect(typedIn(window)).toBe('');
		await press('esc', 'k', 'enter');
		expect(typedIn(window)).toBe('the old');
	});

	test('is no answer by itself: the key that opens it, pressed twice, does not send it', async () => {
		const window = opened([question]);
		const {press, type, answers, notice, clock} = window;
		await press('w', 'enter');
		await type('half');
		await press('esc', 'enter', 'enter');
		expect(answers()).toEqual([]);
		expect(notice()).toBe('This is what you entered before: read it, then press the key again.');
		expect(typedIn(window)).toBe('half');
		clock.advance(500);
		await press('enter');
		expect(answers()).toMatchObject([{answer: {kind: 'text', text: 'half'}}]);
	});

	test('is sent at once when something was added to it', async () => {
		const {press, type, answers} = opened([question]);
		await press('w', 'enter');
		await type('half');
		await press('esc', 'enter', '!', 'enter');
		expect(answers()).toMatchObject([{answer: {text: 'half!'}}]);
	});

	test('is gone once it was deleted, and a proposal that nobody touched was never typed', async () => {
		const window = opened([question, budget]);
		const {press, type, notice, ui} = window;
		await press('w', 'enter');
		await type('half');
		await press('esc', 'enter', 'ctrl+u', 'esc');
		expect(notice()).toBeUndefined();
		await press('j', 'r', 'esc');
		expect(notice()).toBeUndefined();
		expect(ui().keptAnswers).toEqual([]);
	});

	test('is forgotten when the request was answered otherwise', async () => {
		const {press, type, window, fleet, notice} = opened([question, question]);
		await press('w', 'enter');
		await type('half');
		await press('esc');
		expect(window.written().answers).toMatchObject([{requestId: first}]);
		await press('1');
		expect(window.written().answers).toEqual([]);
		await press('enter');
		await type('other');
		const runId = fleet.run().id;
		await fleet.port.send({
			type: 'request.answer',
			runId,
			requestId: 'request_made01_9',
			answer: {kind: 'text', text: 'theirs'},
		});
		await press('esc');
		expect(notice()).toBeUndefined();
		expect(window.written().answers).toEqual([]);
	});

	test('is there when it was taken back after the inbox was left', async () => {
		const window = opened([question], 3000);
		const {press, type, answers} = window;
		await press('w', 'enter');
		await type('quick');
		await press('enter', 'esc', 'z');
		expect(answers()).toEqual([]);
		await press('w', 'enter');
		expect(typedIn(window)).toBe('quick');
	});

	test('is kept while its place is open still, and told when nobody sends it', async () => {
		const window = opened([question, budget]);
		await window.press('w', 'enter');
		await window.type('half');
		const written = window.window.written();
		expect(written.unsent).toEqual([{place: `in answer to ${first}`, text: 'half'}]);
		const next = window.again({written});
		await next.press('w', 'enter');
		expect(typedIn(next)).toBe('half');
	});

	test('stays where it is typed when the answer to another request comes through meanwhile', async () => {
		const window = opened([question, question]);
		const {press, type, fleet, settle, answers} = window;
		await press('w');
		fleet.hold();
		await press('1', 'esc', 'w', 'enter');
		await type('half');
		expect(typedIn(window)).toBe('half');
		fleet.release();
		await settle();
		expect(answers()).toHaveLength(1);
		expect(typedIn(window)).toBe('half');
	});

	test('is not kept while it is on its way', async () => {
		const {press, type, window, fleet, settle} = opened([question]);
		await press('w', 'enter');
		await type('quick');
		fleet.hold();
		await press('enter');
		expect(window.written().answers).toEqual([]);
		await press('esc');
		expect(window.written().answers).toEqual([]);
		fleet.release();
		await settle();
	});

	test('is there when it was refused after the inbox was left', async () => {
		const window = opened([question]);
		const {press, type, fleet, settle, notice} = window;
		await press('w', 'enter');
		await type('quick');
		const {promise, resolve} = Promise.withResolvers<{code: 'storage'; message: string}>();
		vi.spyOn(fleet.port, 'send').mockReturnValueOnce(promise);
		await press('enter', 'esc', 'esc');
		resolve({code: 'storage', message: 'The disk is full.'});
		await settle();
		expect(notice()).toBe('The disk is full.');
		await press('w', 'enter');
		expect(typedIn(window)).toBe('quick');
	});

	test('outlives the window on the run', async () => {
		const window = opened([question]);
		await window.press('w', 'enter');
		await window.type('half');
		await window.press('esc');
		const next = window.again({written: window.window.written()});
		await next.press('w', 'enter');
		expect(typedIn(next)).toBe('half');
	});
});
