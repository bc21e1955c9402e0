import {existsSync, mkdirSync, readFileSync, renameSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {choicesFor} from '../../source/boot/choices.ts';
import {createContext} from '../../source/boot/context.ts';
import {isTrusted, trust} from '../../source/boot/trust.ts';
import {trust as trustVerb} from '../../source/boot/verbs/trust.ts';
import {fakeTerminal} from './fake-terminal.ts';
import {flagsOf} from './make-sources.ts';
import {temporaryFolder} from './temporary-folder.ts';

const never = new AbortController().signal;

/** A project with a configuration, and a user who has never seen it. */
const makeProject = (text: string) => {
	const folder = temporaryFolder();
	const dir = join(folder, 'project');
	const path = join(dir, '.flotilla', 'config.yaml');
	mkdirSync(join(dir, '.flotilla'), {recursive: true});
	writeFileSync(path, text);
	const home = join(folder, 'home');
	const {terminal, heard} = fakeTerminal(false);
	const context = (...argv: readonly string[]) =>
		createContext(flagsOf(...argv), terminal, {FLOTILLA_HOME: home}, {}, '0');
	const rules = () => choicesFor(context('a goal'), dir).rules.allow;
	return {dir, path, home, heard, context, rules, trustFile: join(home, 'trust.json')};
};

describe('being asked about it in a terminal', () => {
	it.each([
		{line: 'y', code: 0, counts: 1},
		{line: '', code: 4, counts: 0},
		{line: 'no', code: 4, counts: 0},
	])('"$line" ends with $code', async ({line, code, counts}) => {
		const {dir, home, rules} = makeProject('rules: {allow: ["bash(make:*)"]}\n');
		const {terminal, heard, type} = fakeTerminal(true);
		const context = createContext(flagsOf('trust', '--dir', dir), terminal, {FLOTILLA_HOME: home}, {}, '0');
		const exit = trustVerb(context, never);
		await expect.poll(() => heard.stderr).toContain('[y/N]');
		type(line);
		expect(await exit).toBe(code);
		expect(rules()).toHaveLength(counts);
	});
});

describe('trusting the file of a project', () => {
	it('lets its allow rules count, until a letter of it changes', async () => {
		const {dir, path, heard, context, rules, trustFile} = makeProject('rules: {allow: [bash(make:*)]}\n');
		expect(rules()).toEqual([]);
		expect(await trustVerb(context('trust', '--dir', dir, '--yes', '--json'), never)).toBe(0);
		expect(heard.stderr).toContain(`${path} would let agents do:\n  bash(make:*)\n`);
		expect(JSON.parse(heard.stdout)).toEqual({version: 1, path, allow: ['bash(make:*)'], trusted: true});
		expect(rules()).toEqual(['bash(make:*)']);
		expect(statSync(trustFile).mode & 0o777).toBe(0o600);
		writeFileSync(path, 'rules: {allow: [bash(make:*), bash]}\n');
		expect(rules()).toEqual([]);
	});

	it('does not happen where nobody can be asked, nor for another place with the same words', async () => {
		const text = 'rules: {allow: [bash(make:*)]}\n';
		const {dir, path, context, trustFile, rules} = makeProject(text);
		await expect(trustVerb(context('trust', '--dir', dir, '--json'), never)).rejects.toThrow(/--yes/);
		expect(existsSync(trustFile)).toBe(false);
		trust(trustFile, {path, text});
		expect(rules()).toHaveLength(1);
		const other = makeProject(text);
		expect(isTrusted(trustFile, {path: other.path, text})).toBe(false);
	});

	it('holds for the real file, whatever links lead to it', () => {
		const text = 'rules: {allow: [bash(make:*)]}\n';
		const {dir, path, trustFile} = makeProject(text);
		trust(trustFile, {path, text});
		renameSync(join(dir, '.flotilla'), join(dir, 'elsewhere'));
		symlinkSync('elsewhere', join(dir, '.flotilla'));
		expect(isTrusted(trustFile, {path, text})).toBe(false);
		expect(isTrusted(trustFile, {path: join(dir, 'nowhere'), text})).toBe(false);
	});

	it('refuses to trust what is no rule, and says so when there is nothing to trust', async () => {
		const bad = makeProject('rules: {allow: ["no rule!"]}\n');
		await expect(trustVerb(bad.context('trust', '--dir', bad.dir, '--yes'), never)).rejects.toThrow(/rules\.allow/);
		const none = makeProject('rules: {deny: [bash]}\n');
		expect(await trustVerb(none.context('trust', '--dir', none.dir, '--json'), never)).toBe(0);
		expect(existsSync(none.trustFile)).toBe(false);
	});

	it('says what to do when the list of trusted files is broken, and does not write over it', () => {
		const {path, home, rules, trustFile} = makeProject('rules: {allow: [bash(make:*)]}\n');
		mkdirSync(home);
		writeFileSync(trustFile, '{"version": 1');
		expect(rules).toThrow(/trust\.json.*Delete it/);
		expect(() => trust(trustFile, {path, text: ''})).toThrow(/Delete it/);
		expect(readFileSync(trustFile, 'utf8')).toBe('{"version": 1');
	});
});
