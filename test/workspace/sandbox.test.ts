import {access, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {runProcess} from '../../source/workspace/process.ts';
import type {Reach, Sandbox, SandboxKind} from '../../source/workspace/sandbox.ts';
import {chooseSandbox} from '../../source/workspace/sandbox-choice.ts';
import {sweepStrays} from '../../source/workspace/strays.ts';
import {makeTempProject, never, type TempProject, testEnv} from './temp-project.ts';

const nobody: Reach = {mayReach: async () => false, namesHost: () => false};

/** A checkout below /tmp has no neighbours there: every command has a /tmp of its own. */
const isInTmp = process.cwd().startsWith('/tmp/');

/** Not under /tmp, of which every command has its own. */
const makeProject = async (): Promise<TempProject> => {
	await mkdir('node_modules/.cache', {recursive: true});
	const project = await makeTempProject('node_modules/.cache');
	onTestFinished(project.remove);
	return project;
};

/** A home with secrets and a state folder in it, in which the run's outputs lie. */
const makeSurroundings = async (kind: SandboxKind) => {
	const project = await makeProject();
	const home = path.join(project.base, 'home');
	const state = path.join(home, '.local/state/flotilla');
	const outputs = path.join(state, 'runs/run_1');
	await Promise.all([mkdir(outputs, {recursive: true}), mkdir(path.join(home, '.ssh'), {recursive: true})]);
	await Promise.all([
		writeFile(path.join(home, '.ssh/id_ed25519'), 'SECRET'),
		writeFile(path.join(home, '.netrc'), 'SECRET'),
		writeFile(path.join(home, 'notes.txt'), 'plain'),
		writeFile(path.join(state, 'flotilla.db'), 'SECRET'),
	]);
	const env = {...testEnv, HOME: home};
	const sandbox = await chooseSandbox({env, home, hidden: [state], prefer: [kind], abort: never});
	return {project, home, state, outputs, env, sandbox};
};

type Surroundings = Awaited<ReturnType<typeof makeSurroundings>>;

/** Runs a line in the sandbox; answers what it printed, its code, and what the sandbox said of it. */
const run = async (
	{project, outputs, env, sandbox}: Surroundings,
	command: string,
	over: {
		readonly reach?: Reach;
		readonly root?: string;
		readonly abort?: AbortSignal;
		readonly onOutput?: (text: string) => void;
	} = {},
) => {
	const root = over.root ?? project.root;
	const wrapped = await sandbox.wrap({command, root, writable: [outputs], env, ...(over.reach ?? nobody)});
	const result = await runProcess({
		...{command: wrapped.command, args: wrapped.args, cwd: wrapped.cwd, env: wrapped.env},
		...{
			mark: `${project.base} ${command}`,
			timeoutMs: 30_000,
			abort: over.abort ?? never,
			keepBytes: 100_000,
			stderr: 'joined',
		},
		...(over.onOutput === undefined ? {} : {onOutput: over.onOutput}),
	});
	const said = wrapped.explain(result.stdout.head);
	await wrapped.release();
	return {code: result.end.kind === 'exited' ? result.end.code : result.end.kind, output: result.stdout.head, said};
};

const isThere = (file: string): Promise<boolean> =>
	access(file).then(
		() => true,
		() => false,
	);

/** A web server on this machine; answers its port. */
const serve = async (): Promise<number> => {
	const server = createServer((_, response) => response.end('SERVED'));
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => void server.close());
	const address = server.address();
	return typeof address === 'object' && address !== null ? address.port : 0;
};

const tools = await mkdtemp(path.join(await realpath(tmpdir()), 'flotilla-sandbox-test-'));
const choices = await Promise.all(
	(['bubblewrap', 'sandbox-runtime'] as const).map(async kind => {
		const found = await chooseSandbox({env: testEnv, home: tools, hidden: [], prefer: [kind], abort: never});
		return {kind, works: found.kind === kind, words: found.words};
	}),
);
await rm(tools, {recursive: true});

for (const {kind, works, words} of choices)
	describe.skipIf(!works)(works ? kind : `${kind}, not on this machine: ${words}`, () => {
		test.skipIf(isInTmp)(
			'lets a command write in the project, the outputs and its own temporary folder, and nowhere else',
			async () => {
				const at = await makeSurroundings(kind);
				const {code, output, said} = await run(
					at,
					`pwd; echo 1 > inside; echo 2 > ${at.outputs}/report; echo 3 > "$TMPDIR/x" && cat "$TMPDIR/x"; echo 4 > ${at.home}/notes.txt; echo 5 > /etc/flotilla-test; cat ${at.home}/notes.txt; exit 7`,
				);
				expect(code).toBe(7);
				expect(output).toContain(`${at.project.root}\n`);
				expect(output).toContain('3\n');
				expect(output).toContain('plain');
				expect(output.match(/Read-only file system/g)).toHaveLength(2);
				expect(said).toContain('write only in the project');
				expect(await readFile(path.join(at.project.root, 'inside'), 'utf8')).toBe('1\n');
				expect(await readFile(path.join(at.outputs, 'report'), 'utf8')).toBe('2\n');
				expect(await isThere('/etc/flotilla-test')).toBe(false);
			},
		);

		test('shows no keys, no credentials, and nothing of the state folder but the outputs', async () => {
			const at = await makeSurroundings(kind);
			await at.project.write({
				'.env': 'SECRET',
				'packages/web/.env.local': 'SECRET',
				'server.key': 'SECRET',
				'.env.example': 'shown',
				'test/fixtures/server.key': 'for tests',
			});
			const {output} = await run(
				at,
				`cat ${at.home}/.ssh/* ${at.home}/.netrc ${at.state}/flotilla.db .env packages/web/.env.local server.key .env.example test/fixtures/server.key; ls ${at.state}; ls -a ${at.home}/.ssh; cp .env copy; mv .env away; cat copy away`,
			);
			expect(output).not.toContain('SECRET');
			expect(output).toContain('shown');
			expect(output).toContain('for tests');
			expect(output).not.toContain('id_ed25519');
			expect(await readFile(path.join(at.project.root, '.env'), 'utf8')).toBe('SECRET');
		});

		test('commits, but does not change what makes git run programs, nor what says what agents may do', async () => {
			const at = await makeSurroundings(kind);
			await at.project.write({'sub/inner.txt': 'x', 'a.txt': 'a'});
			await at.project.sh('git init -q . && git init -q sub && rm -rf .git/hooks');
			const {output, code} = await run(
				at,
				`for repo in . sub; do echo evil > $repo/.git/hooks/pre-commit; echo evil >> $repo/.git/config; mv $repo/.git $repo/moved; mv $repo/.git/hooks $repo/.git/other; done
				mkdir -p .flotilla; echo evil > .flotilla/config.yaml; mv .flotilla elsewhere; rm -rf .flotilla; echo /tmp/evil > .git/commondir; rm -f .git/commondir
				git add a.txt && git commit -qm first && git log --format=%s; echo /tmp/evil > .git/commondir`,
			);
			expect(output).toContain('first\n');
			expect(code).toBe(0);
			expect(await at.project.sh('git log --format=%s')).toBe('first\n');
			expect(
				await at.project.sh('ls -A .git/hooks sub/.git/hooks | grep -v sample; cat .git/config sub/.git/config'),
			).not.toMatch(/evil|pre-commit/);
			// Nothing is left of what stood in the way of the command.
			expect((await readdir(at.project.root)).sort()).toEqual(['.git', 'a.txt', 'sub']);
		});

		test.skipIf(isInTmp)('commits in a worktree, and leaves the main folder and its settings alone', async () => {
			const at = await makeSurroundings(kind);
			await at.project.write({'a.txt': 'a'});
			await at.project.sh(
				'git init -q -b main . && git add -A && git commit -qm first && git worktree add -q ../tree -b side',
			);
			const {output} = await run(
				at,
				`echo b > b.txt && git add -A && git commit -qm second && git log --format=%s; echo evil >> ${at.project.root}/.git/config; echo evil > ${at.project.root}/.git/hooks/pre-commit; echo evil > ${at.project.root}/a.txt; echo "gitdir: /etc" > .git; echo evil > "$(git rev-parse --git-dir)/commondir"`,
				{root: path.join(at.project.base, 'tree')},
			);
			expect(output).toMatch(/^second\nfirst\n/);
			expect(output.match(/Read-only file system/g)).toHaveLength(5);
			expect(await at.project.sh('git status --short; git log side --format=%s')).toBe('second\nfirst\n');
		});

		test.skipIf(isInTmp)('does not open a folder because a file says that it is a repository', async () => {
			const at = await makeSurroundings(kind);
			const victim = path.join(at.project.base, 'victim');
			await Promise.all(['objects', 'refs'].map(name => mkdir(path.join(victim, name), {recursive: true})));
			await writeFile(path.join(victim, 'commondir'), '.');
			await at.project.write({'.git': `gitdir: ${victim}\n`});
			expect((await run(at, `echo x > ${victim}/objects/x`)).output).toContain('Read-only');
		});

		test('lets nothing outlive the command, wherever it hid', async () => {
			const at = await makeSurroundings(kind);
			const controller = new AbortController();
			const server = `require('node:http').createServer((_, r) => r.end('here')).listen(0, () => console.log('ready'))`;
			const node = path.dirname(process.execPath);
			const {code} = await run(
				at,
				`export PATH=${node}:$PATH; env -i setsid sleep 301.25 & (env -i setsid sleep 301.25 &) ; (trap '' TERM; setsid nohup node -e "${server}" &); wait; sleep 301.25`,
				{abort: controller.signal, onOutput: text => text.includes('ready') && controller.abort()},
			);
			expect(code).toBe('aborted');
			await expect
				.poll(async () =>
					(await at.project.sh('cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" " "')).includes('sleep 301.25 '),
				)
				.toBe(false);
		});

		test('a command of an engine that was killed is gone, by itself or at the next start', async () => {
			const at = await makeSurroundings(kind);
			const source = (file: string) => JSON.stringify(new URL(`../../source/workspace/${file}`, import.meta.url).href);
			const mark = JSON.stringify(`${at.project.base}/call`);
			const engine = `import {runProcess} from ${source('process.ts')};
				import {chooseSandbox} from ${source('sandbox-choice.ts')};
				const [env, abort] = [{PATH: process.env.PATH, HOME: process.env.HOME}, new AbortController().signal];
				const sandbox = await chooseSandbox({env, home: env.HOME, hidden: [], prefer: ['${kind}'], abort});
				const wrapped = await sandbox.wrap({command: 'setsid sleep 302.5 & touch ready; sleep 302.5', root: process.cwd(), writable: [], env,
					mayReach: async () => false, namesHost: () => false});
				await runProcess({...wrapped, mark: ${mark}, timeoutMs: 60000, abort, keepBytes: 100, stderr: 'joined'});`;
			await runProcess({
				...{command: 'bash', cwd: at.project.root, timeoutMs: 30_000, abort: never, keepBytes: 1000, stderr: 'joined'},
				args: ['-c', 'node --input-type=module -e "$ENGINE" & until [ -e ready ]; do sleep 0.05; done; kill -9 $!'],
				env: {...at.env, PATH: `${path.dirname(process.execPath)}:${at.env.PATH}`, ENGINE: engine},
			});
			if (kind === 'sandbox-runtime') await sweepStrays([`${at.project.base}/`]);
			const running = () => at.project.sh('cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" " "');
			await expect.poll(async () => (await running()).includes('sleep 302.5 ')).toBe(false);
		});

		test('hands on only the environment it was given', async () => {
			const at = await makeSurroundings(kind);
			process.env['FLOTILLA_TEST_SECRET'] = 'hunter2';
			onTestFinished(() => void delete process.env['FLOTILLA_TEST_SECRET']);
			const {output} = await run(at, 'cat /proc/*/environ | tr "\\0" "\\n"');
			expect(output).toContain('GIT_AUTHOR_NAME=Test');
			expect(output).not.toContain('hunter2');
		});

		test('asks whose command wants to reach a host, once for each host, and tells who was refused', async () => {
			const at = await makeSurroundings(kind);
			const asked: string[] = [];
			const as = (name: string): Reach => ({
				...nobody,
				mayReach: async (host, port) => {
					asked.push(`${name} ${host}:${port}`);
					return false;
				},
			});
			const fetchTwice = (host: string) => `for _ in 1 2; do curl -sS http://${host}/ https://${host}/; done`;
			const [one, two] = await Promise.all([
				run(at, fetchTwice('one.example'), {reach: as('one')}),
				run(at, fetchTwice('two.example'), {reach: as('two')}),
			]);
			expect(asked.sort(), `${one.output}\n${two.output}`).toEqual([
				...['one one.example:443', 'one one.example:80', 'two two.example:443', 'two two.example:80'],
			]);
			expect(one.output).toContain('one.example is not on the list of hosts');
			expect(one.said).toContain('one.example:443');
			expect(two.said).not.toContain('one.example');
		});

		test('reaches what was allowed, and this machine only where a rule names it', async () => {
			const at = await makeSurroundings(kind);
			const port = await serve();
			const curl = `curl -sS --noproxy '' http://localhost:${port}/; curl -sS --noproxy '*' http://127.0.0.1:${port}/`;
			const yes = {mayReach: async () => true};
			const open = await run(at, curl, {reach: {...yes, namesHost: host => host === 'localhost'}});
			expect(open.output.match(/SERVED/g)).toHaveLength(1);
			const shut = await run(at, curl, {reach: {...yes, namesHost: () => false}});
			expect(shut.output).not.toContain('SERVED');
			expect(shut.said).toContain(`localhost:${port}: localhost leads to this machine or a private network`);
		});

		test('a command that is killed while a question about it is open ends all the same', async () => {
			const at = await makeSurroundings(kind);
			const controller = new AbortController();
			const mayReach = (): Promise<boolean> => {
				controller.abort();
				return new Promise(() => {});
			};
			const {code, said} = await run(at, 'curl -sS http://example.org/', {
				reach: {mayReach, namesHost: () => false},
				abort: controller.signal,
			});
			expect(code).toBe('aborted');
			expect(said).toContain('still waited for an answer');
		});

		test('keeps the code of the command and leaves nothing of its own behind', async () => {
			const at = await makeSurroundings(kind);
			const before = await readdir(tmpdir());
			const {code} = await run(at, 'exit 42');
			expect(code).toBe(42);
			const left = (await readdir(tmpdir())).filter(
				name => name.startsWith('flotilla-sandbox-') && !before.includes(name),
			);
			for (const name of left) await expect.poll(() => isThere(path.join(tmpdir(), name))).toBe(false);
		});
	});

test('where nothing may be tried there is no sandbox, and the words say so', async () => {
	const project: TempProject = await makeTempProject();
	onTestFinished(project.remove);
	const choice = {env: {PATH: '/nonexistent'}, home: project.base, hidden: [], abort: never};
	const none: Sandbox = await chooseSandbox({...choice, prefer: ['bubblewrap']});
	expect(none.kind).toBe('none');
	expect(none.words).toMatch(/^Nothing confines commands on this machine \(bubblewrap: .+\)\. On Debian: apt install/);
	expect((await chooseSandbox({...choice, prefer: ['none']})).words).toContain('as the configuration says');
});
