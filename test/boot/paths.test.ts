import {join, resolve} from 'node:path';
import {expect, it} from 'vitest';
import {pathsOf} from '../../source/boot/paths.ts';

it('puts the socket beside the database, or where its address is short enough', () => {
	expect(pathsOf({FLOTILLA_HOME: '/home/ada/f'}).engine.socket).toBe('/home/ada/f/engine.sock');
	const long = `/home/${'a'.repeat(120)}`;
	const {socket, token} = pathsOf({FLOTILLA_HOME: long}).engine;
	expect(socket).toMatch(/^\/tmp\/flotilla-[0-9a-f]{16}\/engine\.sock$/);
	expect(token).toBe(join(long, 'engine.token'));
	expect(pathsOf({FLOTILLA_HOME: `${long}b`}).engine.socket).not.toBe(socket);
});

it('makes a relative folder whole, for the engine does not work where it was started', () => {
	expect(pathsOf({FLOTILLA_HOME: 'state'}).state).toBe(resolve('state'));
});
