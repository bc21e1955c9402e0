import {describe, expect, test} from 'vitest';
import {projectConfig} from '../../source/boot/paths.ts';
import type {RunEvent} from '../../source/domain/event.ts';
import {openRequests, requestIn} from '../../source/domain/run.ts';
import {reachesOf} from '../../store/request-choices.ts';
import {everyAsk} from '../panes/asking.ts';
import {openWindow} from './open-window.ts';

const call = everyAsk.find(ask => ask.kind === 'call');
const question = everyAsk.find(ask => ask.kind === 'question');
if (call === undefined || question === undefined) throw new Error('Calls and questions are asked for.');

const asks = (...list: readonly (typeof everyAsk)[number][]): readonly RunEvent[] =>
	list.map((ask, i) => ({
		type: 'request.opened',
		requestId: `request_made01_${i + 8}`,
		agentId: 'agent_made01_3',
		stepId: undefined,
		ask,
	}));

const opened = (...list: readonly (typeof everyAsk)[number][]) => {
	const window = openWindow({steps: 3}, asks(...list));
	const sent = (type: string) => window.fleet.commands.filter(command => command.type === type);
	return {...window, sent};
};

describe('a request that comes on screen', () => {
	test('is told as seen once, however often it is looked at', async () => {
		const {press, sent, fleet} = opened(call, question);
		await press('w', 'down', 'up', 'esc', 'w', 'j');
		expect(sent('request.see')).toMatchObject([{requestId: 'request_made01_8'}, {requestId: 'request_made01_9'}]);
		expect(openRequests(fleet.run()).every(({seenAt}) => seenAt !== undefined)).toBe(true);
	});

	test('is not told again by a window that opens later', async () => {
		const first = opened(call);
		await first.press('w', 'esc', 'w');
		expect(first.sent('request.see')).toHaveLength(1);
		const {press, fleet} = first.again();
		await press('w');
		expect(fleet.commands.filter(({type}) => type === 'request.see')).toHaveLength(1);
	});

	test('is not answered by a digit pressed twice', async () => {
		const {press, sent, notice, clock} = opened(question, question);
		await press('w', '1', '1');
		expect(sent('request.answer')).toHaveLength(1);
		expect(notice()).toContain('read it');
		clock.advance(500);
		await press('2');
		expect(sent('request.answer')).toMatchObject([{answer: {text: 'the old one'}}, {answer: {text: 'the new one'}}]);
	});

	test('stays when Esc takes away why a key was refused', async () => {
		const {press, overlay, notice} = opened(question);
		await press('w', 'A');
		expect(notice()).toBe('Only calls and hosts can be allowed for longer.');
		await press('esc');
		expect(notice()).toBeUndefined();
		expect(overlay()).toMatchObject({kind: 'requests', problem: undefined});
		await press('7');
		expect(overlay()).toMatchObject({problem: 'There is no answer 7 here.'});
		await press('esc');
		expect(overlay()).toMatchObject({kind: 'requests', problem: undefined});
		await press('esc');
		expect(overlay()).toBeUndefined();
	});

	test.each(['v', 'j', 'a key that is bound nowhere'])('is left at once when %s was no answer to it', async key => {
		const {press, overlay} = opened(question);
		await press('w', key, 'esc');
		expect(overlay()).toBeUndefined();
	});

	test('is left at once after an answer and another key were refused', async () => {
		const {press, overlay, notice} = opened(question);
		await press('w', 'A', 'v');
		expect(notice()).toBe('v (time or tree) works in the plan: press Esc');
		await press('esc');
		expect(overlay()).toBeUndefined();
	});

	test('says so when there is no such answer', async () => {
		const {press, sent, overlay} = opened(question);
		await press('w', '7');
		expect(sent('request.answer')).toEqual([]);
		expect(overlay()).toMatchObject({problem: 'There is no answer 7 here.'});
	});
});

describe('a yes for longer', () => {
	test('goes on to what it has not answered itself', async () => {
		const {press, sent, overlay, fleet} = opened(call, call, question);
		await press('w', 'A', '2');
		expect(sent('request.answer')).toMatchObject([{answer: {kind: 'approve', reach: 'run'}}]);
		expect(requestIn(fleet.run(), 'request_made01_9')?.status).toMatchObject({kind: 'answered', by: 'policy'});
		expect(overlay()).toMatchObject({kind: 'requests', requestId: 'request_made01_10'});
	});

	test('names the file to which a rule for always is written', () => {
		const {fleet} = opened(call);
		const request = requestIn(fleet.run(), 'request_made01_8');
		if (request === undefined) throw new Error('The call is asked about.');
		const [, , always] = reachesOf(fleet.run(), request);
		expect(always?.words).toBe(`always; written to ${projectConfig(fleet.run().settings.dir)}`);
	});

	test('is never given by letters', async () => {
		const {press, sent, overlay, notice} = opened(call);
		await press('w', 'A', 'A', 'a', 'y');
		expect(sent('request.answer')).toEqual([]);
		await press('a');
		expect(notice()).toBe('Choose first how far the yes reaches: press its number, or Enter.');
		expect(overlay()).toMatchObject({input: {kind: 'reach', at: 0}});
	});
});
