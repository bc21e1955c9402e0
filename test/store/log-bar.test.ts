import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {LogEntry} from '../../store/log-entry.ts';
import {endTop, logPlace, seenRows} from '../../store/log-place.ts';
import {subjectOf} from '../../store/log-subject.ts';
import {firstUi} from '../../store/ui.ts';
import {makeEvents} from '../support/make-run.ts';
import {openWindow} from './open-window.ts';

const events = makeEvents();
const newest = events.length;

const opened = async () => {
	const opened = openWindow();
	await opened.press('3');
	return {...opened, bar: () => opened.ui().log.anchor?.at};
};

describe('the bar of the log', () => {
	test('appears on the newest line, moves, and goes when the newest are followed again', async () => {
		const {press, bar} = await opened();
		expect(bar()).toBeUndefined();
		await press('up');
		expect(bar()).toBe(newest);
		await press('k', 'k');
		expect(bar()).toBe(newest - 2);
		await press('down');
		expect(bar()).toBe(newest - 1);
		await press('j', 'j');
		expect(bar()).toBeUndefined();
		await press('f');
		expect(bar()).toBe(newest);
		await press('f');
		expect(bar()).toBeUndefined();
		await press('g');
		expect(bar()).toBe(1);
		await press('pagedown');
		expect(bar()).toBe(5);
		await press('G');
		expect(bar()).toBeUndefined();
	});

	test('stays on its line when others come', async () => {
		const {press, bar, fleet} = await opened();
		await press('up', 'up');
		await fleet.port.send({type: 'run.pause', runId: fleet.run().id});
		expect(bar()).toBe(newest - 1);
		await press('up');
		expect(bar()).toBe(newest - 2);
	});

	test('says how to choose a line while there is none', async () => {
		const {press, notice} = await opened();
		for (const key of ['enter', 'space', '#']) {
			await press(key);
			expect(notice()).toBe('The log follows the newest event: ↑ stops it and chooses a line.');
		}
	});

	test('is always among the rows that are seen, wherever it goes and however high the pane is', () => {
		const seqs = fc.uniqueArray(fc.nat(200), {minLength: 1, maxLength: 40});
		fc.assert(
			fc.property(seqs, fc.nat(220), fc.nat(220), fc.integer({min: 1, max: 50}), (numbers, top, at, height) => {
				const rows = numbers
					.toSorted((a, b) => a - b)
					.map(
						(seq): LogEntry => ({
							seq,
							at: 0,
							level: 'info',
							text: '',
							agentName: undefined,
							kind: 'run',
							subject: undefined,
						}),
					);
				const log = {...firstUi.log, anchor: {top, at, newest: 0}};
				const place = logPlace(rows, {log, past: undefined}, height);
				const row = place.at ?? -1;
				expect(place.top).toBeGreaterThanOrEqual(0);
				expect(place.top).toBeLessThanOrEqual(endTop(rows.length, height));
				expect(row).toBeGreaterThanOrEqual(place.top);
				expect(row).toBeLessThan(place.top + seenRows(place.top, rows.length, height));
			}),
		);
	});
});

/** Goes up to the newest line of an event. */
const goTo = async (press: (...keys: readonly string[]) => Promise<void>, seq: number): Promise<void> =>
	press(...Array.from({length: newest - seq + 1}, () => 'up'));

const lastOf = (type: string): number => {
	const found = events.findLast(({event}) => event.type === type);
	if (found === undefined) throw new Error(`The made run has no ${type}.`);
	return found.seq;
};

describe('Enter on a line of the log', () => {
	test('opens the transcript of an agent at the event', async () => {
		const {press, overlay, bar} = await opened();
		const seq = lastOf('call.started');
		await goTo(press, seq);
		await press('enter');
		const event = events[seq - 1]?.event;
		expect(overlay()).toMatchObject({
			kind: 'transcript',
			agentId: event !== undefined && 'agentId' in event ? event.agentId : '',
			anchor: {kind: 'at', seq},
		});
		await press('esc');
		expect(overlay()).toBeUndefined();
		expect(bar()).toBe(seq);
	});

	test('opens the details of a step', async () => {
		const {press, overlay} = await opened();
		const seq = lastOf('step.started');
		const event = events[seq - 1]?.event;
		await goTo(press, seq);
		await press('enter');
		expect(overlay()).toMatchObject({kind: 'step', stepId: event?.type === 'step.started' ? event.stepId : ''});
	});

	test('opens a request while it is open, and then who asked', async () => {
		const {press, overlay, fleet, bar} = await opened();
		const asked = events.findLast(({event}) => event.type === 'request.opened' && event.ask.kind === 'call');
		if (asked?.event.type !== 'request.opened') throw new Error('no request');
		const {requestId, agentId} = asked.event;
		await goTo(press, asked.seq);
		await press('enter');
		expect(overlay()).toMatchObject({kind: 'requests', requestId});
		await press('esc');
		await fleet.port.send({
			type: 'request.answer',
			runId: fleet.run().id,
			requestId,
			answer: {kind: 'deny', reason: 'no'},
		});
		expect(bar()).toBe(asked.seq);
		await press('enter');
		expect(overlay()).toMatchObject({kind: 'transcript', agentId});
	});

	test('says what is about the whole run', async () => {
		const {press, overlay, notice} = await opened();
		await press('g', 'enter');
		expect(overlay()).toBeUndefined();
		expect(notice()).toBe('This is about the whole run: no agent and no step stands behind it.');
	});

	test('every event leads to its agent, its step or its request, as far as it has one', () => {
		const kindOf = (type: string) => subjectOf(events[lastOf(type) - 1]?.event ?? {type: 'run.resumed'})?.kind;
		expect(kindOf('run.created')).toBeUndefined();
		expect(kindOf('plan.proposed')).toBeUndefined();
		expect(kindOf('agent.created')).toBe('agent');
		expect(kindOf('step.finished')).toBe('step');
		expect(kindOf('turn.failed')).toBe('agent');
		expect(kindOf('request.answered')).toBe('request');
	});
});

describe('the whole line at the bar', () => {
	test('is shown over the log, moves with the bar, never follows, and leads where the line leads', async () => {
		const {press, overlay, bar} = await opened();
		await press('up', 'space');
		expect(overlay()?.kind).toBe('event');
		await press('down', 'down');
		expect(bar()).toBe(newest);
		await press('up');
		expect(bar()).toBe(newest - 1);
		await press('space');
		expect(overlay()).toBeUndefined();
		await press('L', 'esc');
		expect(overlay()).toBeUndefined();
		await goTo(press, lastOf('call.started') + 2);
		await press('space', 'enter');
		expect(overlay()?.kind).toBe('transcript');
		await press('esc');
		expect(overlay()?.kind).toBe('event');
	});
});

describe('from a line of the log to that moment', () => {
	test.each([['T'], ['#'], ['space', 'T'], ['space', '#']])('leads %s %s', async (...keys) => {
		const {press, ui, overlay, bar} = await opened();
		await goTo(press, 20);
		await press(...keys);
		expect(ui().past?.n).toBe(20);
		expect(overlay()).toBeUndefined();
		expect(bar()).toBeUndefined();
		await press('right', 'T');
		expect(ui().past).toBeUndefined();
		expect(bar()).toBe(20);
	});

	test('leads # also from another moment of the past', async () => {
		const {press, ui, settle} = await opened();
		await press('T');
		await settle();
		await press('up', 'up', '#');
		expect(ui().past?.n).toBe(newest - 2);
	});
});
