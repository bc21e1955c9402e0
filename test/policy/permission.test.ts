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
		rule: 'Deny rule bash(npm publish:*) of the configuration.',
	});
	expect(line('npm test', rules(all)).verdict).toEqual({
		kind: 'ask',
		rule: 'Ask rule bash(npm:*) of the configuration.',
	});
	expect(line('make', rules(all)).verdict).toEqual({kind: 'allow', rule: 'Allow rule bash of the configuration.'});
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
			rule: expect.stringMatching(/^Deny rule bash\((git push|docker):\*\) of the configuration\.$/),
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
	expect(line('echo x > gen/a.ts', deny).verdict.kind).toBe('deny');
	expect(line('prettier --write gen/a.ts', deny).verdict.kind).toBe('ask');
	expect(line('cat gen/a.ts', deny).verdict.kind).toBe('allow');
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
		rule: 'Allow rule write(src/**) of the configuration.',
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
		rule: 'Ask rule * of the configuration.',
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
