import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {PlanDraft, StepDraft} from '../source/domain/plan.ts';
import type {ScriptBlock} from '../test/support/stand-in/reply.ts';
import type {Script} from '../test/support/stand-in/server.ts';

/**
 * A model that acts out a small job for pictures: everything around it is real (HTTP stream, SDK, tools, files, checks,
 * prices), but its words were written beforehand.
 */
const files: Readonly<Record<string, string>> = {
	'package.json': `${JSON.stringify({name: 'greeter', version: '1.2.0', type: 'module'}, null, '\t')}\n`,
	// npm would ask whether there is a newer npm, and the sandbox the person whether it may.
	Makefile: 'test:\n\tnode --test\n',
	'README.md': '# greeter\n\nSays hello.\n\n    greeter Ada\n',
	'source/cli.js': `import {greet} from './greet.js';

const [name = 'world'] = process.argv.slice(2);
console.log(greet(name));
`,
	'source/greet.js': `/** A greeting for one person. */
export const greet = name => {
	const trimmed = name.trim();
	return 'Hello, ' + trimmed + '!';
};
`,
	'test/greet.test.js': `import assert from 'node:assert/strict';
import test from 'node:test';
import {greet} from '../source/greet.js';

test('greets by name', () => assert.equal(greet('Ada'), 'Hello, Ada!'));
`,
};

export const writeDemoProject = (dir: string): void => {
	for (const [name, text] of Object.entries(files)) {
		mkdirSync(dirname(join(dir, name)), {recursive: true});
		writeFileSync(join(dir, name), text);
	}
};

export const demoGoal = 'Add a --shout option to the greeter, test it and document it';

const style = 'Keep the style of the project.';

const step = (
	key: string,
	role: string,
	title: string,
	dependsOn: readonly string[],
	rest: Partial<StepDraft> = {},
) => ({
	key,
	title,
	role,
	objective: `${title}. ${style}`,
	files: [],
	acceptance: ['The tests of the project pass.'],
	dependsOn,
	tier: 'sonnet' as const,
	toolBudget: 16,
	...rest,
});

const plan: PlanDraft = {
	taskType: 'feature',
	steps: [
		step('map', 'scout', 'Map the project', [], {tier: 'haiku', acceptance: ['Every file was read.']}),
		step('option', 'builder', 'Read --shout from the command line', ['map'], {files: ['source/cli.js']}),
		step('greet', 'builder', 'Let greet() shout', ['map'], {files: ['source/greet.js']}),
		step('docs', 'writer', 'Document the option', ['map'], {files: ['README.md'], tier: 'haiku'}),
		step('tests', 'tester', 'Test loud and quiet greetings', ['option', 'greet'], {files: ['test/**']}),
		step('review', 'reviewer', 'Review the change', ['docs', 'tests'], {tier: 'opus'}),
	],
};

type Turn = {readonly thinks?: string; readonly says: string; readonly calls: readonly (readonly [string, unknown])[]};

const done = (status: 'VERIFIED' | 'UNVERIFIED', summary: string, findings: readonly string[] = []): Turn => ({
	says: summary,
	calls: [['finish_step', {status, summary, findings, produced: [], risks: []}]],
});

const parts: Readonly<Record<string, readonly Turn[]>> = {
	'Map the project': [
		{
			thinks: 'A small project. First what there is, then what each file says.',
			says: 'I look at what there is.',
			calls: [
				['list_dir', {path: '.'}],
				['glob', {pattern: '**/*.js'}],
			],
		},
		{
			says: 'Two sources and a test. I read them.',
			calls: [
				['read_file', {path: 'source/cli.js'}],
				['read_file', {path: 'source/greet.js'}],
				['read_file', {path: 'test/greet.test.js'}],
			],
		},
		done('VERIFIED', 'greet() makes the text, cli.js reads one name; node --test runs the tests.', [
			'source/greet.js exports greet(name) and trims it.',
			'source/cli.js takes the first argument as the name.',
		]),
	],
	'Read --shout from the command line': [
		{
			thinks: 'parseArgs of node:util reads options without a new dependency. Positional arguments must be allowed.',
			says: `## What changes

- \`--shout\` is a **boolean option**
- the name stays the first positional argument

\`\`\`js
const {values, positionals} = parseArgs({options: {shout: {type: 'boolean'}}, allowPositionals: true});
\`\`\``,
			calls: [
				[
					'edit_file',
					{
						path: 'source/cli.js',
						old_string: `import {greet} from './greet.js';

const [name = 'world'] = process.argv.slice(2);
console.log(greet(name));`,
						new_string: `import {parseArgs} from 'node:util';
import {greet} from './greet.js';

const {values, positionals} = parseArgs({
	options: {shout: {type: 'boolean', short: 's'}},
	allowPositionals: true,
});
const [name = 'world'] = positionals;
console.log(greet(name, {shout: values.shout}));`,
					},
				],
			],
		},
		{
			says: 'I try it once.',
			calls: [['run_command', {command: 'node source/cli.js --shout Ada && node source/cli.js Ada'}]],
		},
		done('VERIFIED', 'The option is read by parseArgs and handed to greet().'),
	],
	'Let greet() shout': [
		{
			thinks: 'Should a shout keep the punctuation? The person may want several exclamation marks.',
			says: 'One thing is open before I write it.',
			calls: [
				[
					'ask_person',
					{question: 'How loud is a shout: HELLO, ADA! or HELLO, ADA!!!', choices: ['HELLO, ADA!', 'HELLO, ADA!!!']},
				],
			],
		},
		{
			says: 'Then I write it so.',
			calls: [
				[
					'edit_file',
					{
						path: 'source/greet.js',
						old_string: `/** A greeting for one person. */
export const greet = name => {
	const trimmed = name.trim();
	return 'Hello, ' + trimmed + '!';
};`,
						new_string: `/** A greeting for one person, in capitals when it is shouted. */
export const greet = (name, {shout = false} = {}) => {
	const greeting = \`Hello, \${name.trim()}!\`;
	return shout ? greeting.toUpperCase() : greeting;
};`,
					},
				],
			],
		},
		done('VERIFIED', 'greet() takes {shout} and answers in capitals.'),
	],
	'Document the option': [
		{
			says: 'The README needs two lines.',
			calls: [
				[
					'edit_file',
					{
						path: 'README.md',
						old_string: 'Says hello.\n\n    greeter Ada\n',
						new_string: 'Says hello, loudly if you like.\n\n    greeter Ada\n    greeter --shout Ada\n',
					},
				],
			],
		},
		done('UNVERIFIED', 'The README tells of --shout.'),
	],
	'Test loud and quiet greetings': [
		{
			says: 'A test for each voice.',
			calls: [
				[
					'edit_file',
					{
						path: 'test/greet.test.js',
						old_string: "test('greets by name', () => assert.equal(greet('Ada'), 'Hello, Ada!'));",
						new_string: `test('greets by name', () => assert.equal(greet('Ada'), 'Hello, Ada!'));
test('shouts when told to', () => assert.equal(greet('Ada', {shout: true}), 'HELLO, ADA!'));`,
					},
				],
			],
		},
		{says: 'They must pass.', calls: [['run_command', {command: 'node --test'}]]},
		done('VERIFIED', 'Loud and quiet greetings are tested; all tests pass.'),
	],
	'Review the change': [
		{
			says: 'I read what was changed.',
			calls: [
				['read_file', {path: 'source/greet.js'}],
				['read_file', {path: 'source/cli.js'}],
			],
		},
		done('VERIFIED', 'Small, tested and told. Nothing to object to.', [
			'cli.js hands undefined on when --shout is absent; the default holds.',
		]),
	],
};

const blocksOf = ({thinks, says, calls}: Turn): readonly ScriptBlock[] => [
	...(thinks === undefined ? [] : [{type: 'thinking', text: thinks} as const]),
	{type: 'text', text: says},
	...calls.map(([name, input]): ScriptBlock => ({type: 'tool_use', name, input})),
];

/** `deltasPerSecond` says how fast it speaks. */
export const demoScript =
	(deltasPerSecond: number): Script =>
	request => {
		const pace = {ttftMs: 300, deltasPerSecond};
		if (request.schema !== undefined)
			return {
				blocks: [
					{type: 'thinking', text: 'The option, the greeting and the words can be done at once.'},
					{type: 'text', text: JSON.stringify(plan)},
				],
				deltaSize: 24,
				pace: {ttftMs: 300, deltasPerSecond: 200},
			};
		const title = Object.keys(parts).find(words => request.text.includes(`${words}. ${style}`));
		const turn = parts[title ?? '']?.[request.turns];
		return {blocks: blocksOf(turn ?? done('UNVERIFIED', 'There is nothing left to do.')), deltaSize: 8, pace};
	};
