import {describe, expect, it} from 'vitest';
import {chooseTelemetry} from '../../source/boot/choose-telemetry.ts';
import {parseProjectConfig, readUserConfig} from '../../source/boot/config.ts';
import {configSchemas, type UserConfig} from '../../source/boot/config-schema.ts';
import {makeSources} from './make-sources.ts';

const choose = (env: Readonly<Record<string, string>>, telemetry?: UserConfig['telemetry']) =>
	chooseTelemetry(makeSources([], env, {user: {telemetry}}));

describe('choosing telemetry', () => {
	it('is off unless somebody says otherwise', () => {
		expect(choose({})).toEqual({kind: 'off', problem: undefined});
		expect(choose({OTEL_EXPORTER_OTLP_ENDPOINT: ''})).toEqual({kind: 'off', problem: undefined});
	});

	it('takes the standard variable, and the file before that', () => {
		const env = {OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318'};
		expect(choose(env)).toEqual({
			kind: 'on',
			config: {endpoint: 'http://collector:4318', headers: {}, metricsSeconds: 60},
		});
		expect(choose(env, {endpoint: 'https://other', headers: {a: 'b'}, metricsSeconds: 5})).toEqual({
			kind: 'on',
			config: {endpoint: 'https://other', headers: {a: 'b'}, metricsSeconds: 5},
		});
		expect(choose({...env, OTEL_SDK_DISABLED: 'true'})).toEqual({kind: 'off', problem: undefined});
	});

	it('takes the values of headers from the variables that are named, and says which one is not set', () => {
		const telemetry = {endpoint: 'https://other', headersEnv: {authorization: 'OTLP_TOKEN'}};
		expect(choose({OTLP_TOKEN: 'Bearer 1'}, telemetry)).toMatchObject({
			config: {headers: {authorization: 'Bearer 1'}},
		});
		expect(choose({}, telemetry)).toEqual({
			kind: 'off',
			problem: expect.stringMatching(/authorization.*OTLP_TOKEN.*not set.*\/home\/me\/config\.yaml/),
		});
	});
});

describe('telemetry in the configuration', () => {
	it('belongs to the user: a project cannot say where to send', () => {
		const text = 'telemetry: {endpoint: "http://thief:4318"}';
		expect(() => parseProjectConfig('project.yaml', text, 'user.yaml')).toThrow(/telemetry.*move it to your own file/);
		expect(readUserConfig('/nowhere')).toEqual({});
	});

	it('refuses addresses that are not HTTP, names of variables and headers that are none', () => {
		const isFine = (telemetry: unknown): boolean => configSchemas().user.safeParse({telemetry}).success;
		expect(isFine({endpoint: 'http://localhost:4318', headersEnv: {'x-key': 'KEY'}})).toBe(true);
		expect(isFine({endpoint: 'grpc://localhost:4317'})).toBe(false);
		expect(isFine({endpoint: 'localhost'})).toBe(false);
		expect(isFine({endpoint: 'http://a', headers: {'x key': '1'}})).toBe(false);
		expect(isFine({endpoint: 'http://a', headersEnv: {'x-key': 'Bearer 1'}})).toBe(false);
		expect(isFine({endpoint: 'http://a', metricsSeconds: 0})).toBe(false);
	});
});
