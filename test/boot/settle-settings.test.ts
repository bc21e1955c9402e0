import {describe, expect, it} from 'vitest';
import {settleChoices, standingOf} from '../../source/boot/settle-settings.ts';
import type {Sources} from '../../source/boot/sources.ts';
import {flagsOf, makeSources} from './make-sources.ts';

const settle = (
	argv: readonly string[],
	rest: Partial<Sources> = {},
	env: Readonly<Record<string, string>> = {},
): ReturnType<typeof settleChoices> => settleChoices(makeSources(argv, env, rest), true);

describe('settling the choices', () => {
	it('lets the project’s file win over the user’s, and a flag over both', () => {
		const files = {user: {taskType: 'writing', maxParallel: 4}, project: {taskType: 'research', maxParallel: 3}};
		expect(settle([], files)).toMatchObject({taskType: 'research', maxParallel: 3});
		expect(settle(['--task-type', 'design'], files)).toMatchObject({taskType: 'design'});
		expect(settle(['--max-parallel', '7'], files)).toMatchObject({maxParallel: 7});
		expect(settle(['--mode', 'sequential'], files)).toMatchObject({maxParallel: 1});
	});

	it('lets a project tighten what its user allows, and never loosen it', () => {
		const strict = {maxParallel: 1, permissions: 'plan', watch: {turnMinutes: 1}} as const;
		const loose = {maxParallel: 40, permissions: 'bypass', watch: {turnMinutes: 99}} as const;
		const user = {maxParallel: 2, permissions: 'edits', watch: {turnMinutes: 5}} as const;
		expect(settle([], {user, project: strict})).toMatchObject({maxParallel: 1, permissionMode: 'plan'});
		expect(settle([], {user, project: strict}).watch.turnMs).toBe(60_000);
		expect(settle([], {user, project: loose})).toMatchObject({maxParallel: 2, permissionMode: 'edits'});
		expect(settle([], {user, project: loose}).watch.turnMs).toBe(300_000);
		expect(settle([], {project: loose})).toMatchObject({maxParallel: 5, permissionMode: 'ask'});
		expect(settle([], {project: loose}, {FLOTILLA_MAX_PARALLEL: '3'})).toMatchObject({maxParallel: 3});
		expect(settle(['--permissions', 'bypass'], {user, project: strict}).permissionMode).toBe('bypass');
	});

	it('asks about unknown outcomes and checks work, unless only the user says otherwise', () => {
		expect(settle([])).toMatchObject({unknownOutcome: 'ask', verification: 'auto'});
		const user = {unknownOutcome: 'tell', verification: 'off'} as const;
		expect(settle([], {user})).toMatchObject(user);
		const project = {unknownOutcome: 'ask', verification: 'auto'} as const;
		expect(settle([], {user, project})).toMatchObject(project);
		expect(settle(['--no-verify'], {project}).verification).toBe('off');
		expect(settle(['--verify'], {user}).verification).toBe('auto');
	});

	it('takes the checks of both files, each command once', () => {
		const user = {checks: [{name: 'mine', command: 'make'}]};
		const project = {
			checks: [
				{name: 'theirs', command: 'make'},
				{name: 'test', command: 'npm test'},
			],
		};
		expect(settle([], {user, project}).checks.map(check => check.command)).toEqual(['make', 'npm test']);
		expect(settle([]).checks).toEqual([]);
	});

	it('waits an hour for an answer and then pauses, or as flag, file or environment say', () => {
		const hour = 3_600_000;
		expect(settle([]).patience).toEqual({afterMs: hour, action: 'pause'});
		const user = {requests: {timeoutMinutes: 30, action: 'deny'}} as const;
		expect(settle([], {user}).patience).toEqual({afterMs: hour / 2, action: 'deny'});
		expect(settle([], {user: {requests: {timeoutMinutes: null}}}).patience.afterMs).toBeUndefined();
		expect(settle(['--timeout', '1', '--on-timeout', 'pause'], {user}).patience).toEqual({
			afterMs: 60_000,
			action: 'pause',
		});
		expect(settle(['--timeout', 'none'], {user}).patience.afterMs).toBeUndefined();
		expect(settle([], {}, {FLOTILLA_TIMEOUT: '2'}).patience.afterMs).toBe(120_000);
		expect(settle([], {user}, {FLOTILLA_TIMEOUT: '2'}).patience.afterMs).toBe(hour / 2);
	});

	it.each([
		{argv: ['--timeout', 'soon'], env: {}, says: /--timeout is a number of minutes.*"soon"/},
		{argv: ['--timeout', '0'], env: {}, says: /--timeout/},
		{argv: [], env: {FLOTILLA_TIMEOUT: 'soon'}, says: /FLOTILLA_TIMEOUT/},
	])('refuses a waiting time that is none: $argv $env', ({argv, env, says}) => {
		expect(() => settle(argv, {}, env)).toThrow(says);
	});

	it.each(['0', '-1', '2.5', 'many', '41'])('refuses --max-parallel %s in words', value => {
		expect(() => settle([`--max-parallel=${value}`])).toThrow(/whole number from 1 to 40/);
	});

	it('refuses a task type that is not known, and names those that are', () => {
		expect(() => settle(['--task-type', 'cooking'])).toThrow(/cooking.*research/);
	});

	it('approves without a terminal only when told to', () => {
		expect(standingOf(flagsOf('--unattended', 'approve'), false)).toEqual({plan: true, edits: true, calls: true});
		expect(standingOf(flagsOf('--unattended', 'approve'), true)).toBeUndefined();
		expect(standingOf(flagsOf('--unattended', 'wait'), false)).toBeUndefined();
		expect(standingOf(flagsOf('--approve', 'edits'), true)).toEqual({plan: true, edits: true, calls: false});
	});
});

describe('rules', () => {
	const user = {rules: {allow: ['read(docs/**)'], deny: ['bash(git push:*)']}};
	const project = {rules: {allow: ['bash(npm test:*)', 'bash(make:*)'], ask: ['write(src/**)'], deny: ['fetch']}};

	it('come from flags and both files; what a project allows counts only when it is trusted', () => {
		const argv = ['--allow', 'bash(ls)', '--ask', 'bash'];
		const {rules, notes} = settle(argv, {user, project});
		expect(rules).toEqual({
			allow: ['bash(ls)', 'read(docs/**)'],
			ask: ['bash', 'write(src/**)'],
			deny: ['bash(git push:*)', 'fetch'],
		});
		expect(notes).toEqual(['2 allow rules of /work/.flotilla/config.yaml are ignored until `flotilla trust`.']);
		const trusted = settle(argv, {user, project, projectTrusted: true});
		expect(trusted.rules.allow).toEqual(['bash(ls)', 'read(docs/**)', 'bash(npm test:*)', 'bash(make:*)']);
		expect(trusted.notes).toEqual([]);
	});

	it.each([
		{argv: ['--allow', 'bash(npm *)'], rest: {}, says: /The flag --allow: .*bash\(npm:\*\)/},
		{argv: [], rest: {user: {rules: {deny: ['no rule!']}}}, says: /\/home\/me\/config\.yaml, rules\.deny: /},
		{
			argv: [],
			rest: {project: {rules: {ask: ['write(/etc)']}}},
			says: /\/work\/\.flotilla\/config\.yaml, rules\.ask: /,
		},
	])('that are none are a problem with its place and its mend: $argv', ({argv, rest, says}) => {
		expect(() => settle(argv, rest)).toThrow(says);
	});
});
