import {describe, expect, test} from 'vitest';
import {stepToCopy} from '../../components/overlays/step-parts.ts';
import {fileLines} from '../../components/panes/file-lines.ts';
import {fileToCopy, fileToShow} from '../../components/panes/file-text.ts';
import {requestToCopy} from '../../components/panes/request-text.ts';
import type {Preview} from '../../source/domain/call.ts';
import {stepsOf} from '../../source/domain/plan.ts';
import type {Ask, Request} from '../../source/domain/request.ts';
import type {FilePart} from '../../store/file-reader.ts';
import type {FileUse} from '../../store/file-use.ts';
import {makeRun} from '../support/make-run.ts';

const run = makeRun();
const [agent] = run.agents;
if (agent === undefined) throw new Error('The made run has agents.');

const use = (how: FileUse['how']): FileUse => ({
	callId: 'call_made01_1',
	agentId: agent.id,
	tool: 'edit_file',
	how,
	path: '/home/ada/harbour/Makefile',
	title: 'Edit Makefile',
	at: Date.UTC(2026, 10, 21, 9, 0, 0),
	weighedSeq: 1,
	finishedSeq: 2,
	lines: undefined,
	bytes: undefined,
	isNew: false,
});

const body =
	'--- Makefile\n+++ Makefile\n@@ -1,2 +1,3 @@\n all:\n-\tcc  x.c\n+\tcc -O2 x.c # 👩‍🚀\n+\n@@ -9 +10,0 @@\n-\tgone\n';
const preview: Preview = {title: 'Edit Makefile', body, format: 'diff'};
const parts: readonly FilePart[] = [
	{use: use('read'), preview: undefined, output: 'Makefile: 2 lines, 14 bytes; lines 1 to 2:\n1\tall:\n2\t\tcc  x.c'},
	{use: use('written'), preview, output: undefined},
	{use: use('command'), preview: {title: 'Run', body: "printf 'a\\tb'\n\tmake", format: 'command'}, output: undefined},
];
const lines = fileLines({path: '', agentId: undefined, loading: false, parts, earlier: 0});
const taken = lines.map((_, at) => {
	const found = fileToCopy(lines, at, parts);
	return found === undefined ? undefined : [found.what, found.text()];
});

describe('of a file', () => {
	test('each line is taken as it stands there, byte for byte, without its number and its sign', () => {
		expect(taken).toEqual([
			['what was read', 'all:\n\tcc  x.c'],
			['the line', 'Makefile: 2 lines, 14 bytes; lines 1 to 2:'],
			['the line', 'all:'],
			['the line', '\tcc  x.c'],
			['the diff', body],
			['the hunk', 'all:\n\tcc -O2 x.c # 👩‍🚀\n'],
			['the line', 'all:'],
			['the line', '\tcc  x.c'],
			['the line', '\tcc -O2 x.c # 👩‍🚀'],
			['the line', ''],
			['the hunk', '\tgone'],
			['the line', '\tgone'],
			['the command', "printf 'a\\tb'\n\tmake"],
			['the line', "printf 'a\\tb'"],
			['the line', '\tmake'],
			undefined,
		]);
	});

	test('nothing that is taken acts on the terminal it is pasted into', () => {
		const bad = [
			{
				...parts[1],
				use: use('written'),
				output: undefined,
				preview: {...preview, body: '@@ -0,0 +1 @@\n+a\u001b]52;c;aGk=\u0007\u202eb\r'},
			},
		];
		const hostile = fileLines({path: '', agentId: undefined, loading: false, parts: bad, earlier: 0});
		expect(fileToCopy(hostile, 2, bad)?.text()).toBe('ab');
	});

	test('all that was done is shown as one text', () => {
		expect(fileToShow(run, parts)).toBe(
			`# ${agent.name} read · edit_file · 09:00:00\nall:\n\tcc  x.c\n\n# ${agent.name} changed · edit_file · 09:00:00\n${body}\n# ${agent.name} ran a command · edit_file · 09:00:00\nprintf 'a\\tb'\n\tmake\n`,
		);
	});
});

const requestOf = (ask: Ask): Request => ({
	id: 'request_made01_1',
	agentId: agent.id,
	stepId: undefined,
	ask,
	openedAt: 0,
	seenAt: undefined,
	overdueAt: undefined,
	status: {kind: 'open'},
});

const ofAsk = (ask: Ask): readonly [string, string] => {
	const {what, text} = requestToCopy(run, requestOf(ask));
	return [what, text()];
};

test('of a request the very command, the diff or the question is taken', () => {
	const call = {kind: 'call', callId: 'call_made01_1', tool: 'run_command', rule: 'ask'} as const;
	const command = "git log --format='%h\t%s' |\n\thead -3";
	expect(ofAsk({...call, preview: {title: 'Run git', body: command, format: 'command'}})).toEqual([
		'the command',
		command,
	]);
	expect(ofAsk({...call, preview})).toEqual(['the diff', body]);
	expect(ofAsk({...call, preview: {title: 'Read x', body: '', format: 'text'}})).toEqual([
		'what would be done',
		'Read x',
	]);
	expect(
		ofAsk({kind: 'question', callId: 'call_made01_1', question: 'Which pier?', choices: ['north', 'south']}),
	).toEqual(['the question', 'Which pier?\n1. north\n2. south']);
	expect(ofAsk({kind: 'blocker', callId: undefined, problem: 'No key.', tried: 'looked'})).toEqual([
		'the problem',
		'No key.\nTried: looked',
	]);
	expect(ofAsk({kind: 'network', callId: 'call_made01_1', host: 'a.example', grant: ''})).toEqual([
		'the host',
		'a.example',
	]);
	expect(ofAsk({kind: 'plan'})[1]).toContain(stepsOf(run.plan)[0]?.title);
});

test('of a step all that is known is taken, in whole lines', () => {
	const step = stepsOf(run.plan).find(({status}) => status.kind === 'done');
	if (step?.status.kind !== 'done') throw new Error('A step of the made run is done.');
	const check = {name: 'test', command: 'npm test', outcome: 'ok', output: 'all\tgood\n'} as const;
	const packet = {...step.status.packet, checks: [check], findings: ['one\u001b[31m', 'two']};
	const text = stepToCopy(
		run,
		{...step, objective: `${'long '.repeat(60)}\n\tindented`, status: {...step.status, packet}},
		0,
	);
	expect(text.startsWith(`${step.title}\ndone`)).toBe(true);
	expect(text).toContain(`\n\nObjective\n${'long '.repeat(60)}\n\tindented\n\nDone when\n- `);
	expect(text).toContain('\n\nChecks\ntest passed  npm test\nall\tgood\n\nFound\n- one\n- two');
});
