import {programName} from './program-name.ts';
import {plainWord, type ShellWord, unknown} from './shell-word.ts';

/**
 * Which of two commands a rule must allow: the carried one only, because its carrier does nothing else; both; or the
 * carrier only, because the other runs elsewhere or is but an argument.
 */
type Needs = 'inner' | 'both' | 'outer';

/** What a command runs by itself: other words, or a text that a shell reads. */
export type Carried =
	| {readonly kind: 'words'; readonly words: readonly ShellWord[]; readonly needs: Needs}
	| {readonly kind: 'script'; readonly script: ShellWord; readonly needs: Needs}
	/** A text that comes through its input. */
	| {readonly kind: 'input'; readonly needs: Needs}
	/** It runs something that cannot be read here. */
	| {readonly kind: 'hidden'; readonly why: string};

/**
 * How a wrapper is called: options without and with a value, how many words come before the command, whether the rest
 * are words or a text, and what it adds.
 */
type Wrapper = {
	readonly flags?: string;
	readonly valued?: string;
	readonly before?: number;
	readonly rest?: 'words' | 'script';
	readonly adds?: boolean;
	/** Without it, `inner`. */
	readonly needs?: Needs;
};

const runner: Wrapper = {
	flags: '-y --yes -q --quiet --no-install --no -b --bun --prefer-offline',
	valued: '-p --package --from --with',
	needs: 'outer',
};
const asOther: Wrapper = {
	flags: '-n -E -H -S -i -s -b -k -A -K --login --preserve-env --non-interactive --stdin --askpass',
	valued: '-u -g -C -D -h -p -R -T -U --user --group --chdir --prompt --host',
};
const shellEval: Wrapper = {rest: 'script'};

const wrappers: Readonly<Record<string, Wrapper>> = {
	sudo: asOther,
	doas: asOther,
	pkexec: asOther,
	env: {flags: '-i - -0 --ignore-environment --null -v --debug', valued: '-u --unset -C --chdir -S --split-string'},
	nice: {valued: '-n --adjustment'},
	nohup: {},
	time: {flags: '-p -v --verbose --portability', valued: '-o --output -f --format'},
	timeout: {
		flags: '--preserve-status --foreground -v --verbose',
		valued: '-k --kill-after -s --signal',
		before: 1,
	},
	gtimeout: {flags: '--preserve-status --foreground', valued: '-k --kill-after -s --signal', before: 1},
	command: {flags: '-p'},
	builtin: {},
	exec: {flags: '-c -l', valued: '-a'},
	stdbuf: {valued: '-i -o -e --input --output --error'},
	setsid: {flags: '-c -f -w --ctty --fork --wait'},
	ionice: {flags: '-t --ignore', valued: '-c -n --class --classdata'},
	chrt: {flags: '-b -f -i -o -r -a', before: 1},
	taskset: {flags: '-a -c --all-tasks --cpu-list', before: 1},
	script: {flags: '-a -e -f -q --append --return --flush --quiet', valued: '-c --command', before: 1},
	fakeroot: {},
	'dbus-run-session': {},
	'xvfb-run': {flags: '-a -l --auto-servernum', valued: '-n -s -f -w -p -e'},
	entr: {flags: '-a -c -d -n -p -r -s -z', adds: true},
	caffeinate: {flags: '-d -i -m -s -u', valued: '-t'},
	unbuffer: {flags: '-p'},
	busybox: {},
	toybox: {},
	strace: {flags: '-f -ff -c -q -v -y', valued: '-e -o -s -p --trace --output'},
	ltrace: {flags: '-f -c', valued: '-e -o -s'},
	watch: {
		flags: '-d -t -b -e -g -c -x --differences --no-title --beep --errexit --chgexit --color',
		valued: '-n --interval',
		rest: 'script',
	},
	xargs: {
		flags:
			'-0 -r -t -x -p -o --null --no-run-if-empty --verbose --exit --interactive --open-tty --delimiter --process-slot-var',
		valued: '-I -n -P -L -d -a -E -s --max-args --max-procs --max-lines --replace --arg-file --max-chars',
		adds: true,
	},
	parallel: {
		flags: '-0 -k --keep-order --null --bar --dry-run -v --will-cite',
		valued: '-j --jobs -n -N -a --arg-file -I',
		adds: true,
		rest: 'script',
	},
	ssh: {
		flags: '-A -a -C -f -G -g -K -k -M -N -n -q -s -T -t -tt -V -v -vv -X -x -Y -y -4 -6',
		valued: '-b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -Q -R -S -W -w',
		before: 1,
		rest: 'script',
		needs: 'outer',
	},
	npx: {...runner, valued: `${runner.valued} -c --call`},
	bunx: runner,
	pnpx: runner,
	uvx: runner,
	eval: shellEval,
	flock: {
		flags: '-e -x -s -n -u -o --exclusive --shared --nonblock --nb',
		valued: '-w -E -c --timeout --conflict-exit-code --command',
		before: 1,
	},
};

const shells: ReadonlySet<string> = new Set([
	'sh',
	'bash',
	'zsh',
	'dash',
	'ksh',
	'mksh',
	'ash',
	'fish',
	'rbash',
	'csh',
	'tcsh',
]);

export const isShell = (name: string): boolean => shells.has(name);

/** What these words run besides themselves; undefined when they carry no other command. */
export const carriedBy = (words: readonly ShellWord[]): readonly Carried[] | undefined => {
	const [first, ...rest] = words;
	if (first === undefined) return undefined;
	const name = programName(first.value);
	if (isShell(name)) return byShell(name, rest);
	if (name === 'find') return byFind(rest);
	if (name === 'git') return byGit(rest);
	if (name === 'jobs') {
		const at = rest.findIndex(word => /^-\w*x/.test(word.value));
		return at < 0 ? undefined : [{kind: 'words', words: rest.slice(at + 1), needs: 'inner'}];
	}
	if (name === 'trap') return rest.length > 1 && rest[0] !== undefined ? [scriptOf([rest[0]], 'inner')] : undefined;
	if (name === 'alias') return rest.map(word => scriptOf([plainWord(word.value.replace(/^[^=]*=?/, ''))], 'inner'));
	if (/^(npm|pnpm|yarn|pipx|uv)$/.test(name) && /^(exec|x|dlx|run)$/.test(rest[0]?.value ?? ''))
		return /^(npm|pnpm|yarn)$/.test(name) && rest[0]?.value === 'run'
			? undefined
			: byWrapper('npx', runner, rest.slice(1));
	if (/^(command|builtin)$/.test(name) && /^-[vV]+$/.test(rest[0]?.value ?? '')) return undefined;
	// A name such as `constructor` is no wrapper.
	const wrapper = Object.hasOwn(wrappers, name) ? wrappers[name] : undefined;
	return wrapper === undefined ? undefined : byWrapper(name, wrapper, rest);
};

const hidden = (why: string): Carried => ({kind: 'hidden', why});

const scriptOf = (words: readonly ShellWord[], needs: Needs): Carried => {
	const script = plainWord(words.map(word => word.value).join(' '));
	return {kind: 'script', needs, script: {...script, isLiteral: words.every(word => word.isLiteral)}};
};

const byWrapper = (name: string, wrapper: Wrapper, given: readonly ShellWord[]): readonly Carried[] | undefined => {
	const [flags, valued] = [setOf(wrapper.flags), setOf(wrapper.valued)];
	const needs = wrapper.needs ?? 'inner';
	let left = given;
	let before = wrapper.before ?? 0;
	let mayBeOption = true;
	let hole = '{}';
	for (;;) {
		const [word, ...after] = left;
		if (word === undefined) return undefined;
		const {value} = word;
		if (mayBeOption && value === '--') {
			mayBeOption = false;
			left = after;
		} else if (mayBeOption && value.startsWith('-')) {
			const [option, glued] = splitOption(value, valued);
			if (!valued.has(option)) {
				const isKnown = flags.has(option) || isCluster(value, flags) || (name === 'nice' && /^-\d+$/.test(value));
				if (!isKnown) return [hidden(`${name} ${word.text} is an option whose meaning is not known here`)];
				left = after;
				continue;
			}
			const [argument, beyond] = glued === undefined ? [after[0], after.slice(1)] : [plainWord(glued), after];
			if (argument !== undefined && isScriptOption(name, option))
				return [scriptOf([{...argument, isLiteral: argument.isLiteral && word.isLiteral}, ...beyond], needs)];
			if (option === '-I' && argument !== undefined) hole = argument.value;
			left = beyond;
		} else if (name === 'env' && /^[A-Za-z_]\w*=/.test(value)) left = after;
		else if (before > 0) {
			// Without quotes one word may become many, and the command begin among them.
			if (!word.isLiteral && !/^["']/.test(word.text)) return [hidden(`${name} is given ${word.text}`)];
			before -= 1;
			left = after;
		} else break;
	}
	const words = wrapper.adds === true ? [...left.map(word => withHole(word, hole)), plainWord(unknown)] : left;
	return [wrapper.rest === 'script' ? scriptOf(words, needs) : {kind: 'words', words, needs}];
};

/** A word in which the program puts what it is given in the place of a mark. */
const withHole = (word: ShellWord, hole: string): ShellWord =>
	word.value.includes(hole) ? {...plainWord(word.value.replaceAll(hole, unknown)), text: word.text} : word;

const setOf = (list = ''): ReadonlySet<string> => new Set(list.split(' '));

const isScriptOption = (name: string, option: string): boolean =>
	(name === 'env' && /^(-S|--split-string)$/.test(option)) ||
	(/^(flock|npx|script)$/.test(name) && /^(-c|--call|--command)$/.test(option));

/** An option and the value that is glued to it: `--x=1`, `-n1`. */
const splitOption = (
	value: string,
	valued: ReadonlySet<string>,
): readonly [option: string, glued: string | undefined] => {
	const equals = value.startsWith('--') ? value.indexOf('=') : -1;
	if (equals > 0) return [value.slice(0, equals), value.slice(equals + 1)];
	const short = value.slice(0, 2);
	return !value.startsWith('--') && value.length > 2 && valued.has(short) && !valued.has(value)
		? [short, value.slice(2)]
		: [value, undefined];
};

const isCluster = (value: string, flags: ReadonlySet<string>): boolean =>
	/^-\w{2,}$/.test(value) && [...value.slice(1)].every(letter => flags.has(`-${letter}`));

/** `sh -c 'text'` runs a text, `sh file` a file, and `sh` alone what it is fed. */
const byShell = (name: string, given: readonly ShellWord[]): readonly Carried[] | undefined => {
	let left = given;
	let isText = false;
	let isInput = true;
	for (;;) {
		const [word, ...after] = left;
		if (word === undefined)
			return isText ? [hidden(`${name} -c has no text`)] : isInput ? [{kind: 'input', needs: 'inner'}] : undefined;
		const {value} = word;
		if (!word.isLiteral && !isText) return [hidden(`${name} is given ${word.text}, which is known only when it runs`)];
		if (/^--(rcfile|init-file)/.test(value)) return [hidden(`${name} ${value} runs a file first`)];
		if (/^[-+][A-Za-z]+$/.test(value) && value !== '--') {
			if (value.includes('s')) return [{kind: 'input', needs: 'inner'}];
			isText ||= value.startsWith('-') && value.includes('c');
			if (/[oO]$/.test(value)) {
				left = after.slice(1);
				continue;
			}
		} else if (/^(--version|--help)$/.test(value)) isInput = false;
		else if (!/^(--?|--\w.*)$/.test(value)) return isText ? [scriptOf([word], 'inner')] : undefined;
		left = after;
	}
};

const findRuns = /^-(exec|execdir|ok|okdir)$/;

const byFind = (given: readonly ShellWord[]): readonly Carried[] | undefined => {
	const carried: Carried[] = [];
	for (let at = given.findIndex(word => findRuns.test(word.value)); at >= 0 && at < given.length; ) {
		const tail = given.slice(at + 1);
		const end = tail.findIndex(
			(word, index) => word.value === ';' || (word.value === '+' && tail[index - 1]?.value === '{}'),
		);
		const words = (end < 0 ? tail : tail.slice(0, end)).map(word => withHole(word, '{}'));
		carried.push({kind: 'words', words, needs: 'both'});
		if (end < 0) break;
		const next = tail.slice(end).findIndex(word => findRuns.test(word.value));
		at = next < 0 ? -1 : at + 1 + end + next;
	}
	return carried.length === 0 ? undefined : carried;
};

/** The commands of git that run others: `rebase --exec`, `bisect run`, `submodule foreach`. */
const byGit = (given: readonly ShellWord[]): readonly Carried[] | undefined => {
	const values = given.map(word => word.value);
	const run = values.findIndex((value, index) => value === 'run' && values[index - 1] === 'bisect');
	if (run >= 0) return [{kind: 'words', words: given.slice(run + 1), needs: 'both'}];
	const each = values.includes('submodule') ? values.indexOf('foreach') : -1;
	if (each >= 0) {
		// One word is a text for a shell, several are a command.
		const words = given.slice(each + (values[each + 1] === '--recursive' ? 2 : 1));
		return [words.length === 1 ? scriptOf(words, 'both') : {kind: 'words', words, needs: 'both'}];
	}
	const execs = given.flatMap((word, index): readonly Carried[] => {
		if (!values.includes('rebase')) return [];
		if (/^(-x|--exec)$/.test(word.value)) return [scriptOf(given.slice(index + 1, index + 2), 'both')];
		const glued = /^(?:-x|--exec=)(.+)$/s.exec(word.value)?.[1];
		return glued === undefined ? [] : [scriptOf([{...word, value: glued}], 'both')];
	});
	return execs.length === 0 ? undefined : execs;
};
