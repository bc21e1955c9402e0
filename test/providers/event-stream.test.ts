import {PassThrough} from 'node:stream';
import {expect, test} from 'vitest';
import {readEvents} from '../../source/providers/event-stream.ts';

const event = (data: string): string => `data: ${data}\n\n`;

test('events are given as they come, whole, and those cut in two when their rest has come', async () => {
	const body = new PassThrough();
	const events = readEvents(body);
	body.write(`${event('a')}data: b`);
	expect(await events.next()).toEqual(['a']);
	body.write('c\n\n');
	expect(await events.next()).toEqual(['bc']);
	body.end(event('d'));
	expect(await events.next()).toEqual(['d']);
	expect(await events.next()).toBeUndefined();
});

test('while it rests, what comes in is gathered; the end is not waited for', async () => {
	const body = new PassThrough();
	const rests: (() => void)[] = [];
	const events = readEvents(body, over => void rests.push(over));
	body.write(event('first'));
	expect(await events.next()).toEqual(['first']);
	const next = events.next();
	body.write(event('a'));
	await new Promise(resolve => setImmediate(resolve));
	body.write(event('b'));
	await new Promise(resolve => setImmediate(resolve));
	rests.shift()?.();
	expect(await next).toEqual(['a', 'b']);
	const last = events.next();
	body.end(event('c'));
	expect(await last).toEqual(['c']);
	expect(await events.next()).toBeUndefined();
});

test('a body that breaks is an error, after what had come', async () => {
	const body = new PassThrough();
	const events = readEvents(body);
	body.write(event('a'));
	await new Promise(resolve => setImmediate(resolve));
	body.destroy(new Error('cut'));
	await new Promise(resolve => setImmediate(resolve));
	expect(await events.next()).toEqual(['a']);
	await expect(events.next()).rejects.toThrow('cut');
});
