import {PassThrough} from 'node:stream';
import {setImmediate as turn} from 'node:timers/promises';
import {expect, it} from 'vitest';
import {createTerminalHold} from '../../source/boot/terminal-hold.ts';

const open = (notify: 'off' | 'bell') => {
	const written: string[] = [];
	const stdin = new PassThrough();
	const hold = createTerminalHold({
		stdin,
		stdout: {write: text => written.push(String(text)) > 0},
		notify,
		onPointer: () => {},
		onDefect: error => {
			throw error;
		},
	});
	// Keys are read only between this and `unref`.
	if ('ref' in hold.stdin && typeof hold.stdin.ref === 'function') hold.stdin.ref();
	const type = async (text: string): Promise<void> => {
		stdin.write(text);
		await turn();
	};
	return {hold, type, taken: () => written.splice(0).join('')};
};

it('saves the title before it is first told, and gives it back at the end', () => {
	const {hold, taken} = open('off');
	hold.tellWaiting(0);
	expect(taken()).toBe('\u001b[22;2t\u001b]2;flotilla\u0007');
	hold.tellWaiting(2);
	expect(taken()).toBe('\u001b]2;flotilla: 2 wait for you\u0007');
	hold.turnMouse(true);
	taken();
	hold.free();
	expect(taken()).toBe('\u001b[?1006l\u001b[?1000l\u001b[23;2t');
});

it('calls whoever looks elsewhere, and nobody who looks at the screen', async () => {
	const {hold, type, taken} = open('bell');
	hold.listen();
	expect(taken()).toBe('\u001b[?1004h\u001b[?1004$p');
	hold.call('scout-1 asks');
	expect(taken()).toContain('\u0007');
	await type('\u001b[I');
	hold.call('scout-1 asks');
	expect(taken()).toBe('');
	await type('\u001b[O');
	hold.call(undefined);
	expect(taken()).toBe('');
	hold.call('scout-1 asks');
	expect(taken()).toContain('\u0007');
	hold.free();
	expect(taken()).toBe('\u001b[?1004l');
});

it('lends the terminal without mouse and focus, and takes them back', async () => {
	const {hold, taken} = open('bell');
	hold.lease.offer(call => call());
	hold.listen();
	hold.turnMouse(true);
	taken();
	await hold.borrow(async () => {
		expect(taken()).toBe('\u001b[?1004l\u001b[?1006l\u001b[?1000l');
	});
	expect(taken()).toBe('\u001b[?1000h\u001b[?1006h\u001b[?1004h\u001b[?1004$p');
});
