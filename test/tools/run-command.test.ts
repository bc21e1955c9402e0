import {readdir, readlink} from 'node:fs/promises';
import {describe, expect, onTestFinished, test} from 'vitest';
import {type Sandbox, withoutSandbox} from '../../source/workspace/sandbox.ts';
import {chooseSandbox} from '../../source/workspace/sandbox-choice.ts';
import {makeTempProject, never, testEnv} from '../workspace/temp-project.ts';
import {makeToolBox} from './tool-box.ts';

const usual = await chooseSandbox({env: testEnv, home: '/nonexistent', hidden: [], abort: never});

const boxWith = async (sandbox: Sandbox, over: Parameters<typeof makeToolBox>[1] = {}) => {
	const project = await makeTempProject();
	onTestFinished(project.remove);
	return {...makeToolBox(project, {...over, sandbox}), project};
};

/** The processes that have a folder as theirs. */
const workersIn = async (folder: string): Promise<string[]> => {
	const names = await readdir('/proc').catch(() => []);
	const folders = await Promise.all(names.map(name => readlink(`/proc/${name}/cwd`).catch(() => '')));
	return names.filter((_, n) => folders[n] === folder);
};

describe.each([
	['without a sandbox', withoutSandbox('A test needs none.')],
	[`in the usual one (${usual.kind})`, usual],
])('run_command %s', (_, sandbox) => {
	test('works in the project, knows the outputs folder, and answers with output and code', async () => {
		const {run, project, seen} = await boxWith(sandbox);
		const outcome = await run('run_command', {command: 'pwd; echo hi > "$OUTPUTS/x"; echo warn >&2; exit 3'});
		expect(outcome).toMatchObject({isError: true, touched: []});
		expect(outcome.text).toMatch(/^.*\/project\nwarn\n\[exit code 3 after \d+\.\d s\]$/);
		expect(seen.join('')).toContain('warn\n');
		expect(await project.sh('cat ../outputs/x')).toBe('hi\n');
	});

	test('output of 10 MB with bytes that are no text stays small and clean', async () => {
		const {run, seen} = await boxWith(sandbox);
		const command = `printf '\\xff\\xfe\\0\\033]0;title\\007\\033[31mred\\033[0m\\n'; head -c 10000000 /dev/urandom; printf '\\nlast\\n'`;
		const {text} = await run('run_command', {command});
		expect(text.length).toBeLessThanOrEqual(30_100);
		expect(text).toMatch(/^��␀red\n/);
		expect(text).toMatch(/\nlast\n\[exit code 0 /);
		for (const shown of [text, ...seen]) expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
	});

	test('when it is stopped nothing of it is left, servers included', async () => {
		const controller = new AbortController();
		const {run, project} = await boxWith(sandbox, {
			onOutput: text => {
				if (text.includes('ready')) controller.abort();
			},
		});
		const command = `(setsid nohup bash -c 'trap "" TERM; echo ready; while :; do sleep 0.1; done' &); sleep 300`;
		expect((await run('run_command', {command}, controller.signal)).text).toContain('stopped from outside');
		expect(await workersIn(project.root)).toEqual([]);
	});
});

test.skipIf(usual.kind === 'none')('a refusal of the sandbox is told in words', async () => {
	const asked: string[] = [];
	const {run} = await boxWith(usual, {
		mayReach: async host => {
			asked.push(host);
			return false;
		},
	});
	const {text} = await run('run_command', {command: 'touch /etc/x; curl -sS https://example.org'});
	expect(asked).toEqual(['example.org']);
	expect(text).toContain('[The sandbox refused the network: example.org:443: example.org is not on the list');
	expect(text).toContain('The sandbox lets commands write only in the project');
});

test('a sandbox that cannot be set up is a failure, and nothing runs', async () => {
	const {run, project} = await boxWith({
		...withoutSandbox(''),
		wrap: async () => {
			throw new Error('no room');
		},
	});
	expect(await run('run_command', {command: 'touch ran'})).toMatchObject({
		isError: true,
		text: expect.stringContaining('its sandbox could not be set up: Error: no room'),
	});
	expect(await project.sh('ls')).toBe('');
});
