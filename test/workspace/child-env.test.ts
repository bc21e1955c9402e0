import {expect, test} from 'vitest';
import {pickEnv} from '../../source/workspace/child-env.ts';

test('an address of a proxy is passed on only without a name and a password in it', () => {
	const plain = {
		HTTP_PROXY: 'http://proxy:8080',
		NO_PROXY: 'localhost,.example.com',
		GOPROXY: 'https://go.example,direct',
	};
	const telling = {
		HTTPS_PROXY: 'http://user:password@proxy:8080',
		https_proxy: 'user:password@proxy:8080',
		ALL_PROXY: 'socks5h://token@proxy',
		GOPROXY: 'https://go.example,https://user:password@go.example',
	};
	expect(pickEnv(plain)).toEqual(plain);
	expect(pickEnv({...telling, PATH: '/opt/python@3.12/bin'})).toEqual({PATH: '/opt/python@3.12/bin'});
});
