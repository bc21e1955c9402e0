import {describe, expect, test} from 'vitest';
import type {RunEvent} from '../../source/domain/event.ts';
import type {Waiting} from '../../source/domain/waiting.ts';
import type {Opening} from '../../store/action.ts';
import {everyAsk} from '../panes/asking.ts';
import {createWaitingList, waitingOf} from '../support/waiting-list.ts';
import {openWindow} from './open-window.ts';

const call = everyAsk.find(ask => ask.kind === 'call');
if (call === undefined) throw new Error('Calls are asked for.');

const delayMs = 3000;
const mill = waitingOf('run_mill', 2);
const weir = waitingOf('run_weir', 1);
const here = (n: number): Waiting => waitingOf('run_made01', n);

/** A window on a run with so many requests, while others wait in other runs. */
const opened = (requests: number, waiting: readonly Waiting[], place?: Opening) => {
	const asks = Array.from(
		{length: requests},
		(_, i): RunEvent => ({
			type: 'request.opened',
			requestId: `request_made01_${i + 10}`,
			agentId: 'agent_made01_3',
			stepId: undefined,
			ask: call,
		}),
	);
	const list = createWaitingList(waiting);
	const window = openWindow({steps: 3}, asks, delayMs, {waiting: list, ...(place === undefined ? {} : {place})});
	const wait = async (ms: number): Promise<void> => {
		window.clock.advance(ms);
		await window.settle();
	};
	const sent = () => window.fleet.commands.filter(({type}) => type === 'request.answer');
	return {...window, list, wait, sent};
};

const at = ({runId, goal, requestId}: Waiting) => ({runId, goal, place: {requestId}});

describe('what waits in other runs', () => {
	test('is gone to where nothing waits here, the oldest first', async () => {
		const {press, left} = opened(0, [weir, mill]);
		await press('w');
		expect(left).toEqual([at(weir)]);
	});

	test('is never gone to from the past', async () => {
		const {press, left, ui, notice, overlay} = opened(1, [weir, here(3)]);
		await press('T', '<', 'w');
		expect(left).toEqual([]);
		expect(ui().past).toBeDefined();
		expect(notice()).toBe('Nothing waited for you at this moment: T goes back to the present.');
		await press('T', 'w');
		expect(overlay()).toMatchObject({kind: 'requests', requestId: 'request_made01_10'});
	});

	test('comes after what waits here, however old it is', async () => {
		const {press, left, overlay} = opened(2, [weir, here(3), here(4)]);
		await press('w');
		expect(overlay()).toMatchObject({kind: 'requests', requestId: 'request_made01_10'});
		await press('w');
		expect(overlay()).toMatchObject({requestId: 'request_made01_11'});
		await press('w');
		expect(overlay()).toMatchObject({requestId: 'request_made01_10'});
		expect(left).toEqual([]);
	});

	test('is gone to from the inbox where everything else here is answered, and only by the key that goes on', async () => {
		const {press, left, sent, window} = opened(2, [weir, here(3), here(4)]);
		await press('w', 'a');
		await press('j', 'down');
		expect(left).toEqual([]);
		await press('w');
		// The answer is not lost: it goes out as the window closes.
		expect(left).toEqual([at(weir)]);
		expect(sent()).toEqual([]);
		await window.leave();
		expect(sent()).toHaveLength(1);
	});

	test('is told with its key once the last request here is answered', async () => {
		const {press, wait, notice, overlay, list, left} = opened(1, [here(3), mill]);
		await press('w', 'a');
		expect(notice()).toBeUndefined();
		await wait(delayMs);
		expect(overlay()).toBeUndefined();
		expect(notice()).toBe('w goes on: 1 waits in another run, “Mend the mill”');
		list.become([weir, mill]);
		await wait(100);
		await press('w');
		expect(left).toEqual([at(weir)]);
	});

	test('is told no longer than it is true', async () => {
		const {press, wait, notice, list} = opened(1, [here(3), weir, mill]);
		await press('w', 'a');
		await wait(delayMs);
		expect(notice()).toMatch('w goes on: 2 wait in other runs');
		list.become([mill]);
		await wait(100);
		expect(notice()).toBe('w goes on: 1 waits in another run, “Mend the mill”');
		list.become([]);
		await wait(100);
		expect(notice()).toBeUndefined();
	});

	test('is not told while something waits here, or where nothing waits elsewhere', async () => {
		const more = opened(2, [mill]);
		await more.press('w', 'a');
		await more.wait(delayMs);
		expect(more.notice()).toBeUndefined();
		const none = opened(1, [here(3)]);
		await none.press('w', 'a');
		await none.wait(delayMs);
		expect(none.notice()).toBeUndefined();
		await none.press('w');
		expect(none.notice()).toBe('Nothing waits for you.');
		expect(none.left).toEqual([]);
	});

	test('is followed, and this run is none of the others', async () => {
		const {press, wait, list, notice, left, window} = opened(0, []);
		await press('w');
		expect(notice()).toBe('Nothing waits for you.');
		list.become([here(3), weir]);
		await wait(100);
		expect(window.fleet.state.getState().waitsElsewhere).toEqual([weir]);
		await press('w');
		expect(left).toEqual([at(weir)]);
	});
});

describe('a window that opens at a request', () => {
	test('shows it, tells that it was seen, and takes no answer before it could be read', async () => {
		const {press, overlay, sent, wait, fleet} = opened(2, [], {requestId: 'request_made01_11'});
		expect(overlay()).toMatchObject({kind: 'requests', requestId: 'request_made01_11'});
		expect(fleet.commands).toMatchObject([{type: 'request.see', requestId: 'request_made01_11'}]);
		await press('a');
		await wait(delayMs);
		expect(sent()).toEqual([]);
		await press('a');
		await wait(delayMs);
		expect(sent()).toMatchObject([{requestId: 'request_made01_11'}]);
	});
});
