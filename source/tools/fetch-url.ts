import {type IncomingMessage, request as requestHttp} from 'node:http';
import {request as requestHttps} from 'node:https';
import {isIP} from 'node:net';
import {z} from 'zod';
import {cleanText} from '../workspace/clean-text.ts';
import {createIsPublicAddress, createPublicLookup, hostOf, PrivateAddressError} from '../workspace/public-address.ts';
import {boundOutput, outputCharactersMax} from './bound-output.ts';
import {defineWorkTool} from './define-tool.ts';
import {failed} from './outcome.ts';
import type {Site, Tool} from './tool.ts';

/** Calls once after so many ms; returns the way to call it off. */
export type After = (ms: number, call: () => void) => () => void;

const timeoutMs = 30_000;
const bytesMax = 4 * 1024 * 1024;
const redirectsMax = 5;
const textTypes = /^(text\/.+|application\/(.+\+)?(json|xml|yaml|x-yaml|toml|javascript|x-ndjson|x-sh))$/;

/** A page as text, as far as it was read; or why there is none. */
type Page =
	| {
			readonly kind: 'page';
			readonly url: URL;
			readonly status: number;
			readonly type: string;
			readonly text: string;
			readonly isCut: boolean;
	  }
	| {readonly kind: 'moved'; readonly to: URL}
	| {readonly kind: 'none'; readonly words: string};

/**
 * Our own rather than `fetch`: that one resolves a name where nobody sees it, so a name could be judged by one address
 * and reached at another.
 */
export const createFetchUrl = (after: After): Tool =>
	defineWorkTool({
		name: 'fetch_url',
		input: z.strictObject({
			url: z.string().min(1).max(4000),
			from_character: z.int().min(0).default(0),
		}),
		weigh: async ({url: given}) => {
			const url = readUrl(given);
			const preview = {
				title: cleanText(`Fetch ${given.slice(0, 200)}`),
				body: cleanText(given),
				format: 'text',
			} as const;
			if (typeof url === 'string') return {effect: 'network', preview, places: [], problem: url};
			return {effect: 'network', preview, places: [], subject: {kind: 'host', host: hostFrom(url)}};
		},
		run: async ({url: given, from_character}, site) => {
			const started = readUrl(given);
			if (typeof started === 'string') return failed(started);
			const late = new AbortController();
			const callOff = after(timeoutMs, () => late.abort());
			try {
				const page = await follow(started, {...site, abort: AbortSignal.any([site.abort, late.signal])});
				if (page.kind === 'none') {
					if (late.signal.aborted) return failed(`${given} did not answer in full within ${timeoutMs / 1000} s.`);
					return failed(cleanText(`${given} was not fetched: ${page.words}.`));
				}
				const text = cleanText(site.redact(page.text).slice(from_character));
				const head = cleanText(
					`${page.url.href} answered ${page.status} with ${page.type}, ${page.text.length} characters${page.isCut ? ` (the rest beyond ${bytesMax} bytes was not read)` : ''}${from_character > 0 ? `, from character ${from_character}` : ''}:`,
				);
				const body = boundOutput(text, {
					keep: 'head',
					charactersMax: outputCharactersMax - head.length - 1,
					rest: 'Fetch it again with from_character to read on.',
				});
				return {text: `${head}\n${body}`, isError: page.status >= 400, touched: []};
			} finally {
				callOff();
			}
		},
	});

const readUrl = (given: string): URL | string => {
	const words = (problem: string): string => cleanText(`${JSON.stringify(given)} ${problem}`);
	if (!URL.canParse(given)) return words('is not a full URL. Give one such as https://example.com/page.');
	const url = new URL(given);
	if (url.protocol !== 'http:' && url.protocol !== 'https:') return words('is neither http nor https.');
	if (url.username !== '' || url.password !== '') return words('carries a name or password. Leave it out.');
	return hostOf(url.hostname) === undefined ? words('names no host.') : url;
};

const hostFrom = (url: URL): string => hostOf(url.hostname) ?? url.hostname;

type Way = Pick<Site, 'mayReach' | 'namesHost' | 'abort'>;

/** The first host was allowed with the call; each further one is asked about by itself. */
const follow = async (start: URL, way: Way): Promise<Exclude<Page, {kind: 'moved'}>> => {
	const allowed = new Set([hostFrom(start)]);
	let url = start;
	for (let redirects = 0; redirects <= redirectsMax; redirects++) {
		const host = hostFrom(url);
		if (!allowed.has(host) && !(await way.mayReach(host)))
			return {kind: 'none', words: `it redirects to ${host}, which may not be reached`};
		allowed.add(host);
		const page = await get(url, way);
		if (page.kind !== 'moved') return page;
		url = page.to;
	}
	return {kind: 'none', words: `it redirects more than ${redirectsMax} times`};
};

const get = (url: URL, {namesHost, abort}: Way): Promise<Page> => {
	const host = hostFrom(url);
	const isPublic = createIsPublicAddress();
	const none = (error: Error): Page => ({kind: 'none', words: error.message});
	if (isIP(host) !== 0 && !isPublic(host) && !namesHost(host))
		return Promise.resolve(none(new PrivateAddressError(host)));
	return new Promise(resolve => {
		const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
			...(namesHost(host) ? {} : {lookup: createPublicLookup(isPublic)}),
			// A connection that was made for another call would escape the lookup.
			agent: false,
			signal: abort,
			headers: {accept: 'text/*, application/json, */*;q=0.1', 'accept-encoding': 'identity', 'user-agent': 'flotilla'},
		});
		request.once('error', error => resolve(none(error)));
		request.once('response', response => {
			read(url, response).then(resolve, (error: unknown) =>
				resolve(none(error instanceof Error ? error : new Error(String(error)))),
			);
			response.once('close', () => request.destroy());
		});
		request.end();
	});
};

const read = async (url: URL, response: IncomingMessage): Promise<Page> => {
	const {statusCode: status = 0, headers} = response;
	const discard = (page: Page): Page => {
		response.destroy();
		return page;
	};
	if (status >= 300 && status < 400 && headers.location !== undefined) {
		if (!URL.canParse(headers.location, url.href))
			return discard({kind: 'none', words: `it redirects to ${headers.location}, which is no URL`});
		const to = readUrl(new URL(headers.location, url).href);
		return discard(typeof to === 'string' ? {kind: 'none', words: `it redirects, but ${to}`} : {kind: 'moved', to});
	}
	const [type = '', ...parameters] = (headers['content-type'] ?? 'text/plain').toLowerCase().split(';');
	if (!textTypes.test(type.trim())) return discard({kind: 'none', words: `it is ${type.trim()}, not text`});
	const encoding = headers['content-encoding'] ?? 'identity';
	if (encoding !== 'identity')
		return discard({kind: 'none', words: `it is packed as ${encoding}, though that was not asked for`});
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of response) {
		if (!Buffer.isBuffer(chunk)) continue;
		chunks.push(chunk.subarray(0, bytesMax - bytes));
		bytes += chunk.length;
		if (bytes > bytesMax) break;
	}
	const charset = parameters.map(part => /^\s*charset="?([^"\s]+)/.exec(part)?.[1]).find(found => found !== undefined);
	const text = decode(Buffer.concat(chunks), charset);
	return {kind: 'page', url, status, type: type.trim(), text, isCut: bytes > bytesMax};
};

/** A charset that nobody knows is read as UTF-8. */
const decode = (bytes: Buffer, charset = 'utf-8'): string => {
	try {
		return new TextDecoder(charset).decode(bytes);
	} catch {
		return new TextDecoder().decode(bytes);
	}
};
