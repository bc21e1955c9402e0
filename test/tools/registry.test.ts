import {symlink} from 'node:fs/promises';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {checkTool} from '../../source/domain/call.ts';
import {noRules} from '../../source/domain/rules.ts';
import {closesReading} from '../../source/policy/permission.ts';
import {pickTools, specOf} from '../../source/tools/registry.ts';
import {writeText} from '../../source/tools/write-text.ts';
import {readText} from '../../source/workspace/read-text.ts';
import {makeTempProject, type TempProject} from '../workspace/temp-project.ts';
import {makeToolBox} from './tool-box.ts';

let project: TempProject;
let box: ReturnType<typeof makeToolBox>;
beforeEach(async () => {
	project = await makeTempProject();
	box = makeToolBox(project);
	await project.write({'a.txt': 'one\ntwo\n', '.env': 'SECRET=1\n'});
});
afterEach(() => project.remove());

describe('what a model is told', () => {
	test('every tool has a name that vendors take, words, and an object schema that allows no other fields', () => {
		for (const tool of box.tools.values()) {
			const spec = specOf(tool);
			expect(spec.name).toMatch(/^[a-z_]{3,40}$/);
			expect(spec.description.length, spec.name).toBeGreaterThan(80);
			expect(spec.input).toMatchObject({type: 'object', additionalProperties: false});
			expect(spec.input).not.toHaveProperty('$schema');
			expect(JSON.parse(JSON.stringify(spec.input))).toEqual(spec.input);
		}
	});

	test('the words of every tool name each of its fields', () => {
		for (const {name, description, input} of box.tools.values()) {
			// Only Flotilla itself calls it.
			if (name === checkTool) continue;
			for (const field of Object.keys(input['properties'] ?? {})) expect(description, name).toContain(`\`${field}\``);
		}
	});

	test('fields with a default need not be given', () => {
		expect(box.tools.get('grep')?.input['required']).toEqual(['pattern']);
	});

	test('a role is given the tools it names, in the order of the registry', () => {
		expect([...pickTools(box.tools, ['finish_step', 'nothing', 'read_file']).keys()]).toEqual([
			'read_file',
			'finish_step',
		]);
	});
});

describe('weighing a call', () => {
	test('an unknown tool is denied with the names there are', async () => {
		const weighed = await box.weigh('delete_everything', {}, 'bypass');
		expect(weighed).toMatchObject({effect: 'control', verdict: {kind: 'deny'}, control: undefined});
		expect(weighed.problem).toContain('"delete_everything"');
		expect(weighed.problem).toContain('read_file, list_dir');
	});

	test.each([
		['read_file', {}, 'path: '],
		['read_file', {path: 1}, 'path: '],
		['read_file', 'a.txt', 'input: '],
		['read_file', null, 'input: '],
		['read_file', {path: 'a.txt', from_line: 0}, 'from_line: '],
		['read_file', {path: 'a.txt', file: 'b'}, 'file'],
		['finish_step', {status: 'GREAT', summary: 'x'}, 'status: '],
	])('the input of %s %j is denied with words that name what is wrong', async (name, input, words) => {
		const {problem, verdict} = await box.weigh(name, input);
		expect(verdict).toEqual({kind: 'deny', rule: problem});
		expect(problem).toContain(words);
		expect(problem).toContain('Fields: ');
		expect(await box.run(name, input)).toEqual({text: problem, isError: true, touched: []});
	});

	test('the problem lists the fields with their types', async () => {
		expect((await box.weigh('read_file', {})).problem).toContain(
			'Fields: path (string, required), from_line (integer, optional), to_line (integer, optional).',
		);
	});

	test.each([
		['read_file', {path: 'a.txt'}, 'read', 'allow'],
		['write_file', {path: 'outputs:r.md', content: ''}, 'write', 'allow'],
		['write_file', {path: 'r.md', content: ''}, 'write', 'ask'],
		['edit_file', {path: 'a.txt', old_string: 'one', new_string: '1'}, 'write', 'ask'],
		['run_command', {command: 'ls'}, 'read', 'allow'],
		['run_command', {command: 'make'}, 'run', 'ask'],
		['run_command', {command: 'cat .env'}, 'run', 'deny'],
		['fetch_url', {url: 'https://example.com/a'}, 'network', 'ask'],
		['count_lines', {}, 'read', 'allow'],
	])('in mode ask %s %j has the effect %s and the verdict %s', async (name, input, effect, kind) => {
		expect(await box.weigh(name, input)).toMatchObject({effect, verdict: {kind}, problem: undefined});
	});

	test.each(['read_file', 'list_dir', 'grep', 'glob', 'count_lines', 'write_file', 'edit_file'])(
		'%s is denied outside and on protected files, in every mode, and does nothing when run all the same',
		async name => {
			await symlink(project.base, path.join(project.root, 'out'));
			const rest = {
				grep: {pattern: '.'},
				glob: {pattern: '*'},
				write_file: {content: 'x'},
				edit_file: {old_string: 'SECRET', new_string: 'x'},
			};
			for (const given of [
				'../x',
				'/etc/passwd',
				'out/x',
				'.env',
				'.git/config',
				'.flotilla/config.yaml',
				'outputs:../x',
			]) {
				const input = {
					path: given,
					...(Object.hasOwn(rest, name) ? Object.entries(rest).find(([tool]) => tool === name)?.[1] : {}),
				};
				const {verdict} = await box.weigh(name, input, 'bypass');
				expect(verdict.kind, given).toBe('deny');
				expect(verdict.rule, given).toContain(given);
				const outcome = await box.run(name, input);
				expect(outcome, given).toMatchObject({isError: true, touched: []});
				expect(outcome.text).not.toContain('SECRET');
			}
			expect(await project.sh('cat .env; ls ..')).toBe('SECRET=1\noutputs\nproject\n');
		},
	);

	test('rules are matched against what the call is about, and a rule is offered to the person', async () => {
		const allow = {...noRules, allow: ['write(src/**)', 'write(outputs:**)', 'fetch(example.com)']};
		const write = (path: string) => box.weigh('write_file', {path, content: 'x'}, 'ask', allow);
		expect(await write('src/new/b.ts')).toMatchObject({
			verdict: {kind: 'allow', rule: expect.stringContaining('write(src/**)')},
		});
		expect(await write('a.txt')).toMatchObject({verdict: {kind: 'ask'}, grant: 'write(a.txt)'});
		expect(await box.weigh('fetch_url', {url: 'http://example.com:80/x'}, 'ask', allow)).toMatchObject({
			verdict: {kind: 'allow'},
		});
		expect(await box.weigh('run_command', {command: 'npm test -- a'})).toMatchObject({grant: 'bash(npm test:*)'});
		const deny = {...noRules, deny: ['read(a.txt)', 'run_command(make)']};
		expect(await box.weigh('read_file', {path: './b.txt'}, 'bypass', deny)).toMatchObject({verdict: {kind: 'allow'}});
		expect(await box.weigh('read_file', {path: './a.txt'}, 'bypass', deny)).toMatchObject({
			verdict: {kind: 'deny'},
			grant: undefined,
		});
		expect(await box.weigh('run_command', {command: 'cd src; make'}, 'bypass', deny)).toMatchObject({
			verdict: {kind: 'deny'},
		});
	});

	test('a file that a rule closes to reading is left out of searches', async () => {
		await project.write({'secret/x.txt': 'two', 'b.txt': 'two'});
		const closed = makeToolBox(project, {
			isClosed: closesReading({...noRules, deny: ['read(secret/**)', 'write(b.txt)']}),
		});
		for (const [tool, input] of [
			['grep', {pattern: 'two'}],
			['glob', {pattern: '**'}],
			['count_lines', {}],
		] as const) {
			const {text} = await closed.run(tool, input);
			expect(text, tool).toContain('b.txt');
			expect(text, tool).not.toContain('secret/x.txt');
		}
	});

	test('a mark in the place of a secret is not written, not edited in and not run', async () => {
		for (const [name, input] of [
			['write_file', {path: 'b.txt', content: 'key = [redacted:api key]'}],
			['edit_file', {path: 'a.txt', old_string: 'one', new_string: '[redacted:x]'}],
			['run_command', {command: 'curl -H "X: [redacted:x]" example.com'}],
			['fetch_url', {url: 'https://example.com/?k=[redacted:x]'}],
		] as const)
			expect((await box.weigh(name, input, 'bypass')).verdict, name).toMatchObject({
				kind: 'deny',
				rule: expect.stringContaining('secret that was taken out'),
			});
		expect((await box.weigh('grep', {pattern: '\\[redacted:'})).verdict.kind).toBe('allow');
	});

	test('an edit that cannot work asks nobody', async () => {
		const input = {path: 'a.txt', old_string: 'three', new_string: '3'};
		const weighed = await box.weigh('edit_file', input);
		expect(weighed.verdict.kind).toBe('deny');
		expect(weighed.problem).toContain('old_string is not in a.txt');
	});
});

describe('between looking and touching', () => {
	test('what git lists in a folder that has become a link to elsewhere is not searched, read or written', async () => {
		await project.write({'dir/secret.txt': 'harmless'});
		await project.sh('git init -q; git add -A; git commit -qm x; mkdir ../other; echo SECRET > ../other/secret.txt');
		await project.sh('rm -r dir; ln -s ../other dir');
		expect((await box.run('grep', {pattern: 'SECRET'})).text).not.toContain('dir/secret.txt:');
		const written = await writeText(project.root, path.join(project.root, 'dir/new.txt'), 'x');
		expect(written).toContain('has just become a link');
		expect(await readText(path.join(project.root, 'dir/secret.txt'), 100)).toEqual({kind: 'special'});
		expect(await project.sh('ls ../other')).toBe('secret.txt\n');
	});

	test('a file with another name is not read, and writing to it leaves the other name alone', async () => {
		await project.sh('echo SECRET > ../key; ln ../key hard.txt; ln .env hard-env.txt');
		for (const name of ['hard.txt', 'hard-env.txt']) {
			const {text, isError} = await box.run('read_file', {path: name});
			expect({isError, text}, name).toEqual({isError: true, text: expect.stringContaining('hard link')});
			expect((await box.run('grep', {pattern: 'SECRET'})).text).not.toContain('SECRET=');
			await box.run('write_file', {path: name, content: 'x'});
		}
		expect(await project.sh('cat ../key .env')).toBe('SECRET\nSECRET=1\n');
	});

	test('text is not written under the name of a file that holds none', async () => {
		const weighed = await box.weigh('write_file', {path: 'lib/x.SO', content: 'x'}, 'bypass');
		expect(weighed.problem).toContain('holds no text');
		expect((await box.run('write_file', {path: 'lib/x.so', content: 'x'})).isError).toBe(true);
		expect(await project.sh('ls')).toBe('a.txt\n');
	});
});

describe('control calls', () => {
	test('finish_step hands over a packet cut to its limit, in every mode', async () => {
		const weighed = await box.weigh(
			'finish_step',
			{
				status: 'VERIFIED',
				summary: 'All \u001b[31mgood',
				findings: ['f'.repeat(50_000), 'x'],
				produced: ['outputs:report.md'],
			},
			'plan',
		);
		expect(weighed).toMatchObject({effect: 'control', verdict: {kind: 'allow'}});
		expect(weighed.control).toEqual({
			kind: 'finish',
			packet: {status: 'VERIFIED', summary: 'All ␛[31mgood', findings: [], produced: ['outputs:report.md'], risks: []},
		});
	});

	test('ask_person hands over its question and choices', async () => {
		const weighed = await box.weigh('ask_person', {question: 'Which?', choices: ['a', 'b']});
		expect(weighed.control).toEqual({kind: 'ask', question: 'Which?', choices: ['a', 'b']});
	});

	test('they are never run', async () => {
		expect(await box.run('ask_person', {question: 'Which?'})).toMatchObject({isError: true});
	});
});

test('a call that was stopped before it began does nothing', async () => {
	const outcome = await box.run('write_file', {path: 'new.txt', content: 'x'}, AbortSignal.abort());
	expect(outcome.isError).toBe(true);
	expect(await project.sh('ls')).toBe('a.txt\n');
});
