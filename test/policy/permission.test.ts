import {expect, test} from 'vitest';
import {type CallEffect, callEffects} from '../../source/domain/call.ts';
import {noRules, type RuleSet} from '../../source/domain/rules.ts';
import {type PermissionMode, permissionModes} from '../../source/domain/settings.ts';
import {
	type CallPlace,
	namesHost,
	type PermissionQuestion,
	permissionModeWords,
	weigh,
} from '../../source/policy/permission.ts';

const question: PermissionQuestion = {
	mode: 'ask',
	tool: 'some_tool',
	effect: 'read',
	places: [],
	subject: {kind: 'none'},
	rules: noRules,
	grants: [],
	agentId: 'agent_1',
	sandboxed: true,
};

const verdict = (mode: PermissionMode, effect: CallEffect, ...places: readonly CallPlace[]) =>
	weigh({...question, mode, effect, places}).verdict;

const row = (effect: CallEffect, ...places: readonly CallPlace[]) =>
	permissionModes.map(mode => verdict(mode, effect, ...places).kind).join(' ');

/** A line of bash, weighed. */
const line = (given: string, over: Partial<PermissionQuestion> = {}) =>
	weigh({
		...question,
		tool: 'run_command',
		effect: 'run',
		subject: {kind: 'command', line: given, root: '/work/project', outputs: '/state/outputs'},
		...over,
	});

const rules = (over: Partial<RuleSet>): Partial<PermissionQuestion> => ({rules: {...noRules, ...over}});

const paths = (effect: CallEffect, shown: readonly string[], over: Partial<PermissionQuestion> = {}) =>
	weigh({...question, effect, tool: `${effect}_file`, places: ['root'], subject: {kind: 'paths', shown}, ...over});

const host = (name: string, over: Partial<PermissionQuestion> = {}) =>
	weigh({...question, tool: 'fetch_url', effect: 'network', subject: {kind: 'host', host: name}, ...over});

test.each([
	// effect and places, then the verdicts of plan, ask, edits and bypass
	['read', ['root'], 'allow allow allow allow'],
	['read', ['outputs'], 'allow allow allow allow'],
	['write', ['outputs'], 'allow allow allow allow'],
	['write', ['root'], 'deny ask allow allow'],
	['write', ['root', 'outputs'], 'deny ask allow allow'],
	['write', [], 'deny ask allow allow'],
	['run', [], 'deny ask ask allow'],
	['run', ['root'], 'deny ask ask allow'],
	['network', [], 'deny ask ask allow'],
	['control', [], 'allow allow allow allow'],
] as const)('%s in %j is, by mode: %s', (effect, places, verdicts) => {
	expect(row(effect, ...places)).toBe(verdicts);
});

test('what lies outside or is protected is denied in every mode, for every effect, also beside what is allowed', () => {
	for (const effect of callEffects)
		for (const place of ['outside', 'protected'] as const) {
			expect(row(effect, place)).toBe('deny deny deny deny');
			expect(row(effect, 'root', place)).toBe('deny deny deny deny');
		}
});

test('a verdict names its mode and what it is about in words', () => {
	expect(verdict('ask', 'run').rule).toBe('In mode ask, running commands asks a person.');
	expect(verdict('plan', 'write', 'root').rule).toBe('In mode plan, changing the project’s files is denied.');
	expect(verdict('bypass', 'read', 'protected').rule).toContain('some_tool is denied on keys');
});

test('each mode is described in one line', () => {
	expect(Object.keys(permissionModeWords)).toEqual([...permissionModes]);
	for (const words of Object.values(permissionModeWords)) expect(words).toMatch(/^[^\n]{20,120}$/);
});

test('the graver list decides: what denies before what asks, what asks before what allows', () => {
	const all = {allow: ['bash'], ask: ['bash(npm:*)'], deny: ['bash(npm publish:*)']};
	expect(line('npm publish', rules(all)).verdict).toEqual({
		kind: 'deny',
		rule: 'Deny rule bash(npm publish:*).',
	});
	expect(line('npm test', rules(all)).verdict).toEqual({
		kind: 'ask',
		rule: 'Ask rule bash(npm:*).',
	});
	expect(line('make', rules(all)).verdict).toEqual({kind: 'allow', rule: 'Allow rule bash.'});
	const granted = {grants: [{rule: 'bash(npm test:*)', agentId: undefined}]};
	expect(line('npm test', {...rules(all), ...granted}).verdict.kind).toBe('ask');
});

test('an allow rule is for lines of which every command is allowed or only reads', () => {
	const allow = rules({allow: ['bash(npm test:*)', 'bash(make)']});
	for (const allowed of [
		'npm test',
		'npm test -- --run | tail -5',
		'cd packages/a && npm test 2>&1',
		'timeout 60 npm test',
		'CI=1 npm test > "$OUTPUTS/log"',
		'make && npm test',
		'(npm test; git status)',
	])
		expect(line(allowed, allow).verdict, allowed).toMatchObject({kind: 'allow'});
	for (const asked of [
		'npm testing',
		'npm run test',
		'npm',
		'make all',
		'npm test && npm publish',
		'npm test | tee all.log',
		'npm test $(npm publish)',
		'npm test > src/a.ts',
		'/tmp/npm test',
		'npm $x',
		'npx npm test',
	])
		expect(line(asked, allow).verdict, asked).toMatchObject({kind: 'ask'});
	expect(line('npm test && curl x | sh', allow).verdict.kind).toBe('deny');
});

test('a rule without :* may name a whole line as it stands', () => {
	const allow = rules({allow: ['bash(npm run build && cp -r dist public > log.txt)']});
	expect(line(' npm run build && cp -r dist public > log.txt ', allow).verdict.kind).toBe('allow');
	expect(line('npm run build && cp -r dist secret > log.txt', allow).verdict.kind).toBe('ask');
});

test('a deny rule meets any command of the line, however it is wrapped', () => {
	const deny = rules({deny: ['bash(git push:*)', 'bash(docker:*)']});
	for (const denied of [
		'git push',
		'ls && git push origin main',
		'/usr/bin/git push',
		'GIT push',
		'git -C sub push',
		'git --no-pager push',
		'g\\it "pu"sh',
		"bash -c 'cd a; git push'",
		'env A=b nice -n 5 git push',
		'echo $(git push)',
		'if true; then git push; fi',
		'f() { git push; }; f',
		'cat <<E\n$(git push)\nE',
		'xargs -n1 git push < list',
		'npx docker',
		"ssh host 'git push'",
	])
		expect(line(denied, {mode: 'bypass', ...deny}).verdict, denied).toMatchObject({
			kind: 'deny',
			rule: expect.stringMatching(/^Deny rule bash\((git push|docker):\*\)\.$/),
		});
	expect(line('git pull && echo "git push"', {mode: 'bypass', ...deny}).verdict.kind).toBe('allow');
	expect(line('docker$x', {mode: 'bypass', ...deny}).verdict.kind).toBe('ask');
});

test('rules that close paths hold for shell lines that name them', () => {
	const deny = {mode: 'bypass', ...rules({deny: ['read(secret/**)', 'write(gen/**)']})} as const;
	expect(line('cat ./secret/a', deny).verdict).toMatchObject({
		kind: 'deny',
		rule: expect.stringContaining('read(secret/**)'),
	});
	expect(line('wc -l < /work/project/SECRET/a', deny).verdict.kind).toBe('deny');
	expect(line('curl file:///work/project/secret/a', deny).verdict.kind).toBe('deny');
	expect(line('echo x > gen/a.ts', deny).verdict.kind).toBe('deny');
	expect(line('prettier --write gen/a.ts', deny).verdict.kind).toBe('ask');
	expect(line('cat gen/a.ts', deny).verdict.kind).toBe('allow');
});

test.each([
	...['cd secret && cat a', 'pushd ./secret; head a', 'git -C secret show HEAD:./a', 'env -C secret cat a'],
	...[
		'grep -r x .',
		'rg x',
		'git grep x',
		'grep -e -- -r x .',
		'git log -p',
		'git log -Lx:y',
		'git show',
		'git diff',
		'git stash show -p',
	],
	...['git archive HEAD', 'git cat-file --batch', 'git worktree add copy', 'git commit -v', 'tar czf all.tgz .'],
	...[
		'cp -r . copy',
		'cp -r secret copy',
		'mv secret open',
		'zip -r all.zip src',
		'diff -r . copy',
		'ln -s secret open',
	],
	...['cat sec*/a', 'cat "$f"', 'for f in */a; do cat "$f"; done', 'find . -name a -exec cat {} +', 'wc < $f'],
	...['ls | xargs cat', `node -e "read('secret/a')"`, 'python3 <<E\nprint(1)\nE'],
])('where a rule closes a folder to reading, a person is asked about %s', given => {
	for (const mode of ['ask', 'edits', 'bypass'] as const)
		for (const sandboxed of [true, false]) {
			const over = {mode, sandboxed, ...rules({allow: ['bash'], deny: ['read(secret/**)']})};
			expect(line(given, over).verdict.kind).toBe('ask');
		}
});

test('where a rule closes a folder to reading, what reads nothing of it needs no person', () => {
	const deny = {mode: 'bypass', ...rules({deny: ['read(secret/**)']})} as const;
	for (const allowed of [
		...['npm test -- --run', 'cat src/a.ts', 'grep -n x src/a.ts', 'ls secret', 'git status', 'git log --oneline -5'],
		...['git diff --stat', 'git commit -m "$(echo x)"', 'echo "$x"', 'find . -name a', 'cp a b'],
	])
		expect(line(allowed, deny).verdict.kind, allowed).toBe('allow');
});

test('where a rule closes a folder to writing, a person is asked about what changes all of it, or from within', () => {
	const deny = {mode: 'bypass', ...rules({deny: ['write(gen/deep/**)']})} as const;
	for (const asked of [
		'rm -rf gen',
		'rm -rf gen/deep',
		'mv gen old',
		'cd gen && touch deep/a',
		'cd gen; echo x > deep/a',
	])
		expect(line(asked, deny).verdict.kind, asked).toBe('ask');
	for (const allowed of ['cd gen && cat deep/a', 'rm -rf src', 'ls gen/deep'])
		expect(line(allowed, deny).verdict.kind, allowed).toBe('allow');
});

test.each([
	...[
		'git remote -v remove origin',
		'git remote -v add x sub',
		'git remote -v update',
		'git remote --verbose rename a b',
	],
	...['git remote update', 'git remote show origin', 'git remote get-url --push x y', 'git config user.name core.bare'],
	...[
		'git config branch.main.remote x',
		'git config --get --unset user.name',
		'git config --list',
		'git config get x.y',
	],
	...[
		'git branch name',
		'git branch -v name',
		'git branch -D x',
		'git tag name',
		'git tag -l -d x',
		'git stash',
		'git stash -p',
	],
	...[
		'git notes',
		'git notes add',
		'git var -l',
		'git log --show-signature',
		'git log --format=%GG',
		'git log --outp=x',
	],
	...[
		'git tag --format=%(signature)',
		'git diff --ext-d',
		'git grep -e -- -Osh',
		'git reflog expire',
		'git worktree prune',
	],
	...[
		'find . -fls x',
		'find . -fprint0 x',
		'find . -okdir a ;',
		'sort -uo x y',
		'sort --outp=x y',
		'sort --compress=sh x',
	],
	...[
		'tee x',
		'xargs cat',
		'date -s 1',
		'date 01010000',
		'date --se=1',
		'hostname x',
		'env x',
		'awk \'{print > "x"}\' y',
	],
	...[
		"sed -n 'w x' y",
		"sed -n '1e' y",
		'sed -n 1p y -i',
		'uniq a b',
		'uniq -- a b',
		'xxd -r a b',
		'file -C',
		'tree -o x',
	],
	...[
		'tree -P -- -o x',
		'rg -e -- --pre=sh x',
		'rg -z x',
		'diff -l a b',
		'jobs -x touch p',
		"let 'x=1'",
		'printf -v x y',
	],
	...[
		'make version',
		'node version',
		'python3 version',
		'python3 -v',
		'yarn version',
		'yarn --version',
		'go version',
		'cargo --version',
	],
	...['RIPGREP_CONFIG_PATH=x rg y', 'GIT_TRACE=x git status', 'XDG_CONFIG_HOME=. git status', 'TAR_OPTIONS=x ls'],
])('%s does not count as reading', given => {
	for (const sandboxed of [true, false]) expect(line(given, {mode: 'plan', sandboxed}).verdict.kind).toBe('deny');
});

test.each([
	...['git remote', 'git remote -v', 'git remote get-url origin', 'git config user.name', 'git config --get core.bare'],
	...['git branch -a', 'git tag -l', 'git stash list', 'git stash show -p', 'git worktree list', 'git log -p -3'],
	...['sort -u x', 'date +%F', 'hostname', 'uniq -c x', 'node --version', 'sed -n 1,5p x', 'jobs -l'],
	...['[[ -f x && $y == z ]]', 'test -v x', 'for i in 1 2; do ls; done'],
])('%s counts as reading', given => {
	expect(line(given, {mode: 'plan', sandboxed: false})).toMatchObject({effect: 'read', verdict: {kind: 'allow'}});
});

test('commands that only read are allowed in every mode, and count as reading', () => {
	for (const mode of permissionModes) {
		const weighed = line('git log --oneline | head -3; grep -n "x y" src/a.ts 2>/dev/null || cat a.txt', {
			mode,
			sandboxed: false,
		});
		expect(weighed, mode).toEqual({
			effect: 'read',
			grant: undefined,
			verdict: {kind: 'allow', rule: 'In every mode, commands that only read the project are allowed.'},
		});
	}
});

test.each([
	'cat src/*.ts',
	'cat $x',
	'cat ../x',
	'cat /etc/hosts',
	'grep x ~/notes',
	'git log --output=x',
	'git -c a.b=c log',
	'git diff --ext-diff',
	'git branch new',
	'git stash',
	'git remote remove origin',
	'sort -o a b',
	'sort --outp=a b',
	'uniq a b',
	'find . -fprint x',
	'find . -exec touch {} ;',
	'rg --pre x y',
	'ls > files',
	'./ls',
	'echo $(make)',
	'date -s 12:00',
	'tree -o x',
	'jq -n env',
	"sed -n '1w x' a",
	'X=$(make) ls',
	'node --version x',
])('%s does more than read the project', given => {
	expect(line(given).verdict.kind).toBe('ask');
});

test('searching whole folders is reading where a sandbox hides what is protected, and asks elsewhere', () => {
	for (const search of ['grep -rn TODO src', 'rg TODO']) {
		expect(line(search, {sandboxed: true}).effect, search).toBe('read');
		expect(line(search, {sandboxed: false}).verdict.kind, search).toBe('ask');
	}
	expect(line('grep -n TODO a.ts', {sandboxed: false}).effect).toBe('read');
});

test('no rule lifts mode plan', () => {
	const all = {mode: 'plan', ...rules({allow: ['*']}), grants: [{rule: 'bash', agentId: undefined}]} as const;
	expect(line('npm test', all).verdict).toEqual({kind: 'deny', rule: 'In mode plan, running commands is denied.'});
	expect(line('echo "unterminated', all).verdict.kind).toBe('deny');
	expect(paths('write', ['a.ts'], all).verdict.kind).toBe('deny');
});

test('a line that is not understood asks in every other mode, whatever is allowed, and nothing is offered for it', () => {
	for (const mode of ['ask', 'edits', 'bypass'] as const)
		for (const unclear of ['echo "unterminated', '$x y', 'eval "$x"', 'PATH=/tmp npm test', 'echo hi\u200b'])
			expect(line(unclear, {mode, ...rules({allow: ['*']})}), unclear).toMatchObject({
				grant: undefined,
				verdict: {kind: 'ask', rule: expect.stringMatching(/not clear asks a person: .{10,}/)},
			});
});

test('where nothing confines commands an allow rule is not enough; a grant is, and bypass is', () => {
	const here = {sandboxed: false, ...rules({allow: ['bash(npm test:*)']})};
	expect(line('npm test', here)).toMatchObject({
		verdict: {kind: 'ask', rule: expect.stringContaining('no sandbox')},
		grant: 'bash(npm test:*)',
	});
	expect(line('npm test', {...here, grants: [{rule: 'bash(npm test:*)', agentId: undefined}]}).verdict.kind).toBe(
		'allow',
	);
	expect(line('npm test', {...here, mode: 'bypass'}).verdict.kind).toBe('allow');
	expect(paths('write', ['src/a.ts'], {sandboxed: false, ...rules({allow: ['write']})}).verdict.kind).toBe('allow');
});

test('a grant holds for its agent, or for all', () => {
	const grants = (agentId: 'agent_1' | 'agent_2' | undefined) => ({grants: [{rule: 'bash(npm test:*)', agentId}]});
	expect(line('npm test', grants('agent_1')).verdict).toEqual({
		kind: 'allow',
		rule: 'Granted for this run: bash(npm test:*)',
	});
	expect(line('npm test', grants(undefined)).verdict.kind).toBe('allow');
	expect(line('npm test', grants('agent_2')).verdict.kind).toBe('ask');
});

test('path rules are patterns as in .gitignore, and every path must be allowed', () => {
	const allow = rules({allow: ['write(src/**)', 'write(*.md)', 'write(outputs:**)']});
	expect(paths('write', ['src/a/b.ts'], allow).verdict).toEqual({
		kind: 'allow',
		rule: 'Allow rule write(src/**).',
	});
	expect(paths('write', ['docs/x.md', 'src/a.ts'], allow).verdict.kind).toBe('allow');
	for (const asked of [['test/a.ts'], ['src/a.ts', 'b.ts'], ['SRC/a.ts'], ['lib/src/a.ts']])
		expect(paths('write', asked, allow).verdict.kind, asked.join()).toBe('ask');
	const deny = rules({deny: ['read(secret/**)', 'write(package-lock.json)']});
	expect(paths('read', ['Secret/x'], deny).verdict.kind).toBe('deny');
	expect(paths('read', ['src/a.ts'], deny).verdict.kind).toBe('allow');
	expect(paths('write', ['package-lock.json'], {mode: 'bypass', ...deny}).verdict.kind).toBe('deny');
	expect(paths('read', ['package-lock.json'], deny).verdict.kind).toBe('allow');
});

test('fetch rules name hosts, or all below one', () => {
	const allow = rules({allow: ['fetch(example.com)', 'fetch(*.example.org)', 'WebFetch(domain:nodejs.org)']});
	for (const allowed of ['example.com', 'EXAMPLE.com.', 'a.b.example.org', 'nodejs.org'])
		expect(host(allowed, allow).verdict.kind, allowed).toBe('allow');
	for (const asked of ['www.example.com', 'example.org', 'evilexample.org', 'example.com.evil.net'])
		expect(host(asked, allow), asked).toMatchObject({verdict: {kind: 'ask'}, grant: `fetch(${asked})`});
	expect(host('example.com', {mode: 'bypass', ...rules({deny: ['fetch']})}).verdict.kind).toBe('deny');
	expect(namesHost({...noRules, allow: ['fetch', 'fetch(*.a.b)', 'fetch(c.d)']}, [], 'agent_1', 'c.d')).toBe(true);
	expect(namesHost({...noRules, allow: ['fetch', 'fetch(*.a.b)', 'fetch(c.d)']}, [], 'agent_1', 'x.a.b')).toBe(false);
});

test('a tool’s own name and * are rules, too', () => {
	expect(paths('write', ['a.ts'], rules({allow: ['write_file(*.ts)']})).verdict.kind).toBe('allow');
	expect(paths('write', ['a.ts'], rules({allow: ['edit_file(*.ts)']})).verdict.kind).toBe('ask');
	expect(paths('read', ['a.ts'], rules({ask: ['*']})).verdict).toEqual({
		kind: 'ask',
		rule: 'Ask rule *.',
	});
});

test.each([
	['npm test -- --run', 'bash(npm test:*)'],
	['npm run build -- --watch', 'bash(npm run build:*)'],
	['npm test | tail', 'bash(npm test:*)'],
	['git commit -m "x"', 'bash(git commit:*)'],
	['vitest run', 'bash(vitest:*)'],
	['node -e "1"', 'bash(node -e "1")'],
	['python3 -c "print(1)"', 'bash(python3 -c "print(1)")'],
	['rm a.txt', 'bash(rm a.txt)'],
	['npm test && npm run lint', 'bash(npm test && npm run lint)'],
	['npm test > log.txt', 'bash(npm test > log.txt)'],
	['bash -c "npm test"', 'bash(npm test:*)'],
	['bash deploy.sh', 'bash(bash deploy.sh)'],
	['/bin/sh x.sh y', 'bash(/bin/sh x.sh y)'],
	['tsx a.ts', 'bash(tsx a.ts)'],
	['npx tsx a.ts', 'bash(npx tsx a.ts)'],
	['npx vitest run', 'bash(npx vitest:*)'],
	['pnpm dlx cowsay hi', 'bash(pnpm dlx cowsay:*)'],
	['uv run python x.py', 'bash(uv run python x.py)'],
	['go run ./cmd x', 'bash(go run ./cmd:*)'],
	['lua x.lua', 'bash(lua x.lua)'],
	['vim x', 'bash(vim x)'],
	['docker compose up', 'bash(docker compose up)'],
	['eval "$x"', undefined],
	['make "a:*', undefined],
	['sudo ls', undefined],
])('for %s a person is offered %s', (given, grant) => {
	const weighed = line(given);
	expect(weighed.grant).toBe(grant);
	if (grant === undefined) return;
	expect(weighed.verdict.kind).toBe('ask');
	expect(line(given, {grants: [{rule: grant, agentId: undefined}]}).verdict.kind).toBe('allow');
});

test('for a file and a host a person is offered just these', () => {
	expect(paths('write', ['src/a.ts']).grant).toBe('write(src/a.ts)');
	expect(paths('write', ['outputs:r.md'], rules({ask: ['write']})).grant).toBeUndefined();
	expect(paths('write', ['src/[x].ts']).grant).toBeUndefined();
	expect(host('example.com').grant).toBe('fetch(example.com)');
});

test('the mark in the place of a secret is not written and not run, in any mode', () => {
	for (const mode of permissionModes) {
		const over = {mode, holdsRedaction: true};
		expect(line('curl -H "[redacted:token]" x', over).verdict).toMatchObject({
			kind: 'deny',
			rule: expect.stringContaining('secret'),
		});
		expect(paths('write', ['a.ts'], over).verdict.kind).toBe('deny');
		expect(paths('read', ['a.ts'], over).verdict.kind).toBe('allow');
	}
});
