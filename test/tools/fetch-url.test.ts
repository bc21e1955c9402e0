import {createServer, type RequestListener} from 'node:http';
import {afterEach, beforeEach, describe, expect, onTestFinished, test} from 'vitest';
import {createFetchUrl} from '../../source/tools/fetch-url.ts';
import type {PreparedCall, Site} from '../../source/tools/tool.ts';
import {makeTempProject, never, type TempProject} from '../workspace/temp-project.ts';

let project: TempProject;
beforeEach(async () => {
	project = await makeTempProject();
});
afterEach(() => project.remove());

/** A web server on this machine; answers what its addresses begin with. */
const serve = async (listener: RequestListener): Promise<string> => {
	const server = createServer(listener);
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	const address = server.address();
	return `http://localhost:${typeof address === 'object' && address !== null ? address.port : 0}`;
};

const siteWith = (over: Partial<Site>): Site => ({
	root: project.root,
	outputs: project.outputs,
	abort: never,
	onOutput: () => {},
	mark: project.base,
	mayReach: async () => false,
	namesHost: host => host === 'localhost',
	redact: text => text,
	...over,
});

const prepare = (url: string, after: Parameters<typeof createFetchUrl>[0], from_character = 0) => {
	const call: PreparedCall = createFetchUrl(after).prepare({url, from_character});
	if (call.kind !== 'work') throw new Error(`It is a ${call.kind}.`);
	return call;
};

const get = (url: string, over: Partial<Site> = {}, from = 0) => prepare(url, () => () => {}, from).run(siteWith(over));

describe('fetch_url', () => {
	test('answers with the text of a page, cleaned of what would act on a terminal', async () => {
		const base = await serve((_, response) => {
			response.setHeader('content-type', 'text/html; charset=iso-8859-1');
			response.end(Buffer.from('<p>caf\xe9 \u001b[2J\u0000</p>', 'latin1'));
		});
		expect(await get(`${base}/page`)).toEqual({
			text: `${base}/page answered 200 with text/html, 17 characters:\n<p>café ␛[2J␀</p>`,
			isError: false,
			touched: [],
		});
	});

	test('is weighed by its host, and what is no web address is a problem before anybody is asked', async () => {
		const weigh = (url: string) => prepare(url, () => () => {}).weigh(siteWith({}));
		expect(await weigh('https://Docs.Example.COM./a')).toMatchObject({
			effect: 'network',
			subject: {kind: 'host', host: 'docs.example.com'},
		});
		for (const bad of ['example.com', 'file:///etc/passwd', 'ftp://example.com/', 'https://me:secret@example.com/'])
			expect(await weigh(bad)).toMatchObject({effect: 'network', problem: expect.any(String)});
	});

	test.each([
		...['http://127.0.0.1:1/', 'http://127.1/', 'http://2130706433/', 'http://[::1]/', 'http://[::ffff:127.0.0.1]/'],
		...['http://169.254.169.254/latest/meta-data', 'http://10.0.0.1/', 'http://192.168.1.1/', 'http://0.0.0.0/'],
		...[
			'http://[fd00::1]/',
			'http://[fe80::1]/',
			'http://[64:ff9b::7f00:1]/',
			'http://100.64.0.1/',
			'http://localhost:1/',
		],
	])('%s is closed unless a rule names the host', async url => {
		const outcome = await get(url, {namesHost: () => false, mayReach: async () => true});
		expect(outcome).toMatchObject({isError: true, text: expect.stringContaining('this machine or a private network')});
	});

	test('a redirect to another host is asked about, and the new host is judged like the first', async () => {
		const asked: string[] = [];
		const base = await serve((request, response) => {
			const to = request.url === '/away' ? 'http://elsewhere.example/' : '/end';
			if (request.url === '/end') response.end('the end');
			else
				response.writeHead(302, {location: request.url === '/in' ? base.replace('localhost', '127.0.0.1') : to}).end();
		});
		const mayReach = async (host: string): Promise<boolean> => {
			asked.push(host);
			return host === '127.0.0.1';
		};
		expect((await get(`${base}/start`, {mayReach})).text).toContain('the end');
		expect(asked).toEqual([]);
		expect((await get(`${base}/away`, {mayReach})).text).toContain(
			'redirects to elsewhere.example, which may not be reached',
		);
		expect((await get(`${base}/in`, {mayReach})).text).toContain('127.0.0.1 leads to this machine');
		expect(asked).toEqual(['elsewhere.example', '127.0.0.1']);
	});

	test('redirects in a circle end', async () => {
		const base = await serve((_, response) => void response.writeHead(302, {location: '/again'}).end());
		expect((await get(base)).text).toContain('more than 5 times');
	});

	test('reads on from a character, and says when a page is longer than it reads', async () => {
		const base = await serve((request, response) => {
			const piece = 'x'.repeat(1_000_000);
			if (request.url === '/huge') for (let n = 0; n < 8; n++) response.write(piece);
			response.end(request.url === '/huge' ? '' : 'a'.repeat(40_000) + 'b'.repeat(10));
		});
		const first = await get(`${base}/long`);
		expect(first.text.length).toBeLessThanOrEqual(30_000);
		expect(first.text).toContain('Fetch it again with from_character');
		expect((await get(`${base}/long`, {}, 39_999)).text).toMatch(/, from character 39999:\nab{10}$/);
		expect((await get(`${base}/huge`)).text).toContain(
			'4194304 characters (the rest beyond 4194304 bytes was not read)',
		);
	});

	test('what is not text is refused, and an error of the server is an error with its words', async () => {
		const base = await serve((request, response) => {
			response.setHeader('content-type', request.url === '/pdf' ? 'application/pdf' : 'application/problem+json');
			response.writeHead(request.url === '/pdf' ? 200 : 404).end('{"title":"gone"}');
		});
		expect((await get(`${base}/pdf`)).text).toContain('it is application/pdf, not text');
		expect(await get(`${base}/x`)).toMatchObject({isError: true, text: expect.stringContaining('answered 404')});
	});

	test('ends when time is up or when it is stopped, though the server never does', async () => {
		const base = await serve((_, response) => void response.write('never'));
		let ring = (): void => {};
		const late = prepare(base, (_, call) => {
			ring = call;
			return () => {};
		}).run(siteWith({}));
		ring();
		expect(await late).toMatchObject({isError: true, text: expect.stringContaining('within 30 s')});
		expect(await get(base, {abort: AbortSignal.abort()})).toMatchObject({isError: true});
	});
});
