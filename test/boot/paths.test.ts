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

it('takes no relative folder of XDG, as its rules say', () => {
	const env = {HOME: '/home/ada', XDG_STATE_HOME: 'state', XDG_CONFIG_HOME: './config'};
	const {state, userConfig} = pathsOf(env);
	expect(state).toBe('/home/ada/.local/state/flotilla');
	expect(userConfig).toBe('/home/ada/.config/flotilla/config.yaml');
	expect(pathsOf({...env, XDG_STATE_HOME: '/var/state'}).state).toBe('/var/state/flotilla');
});
