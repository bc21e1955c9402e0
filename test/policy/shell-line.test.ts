import {expect, test} from 'vitest';
import {plainWords, readShellLine} from '../../source/policy/shell-line.ts';

/** The commands of a line as texts: `?` for what is not known, `~` before what is not literal. */
const commands = (line: string) =>
	readShellLine(line)
		.commands.filter(({words}) => words.length > 0)
		.map(({words}) =>
			words.map(({value, isLiteral}) => `${isLiteral ? '' : '~'}${value.replaceAll('\u0000', '?')}`).join(' '),
		);

test.each([
	['a | b && c; d & e || f', ['a', 'b', 'c', 'd', 'e', 'f']],
	['! time (a; { b; }) | c', ['a', 'b', 'c']],
	['echo "$(a `b`)" <(c) >(d)', ['b', 'a ~?', 'c', 'd', 'echo ~? ~? ~?']],
	['if a; then b; elif c; then d; else e; fi', ['a', 'b', 'c', 'd', 'e']],
	['while a; do b; done; until c; do d; done', ['a', 'b', 'c', 'd']],
	['for x in $(a); do b "$x"; done; for ((;;)); do c $((1 + 2)) ${x:0:1} ${x[0]}; done', ['a', 'b ~?', 'c ~? ~? ~?']],
	['case $(a) in $(b)) c;; *) d;; esac', ['a', 'b', 'c', 'd']],
	['f() { a; }; function g { b; }; [[ $(c) == x && 1 -eq 2 && -v x ]]; ((1))', ['a', 'b', 'c']],
	['cat <<E\n$(a)\nE\ncat <<"E"\n$(b)\nE\ncat <<< $(c)', ['a', 'cat', 'cat', 'c', 'cat']],
	['X=$(a) Y=(1 $(b)) c ${z:-$(d)}', ['a', 'b', 'd', 'c ~?']],
	[`r\\m 'a b' "c" $'\\x64' e"f"`, ['rm a b c d ef']],
	[
		'sudo -u x env -i A=b nice -n5 timeout -k 1 2 nohup a b',
		[
			'sudo -u x env -i A=b nice -n5 timeout -k 1 2 nohup a b',
			'env -i A=b nice -n5 timeout -k 1 2 nohup a b',
			'nice -n5 timeout -k 1 2 nohup a b',
			'timeout -k 1 2 nohup a b',
			'nohup a b',
			'a b',
		],
	],
	['bash -euo pipefail -c "a; b"', ['bash -euo pipefail -c a; b', 'a', 'b']],
	["sh <<'E'\na\nE", ['sh', 'a']],
	['bash <<< "a; b"', ['bash <<<'.slice(0, 4), 'a', 'b']],
	['eval "a;" b', ['eval a; b', 'a', 'b']],
	['find . -name x -exec a {} \\; -ok b {} +', ['find . -name x -exec a {} ; -ok b {} +', 'a ~?', 'b ~?']],
	['x | xargs -0 -n 1 a b', ['x', 'xargs -0 -n 1 a b', 'a b ~?']],
	['npx -y a b; npm exec -- c; pnpm dlx d', ['npx -y a b', 'a b', 'npm exec -- c', 'c', 'pnpm dlx d', 'd']],
	['ssh -p 22 h "a; b"', ['ssh -p 22 h a; b', 'a', 'b']],
	[
		'git rebase -x "a" m; git bisect run b c; git submodule foreach d',
		['git rebase -x a m', 'a', 'git bisect run b c', 'b c', 'git submodule foreach d', 'd'],
	],
	[
		"trap 'a' EXIT; env -S 'b c'; flock f -c 'd'; watch -n 1 'e'",
		['trap a EXIT', 'a', 'env -S b c', 'b c', 'flock f -c d', 'd', 'watch -n 1 e', 'e'],
	],
	['a *.ts {b,c} ~/d $HOME/e', ['a ~?.ts ~? ~~/d ~~/e']],
	['x=b; a $x "${x}c"', ['a ~b ~bc']],
])('%s runs %j', (line, expected) => {
	expect(commands(line)).toEqual(expected);
	expect(readShellLine(line).unclear).toBeUndefined();
});

test.each([
	['a "b'],
	['a $(b'],
	['a <<E\nb'],
	['if a'],
	['a &&'],
	['eval $x'],
	['bash -c "$x"'],
	['a | sh'],
	['sh $x'],
	['sudo --unknown a'],
	['timeout $x a'],
	[`${'$('.repeat(80)}a${')'.repeat(80)}`],
	[`${'eval '.repeat(10)}a`],
	['${x@P}'],
	...['$((x))', '"$((1+x))"', '$[x]', '${!x}', '${x:y}', '${x:0:y}', '${x[y]}', '${#x[y]}'].map(word => [`a ${word}`]),
	...['((x))', '(($(a)))', 'for ((;x;)); do a; done', '[[ x -eq 1 ]]', '[[ 1 -lt "$x" ]]', '[[ -v x[y] ]]'].map(one => [
		one,
	]),
	...['x[y]=1', 'x=([y]=1)', 'x+=([$y]=1)', 'declare x=([y]=1)', 'exec {x[y]}>a', 'a <<E\n$((x))\nE'].map(one => [one]),
	['a\u202eb'],
	['a\rb'],
	['a\u0000b'],
	['a;'.repeat(600)],
	['a'.repeat(30_000)],
])('%j is not understood', line => {
	expect(readShellLine(line).unclear).toMatch(/\S{2,}/);
});

test('a variable that is certain is literal, unless the line may change it', () => {
	const sure = new Map([['OUTPUTS', '/state/outputs']]);
	const last = (line: string) => readShellLine(line, sure).commands.at(-1)?.words.at(-1);
	expect(last('a "$OUTPUTS/x"')).toMatchObject({value: '/state/outputs/x', isLiteral: true});
	for (const line of ['OUTPUTS=/; a $OUTPUTS/x', 'read OUT"PUTS"; a $OUTPUTS/x', 'unset OUTPUTS; a ${OUTPUTS}/x'])
		expect(last(line)?.isLiteral, line).toBe(false);
});

test('pipes, substitutions and texts that are fed are known', () => {
	const b = readShellLine('a | (b; c) <<< "$(d)"').commands.find(({words}) => words[0]?.value === 'b');
	expect(b).toMatchObject({pipedFrom: ['a', 'd'], fed: {isLiteral: false}});
	expect(readShellLine('eval "$(curl x)"').commands.at(-1)).toMatchObject({builtFrom: ['curl']});
});

test('a function that calls itself, also through another, is listed', () => {
	for (const line of [':(){ :|:& };:', 'f() { g; }; g() { f & }; f'])
		expect(commands(line).at(-1), line).toBe(':(){ :|:& };:');
	expect(commands('f() { a; }; f')).toEqual(['a', 'f']);
});

test('plain words are those of one command and nothing else', () => {
	expect(plainWords('git "a b"  c')).toEqual(['git', 'a b', 'c']);
	for (const text of ['a; b', 'a | b', 'a &', 'X=1 a', 'a > b', 'a $b', '', '"'])
		expect(plainWords(text), text).toBeUndefined();
});
