import {execFileSync} from 'node:child_process';
import {createHash, randomBytes, randomUUID} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {createRedactor} from '../../source/policy/redact.ts';
import {secretsIn} from '../../source/policy/redact-known.ts';
import {secretShapes} from '../../source/policy/redact-shapes.ts';
import {samplesOf} from './redact-samples.ts';

const redactor = createRedactor([]);
const samples = samplesOf();

/** Where a secret can stand in what agents read and write. */
const surroundings: Readonly<Record<string, (text: string) => string>> = {
	alone: text => text,
	'in a numbered listing': text =>
		text
			.split('\n')
			.map((line, i) => `${i + 1}\t${line}`)
			.join('\n'),
	'in JSON': text => JSON.stringify({note: text}),
	'in JSON within JSON': text => JSON.stringify({arguments: JSON.stringify({note: text})}),
	'in a diff': text => text.replaceAll(/^/gm, '+'),
	'at the end of a sentence': text => `Found: ${text}.`,
	'after a colour': text => `\u001b[31m${text}\u001b[0m`,
};

describe('a secret of a known shape', () => {
	it('has a sample here, whichever it is', () => {
		expect(new Set(samples.map(({shape}) => shape))).toEqual(new Set(secretShapes.map(({name}) => name)));
		expect(new Set(samples.map(({shape}) => shape)).size).toBeGreaterThanOrEqual(25);
	});

	it.each(samples.map((sample, i) => [`${sample.shape} ${i}`, sample] as const))(
		'%s is replaced by its name',
		(_, {shape, secret, text}) => {
			const clean = redactor.text(text);
			expect(clean).not.toContain(secret);
			expect(clean).toContain(`[redacted:${shape}]`);
			expect(redactor.text(clean)).toBe(clean);
		},
	);

	it.each(Object.entries(surroundings))('is found %s', (_, around) => {
		for (const seed of [1, 2, 3])
			for (const {shape, secret, text} of samplesOf(seed)) {
				const clean = redactor.text(around(text));
				const longest = secret.split(/\n/).toSorted((a, b) => b.length - a.length)[0] ?? '';
				expect([shape, clean]).not.toEqual([shape, expect.stringContaining(longest)]);
			}
	});

	it('goes with all its lines, also when the end of a private key was cut off or the lines are numbered', () => {
		for (const {shape, secret, text} of samples) {
			if (shape !== 'private-key' || !text.includes('\n')) continue;
			const lines = secret.split('\n').filter(line => !line.startsWith('-----') && line.length > 20);
			const cut = `src/key.ts:1:${text.slice(0, text.length - 60)}\n[cut at line 12 of 30]`;
			const found = text.replaceAll('\n', '\nsource/some-key.ts:12:');
			const quoted = text.replaceAll('\n', "\\n' +\n\t'");
			for (const given of [cut, found, quoted, text.replaceAll('\n', '\r\n'), text.replaceAll(/^/gm, '> ')])
				for (const line of lines) expect(redactor.text(given)).not.toContain(line);
			expect(redactor.text(cut)).toContain('[cut at line 12 of 30]');
		}
	});

	it('goes when only the last lines of a private key are there', () => {
		for (const {shape, text} of samples) {
			if (shape !== 'private-key' || !text.includes('\n')) continue;
			const lines = text.split('\n').slice(-4);
			for (const given of [lines.join('\n'), lines.map((line, i) => `${i + 7}\t${line}`).join('\n')]) {
				const clean = redactor.text(`[cut]\n${given}\nthe end`);
				for (const line of lines.slice(0, -1).filter(line => line !== '')) expect(clean).not.toContain(line);
				expect(clean).toContain('[redacted:private-key]');
				expect(clean.startsWith('[cut]\n')).toBe(true);
			}
		}
	});

	it('takes nothing with it of what stands around', () => {
		for (const {secret, text} of samples) {
			const at = text.indexOf(secret);
			const clean = redactor.text(text);
			if (text.startsWith('{"type": "service_account"')) continue;
			expect(clean.startsWith(text.slice(0, at))).toBe(true);
			expect(clean.endsWith(text.slice(at + secret.length))).toBe(true);
		}
	});
});

describe('what is no secret', () => {
	const files = execFileSync('git', ['ls-files', '-z'], {encoding: 'utf8'}).split('\0').filter(Boolean);

	it('stays as it is in every file of this project', () => {
		expect(files.length).toBeGreaterThan(300);
		for (const file of files) {
			// The samples of secrets lie there.
			if (/^test\/(policy\/redact|faults\/secrets)/.test(file)) continue;
			let text: string;
			try {
				text = readFileSync(join(process.cwd(), file), 'latin1');
			} catch {
				continue;
			}
			const clean = redactor.text(text);
			const marks = clean.match(/.{0,60}\[redacted:[^\]]*\].{0,20}/g)?.filter(mark => !text.includes(mark)) ?? [];
			expect([file, marks]).toEqual([file, []]);
		}
	});

	it('stays when it is a hash, an id, a version, an image, a lock file or a name', () => {
		const hash = (name: string, text: string) => createHash(name).update(text).digest('hex');
		const harmless = [
			...Array.from(
				{length: 200},
				(_, i) => `${hash('sha1', `${i}`)} ${hash('sha256', `${i}`)} ${hash('md5', `${i}`)}`,
			),
			...Array.from({length: 200}, () => `"${randomUUID()}" token: ${randomUUID()}`),
			`<img src="data:image/png;base64,${randomBytes(200_000).toString('base64')}">`,
			...Array.from(
				{length: 200},
				(_, i) =>
					`"node_modules/js-tokens-${i}": {"version": "${i}.0.1", "resolved": "https://packages.example.com/js-tokens/-/js-tokens-${i}.0.0.tgz", "integrity": "sha512-${randomBytes(64).toString('base64')}"},`,
			),
			'github.com/secret/token v1.2.3 h1:q1w2E3r4T5y6U7i8O9p0A1s2D3f4G5h6J7k8L9z0X1c=',
			'const token = createToken(request.headers[0]);\nconst secret = process.env.APP_SECRET2;',
			'readonly password: Base64String; apiKey: Uint8Array; tokens: Token2[]; secretName = "prod-eu-west-1a"',
			`password: $${'{DB_PASSWORD_2}'}\ntoken: <YOUR_TOKEN_123>\nsecret: $SECRET_2024\nAPI_KEY=%API_KEY_1%`,
			`postgres://user:password@localhost/db https://user:$${'{PASS}'}@host http://localhost:8080/a@1.2`,
			'password_file: /run/secrets/db1_password\nsecretUrl = "https://vault.example.com/v1/a1b2c3d4e5"',
			'sk-circle-fade-dot-1 task-force-4 risk-assessment-2024 sk-ant-xxxxxxxxxxxxxxxxxxxxxxxxx',
			'The token is refreshed every 24h by the api-key-rotation-2 job; password: required (min 8 chars)',
			'-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ\n-----END CERTIFICATE-----',
			'grep -- "-----BEGIN PRIVATE KEY-----" finds files that begin with a key',
			'model: claude-opus-5-5 token_count: 123456789 maxOutputTokens=16000 secret_id: run_1f3k9',
			'call_1abc2_12 agent_k3f9a2_4 toolu_01A09q90qw90lq917835lq9 msg_000001 req_stand_in',
		];
		for (const text of harmless) expect(redactor.text(text)).toBe(text);
	});
});

describe('a known value', () => {
	const value = 'Zw8!k/"q=β pass 77x';
	const known = createRedactor([
		{name: 'HARBOUR_TOKEN', value},
		{name: 'PLAIN_KEY', value: 'mooring-line-twelve'},
		{name: 'SHORT', value: 'boats'},
	]);

	it('is found as it is, in JSON, in an address, and in base64 wherever it begins', () => {
		for (const secret of [value, 'mooring-line-twelve'])
			for (const text of [
				secret,
				JSON.stringify({a: secret}).slice(6, -2),
				encodeURIComponent(secret),
				...['', 'u', 'us', 'user:', 'ada:'].map(user => Buffer.from(`${user}${secret}`).toString('base64')),
				Buffer.from(`x${secret}yz`).toString('base64url'),
			]) {
				const clean = known.text(`before ${text} after`);
				expect(clean).toMatch(/^before .{0,8}\[redacted:(?:HARBOUR_TOKEN|PLAIN_KEY)\].{0,8} after$/);
			}
		expect(known.text('boats')).toBe('boats');
	});

	it('vanishes whole when it reaches out of a secret of another shape', () => {
		const odd = 'sk-ant-api03-abcdefgh12345678"and more of it';
		const both = createRedactor([
			{name: 'ODD', value: odd},
			{name: 'TAIL', value: '12345678"and the tail'},
		]);
		expect(both.text(`x ${odd} y`)).toBe('x [redacted:ODD] y');
		expect(both.text('x sk-ant-api03-abcdefgh12345678"and the tail y')).toBe('x [redacted:anthropic-key] y');
	});

	it('comes from variables whose names say so, unless it is a place, a switch or a number', () => {
		const env = {
			ANTHROPIC_API_KEY: 'value-of-a-key',
			GH_TOKEN: 'value-of-a-token',
			DB_PASSWORD: 'value-of-a-word',
			MY_SECRET_THING: 'value-of-a-secret',
			npm_config__auth: 'value-of-auth',
			SSH_KEY: '/home/ada/.ssh/id',
			TOKEN: 'short',
			PAGE_TOKEN: '12345678',
			PATH: '/usr/bin:/bin',
			MONKEY: 'value-of-an-animal',
			KEYBOARD: 'value-of-a-layout',
			UNSET_TOKEN: undefined,
		};
		expect(secretsIn(env).map(({name}) => name)).toEqual([
			'ANTHROPIC_API_KEY',
			'GH_TOKEN',
			'DB_PASSWORD',
			'MY_SECRET_THING',
			'npm_config__auth',
		]);
	});
});

describe('plain data', () => {
	const [sample] = samples;
	const secret = sample?.secret ?? '';

	it('is cleaned at any depth, in values, in names of fields, and by what a field is called', () => {
		expect(
			redactor.value({a: [1, null, {b: `x ${secret}`}], [secret]: true, db_password: 'q7Rt-1xKp9', apiKey: 'none'}),
		).toEqual({
			a: [1, null, {b: 'x [redacted:anthropic-key]'}],
			'[redacted:anthropic-key]': true,
			db_password: '[redacted:secret-field]',
			apiKey: 'none',
		});
	});

	it('comes back as the same object when there is nothing to take out', () => {
		const value = {a: [{b: 'text', c: [1, 2]}], d: undefined, e: new Date(0)};
		expect(redactor.value(value)).toBe(value);
		const part = {deep: {same: ['x']}};
		expect(redactor.value({part, text: secret}).part).toBe(part);
	});

	it('keeps what the vendor must get back byte for byte, and takes the seal off reasoning that was changed', () => {
		const blocks = [
			{type: 'thinking', text: 'nothing to hide', signature: secret},
			{type: 'redacted_thinking', data: secret},
			{type: 'thinking', text: `the key is ${secret}`, signature: secret},
			{type: 'text', text: secret, signature: secret},
		];
		expect(redactor.value(blocks)).toEqual([
			blocks[0],
			blocks[1],
			{type: 'thinking', text: 'the key is [redacted:anthropic-key]', signature: ''},
			{type: 'text', text: '[redacted:anthropic-key]', signature: '[redacted:anthropic-key]'},
		]);
		expect(redactor.value(blocks)[0]).toBe(blocks[0]);
	});
});

describe('a text of a million signs made to be slow', () => {
	const many = (text: string): string => text.repeat(Math.ceil(1_000_000 / text.length));
	const hostile = [
		'a',
		'=',
		' ',
		'"',
		'\\',
		'password',
		'password=',
		'password = "',
		'password: a1b2C3d4 ',
		'secret_access_key" = "',
		'sk-',
		'sk-ant-',
		'eyJaaaaaaaa.',
		'eyJaaaaaaaa.eyJaaaaaaaa.',
		'://a:',
		'://',
		'postgres://a:b',
		'@',
		'://a:b@',
		'-----BEGIN ',
		'-----BEGIN PRIVATE KEY-----',
		'-----BEGIN PRIVATE KEY-----\nAAAAAAAAAAAAAAAA\n',
		'-----END PRIVATE KEY-----',
		'-----END PRIVATE KEY-----\n',
		'AAAAAAAAAAAAAAAA\n-----END PRIVATE KEY-----\n',
		'\n-----END PRIVATE KEY-----',
		'\n1:1:1-1-1:',
		'-----',
		'login a password ',
		'login a ',
		'Bearer ',
		'authorization: a ',
		'token\n\n\n',
		'--password ',
		'MTAaaaaaaaaaaaaaaaaaaaaa.aaaaaa.',
		'AKIA',
		'AKIAAAAAAAAAAAAAAAAA ',
		':AA',
		'12345678:AA',
		'.atlasv1.',
		'xoxb-',
	];

	it.each(hostile)('is read in time: %j', unit => {
		const begun = performance.now();
		redactor.text(many(unit));
		redactor.text(`-----BEGIN PRIVATE KEY-----\n${many(unit)}`);
		expect(performance.now() - begun).toBeLessThan(4000);
	});
});
