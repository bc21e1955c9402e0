import {
	chmodSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {readProjectFile} from '../../source/boot/config.ts';
import {keepRule} from '../../source/boot/keep-rule.ts';
import {pathsOf} from '../../source/boot/paths.ts';
import {isTrusted, trust} from '../../source/boot/trust.ts';
import {temporaryFolder} from './temporary-folder.ts';

const rule = 'bash(npm test:*)';

const makeProject = (text?: string) => {
	const folder = temporaryFolder();
	const dir = join(folder, 'project');
	const path = join(dir, '.flotilla', 'config.yaml');
	mkdirSync(dir);
	if (text !== undefined) {
		mkdirSync(join(dir, '.flotilla'));
		writeFileSync(path, text);
	}
	const paths = pathsOf({FLOTILLA_HOME: join(folder, 'home')});
	const read = () => readFileSync(path, 'utf8');
	return {
		dir,
		path,
		paths,
		read,
		keep: (kept = rule) => keepRule(dir, kept, paths),
		allowed: () => readProjectFile(path, '').config.rules?.allow,
		trusted: () => isTrusted(paths.trustFile, {path, text: read()}),
	};
};

describe('a yes for always', () => {
	it('makes the project’s configuration when there is none, and it is trusted', () => {
		const {path, keep, allowed, trusted, read} = makeProject();
		expect(keep()).toEqual({path, problem: undefined});
		expect(allowed()).toEqual([rule]);
		expect(trusted()).toBe(true);
		expect(read()).toBe('rules:\n  allow:\n    - bash(npm test:*)\n');
	});

	it('adds to what is there, with its comments and order, and never twice', () => {
		const before = '# ours\nmaxParallel: 2 # few\nrules:\n  deny: [fetch]\n  # tests\n  allow:\n    - bash(ls)\n';
		const {path, paths, keep, read, allowed, dir} = makeProject(before);
		trust(paths.trustFile, {path, text: before});
		expect(keep().problem).toBeUndefined();
		expect(keep().problem).toBeUndefined();
		expect(read()).toBe(`${before}    - ${rule}\n`);
		expect(keep('fetch(*.example.com)').problem).toBeUndefined();
		expect(allowed()).toEqual(['bash(ls)', rule, 'fetch(*.example.com)']);
		expect(readdirSync(join(dir, '.flotilla'))).toEqual(['config.yaml']);
	});

	it.each(['rules: {}\n', 'rules: {deny: [fetch]}\n', 'rules:\n  ask: [bash]\n', '# nothing yet\n', ''])(
		'finds its place in %j',
		text => {
			const {keep, allowed, trusted} = makeProject(text);
			expect(keep().problem).toBeUndefined();
			expect(allowed()).toEqual([rule]);
			expect(trusted()).toBe(true);
		},
	);

	it('does not bring along rules that nobody here has looked at', () => {
		const {keep, allowed, trusted} = makeProject('rules: {allow: [bash]}\n');
		expect(keep().problem).toMatch(/not looked at.*flotilla trust/);
		expect(allowed()).toEqual(['bash', rule]);
		expect(trusted()).toBe(false);
		const alone = makeProject(`rules: {allow: ["${rule}"]}\n`);
		expect(alone.keep().problem).toBeUndefined();
		expect(alone.trusted()).toBe(true);
	});

	it.each([
		{text: 'rules: {allow: [\n', says: /cannot be read/},
		{text: 'rules: {allow: yes}\n', says: /rules\.allow/},
		{text: 'baseUrl: https://thief.example\n', says: /baseUrl/},
		{text: '- a list\n', says: /not valid/},
	])('leaves a broken file as it is: $text', ({text, says}) => {
		const {keep, read, paths, path} = makeProject(text);
		const kept = keep();
		expect(kept).toMatchObject({path});
		expect(kept.problem).toMatch(says);
		expect(read()).toBe(text);
		expect(existsSync(paths.trustFile)).toBe(false);
	});

	it('writes through no link, neither of the folder nor of the file', () => {
		const linked = makeProject();
		const elsewhere = temporaryFolder();
		symlinkSync(elsewhere, join(linked.dir, '.flotilla'));
		expect(linked.keep().problem).toMatch(/\.flotilla is a link/);
		expect(readdirSync(elsewhere)).toEqual([]);

		const file = join(elsewhere, 'config.yaml');
		writeFileSync(file, '');
		const inside = makeProject('');
		mkdirSync(join(inside.dir, 'sub', '.flotilla'), {recursive: true});
		symlinkSync(file, join(inside.dir, 'sub', '.flotilla', 'config.yaml'));
		expect(keepRule(join(inside.dir, 'sub'), rule, inside.paths).problem).toMatch(/config\.yaml is a link/);
		expect(readFileSync(file, 'utf8')).toBe('');
	});

	it('says so when something else lies in the way, or the state folder is none', () => {
		const {dir, keep} = makeProject();
		writeFileSync(join(dir, '.flotilla'), '');
		expect(keep().problem).toMatch(/\.flotilla is not a folder.*yourself/);
		const other = makeProject();
		writeFileSync(other.paths.state, '');
		expect(other.keep().problem).toMatch(/home/);
	});

	it.skipIf(process.getuid?.() === 0)('says so in a folder that cannot be written to', () => {
		const {dir, keep} = makeProject();
		chmodSync(dir, 0o500);
		onTestFinished(() => chmodSync(dir, 0o700));
		expect(keep().problem).toMatch(/EACCES.*yourself/);
	});

	it('keeps the mode of the file', () => {
		const {path, keep} = makeProject('maxParallel: 2\n');
		chmodSync(path, 0o600);
		keep();
		expect(statSync(path).mode & 0o777).toBe(0o600);
	});
});
