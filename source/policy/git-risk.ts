import {hasOption, operandsOf} from './option.ts';
import {denied, type Risk, type Suspect, unclear} from './risk.ts';
import {reachOf} from './shell-path.ts';
import {type ShellWord, unknown} from './shell-word.ts';

type GitCall = {
	/** Options before the subcommand. */
	readonly globals: readonly string[];
	readonly sub: ShellWord | undefined;
	readonly rest: readonly ShellWord[];
};

const valuedGlobals = new Set([
	'-C',
	'-c',
	'--git-dir',
	'--work-tree',
	'--namespace',
	'--config-env',
	'--super-prefix',
]);

const readGit = (args: readonly ShellWord[]): GitCall => {
	let at = 0;
	for (let word = args[at]; word?.value.startsWith('-') === true; word = args[at])
		at += valuedGlobals.has(word.value) ? 2 : 1;
	return {globals: args.slice(0, at).map(word => word.value), sub: args[at], rest: args.slice(at + 1)};
};

/** Settings that make git run a program, read another file, or speak to another host than is written. */
const actingSetting =
	/^(core\.(sshcommand|hookspath|fsmonitor|editor|pager|askpass|gitproxy|attributesfile|worktree|alternaterefscommand)|sequence\.editor|alias\..*|pager\..*|browser\..*|man\..*|credential\..*|diff\.(external|.*\.(command|textconv))|difftool\..*|mergetool\..*|filter\..*|merge\..*\.driver|gpg\..*|include(if)?\..*|init\.templatedir|url\..*|http\.(proxy|sslverify|.*\.proxy|.*\.extraheader|extraheader|cookiefile)|https?\..*|protocol\..*|remote\..*\.(uploadpack|receivepack|vcs|proxy)|uploadpack\..*|receive\..*|submodule\..*\.update|interactive\.difffilter|sendemail\..*|tar\..*|trailer\..*|web\..*|instaweb\..*|gitcvs\..*)$/i;

/** Of aliases only those that run a program. */
const acts = (key: string, value: string): boolean =>
	/^alias\./i.test(key)
		? /^\s*!/.test(value) || value.includes(unknown)
		: actingSetting.test(key) || key.includes(unknown);

export const gitRisk = ({args, folders}: Suspect): Risk | undefined => {
	const {globals, sub, rest} = readGit(args);
	const values = rest.map(word => word.value);
	for (const [index, option] of globals.entries()) {
		const value = globals[index + 1] ?? '';
		const setting = option === '-c' ? value : /^-c(.+)/.exec(option)?.[1];
		const [key = '', ...to] = setting?.split('=') ?? [];
		if (setting !== undefined && acts(key, to.join('=')))
			return denied(`git -c ${key} makes git run or read something else`);
		if (/^--(exec-path=|config-env)/.test(option)) return denied(`git ${option} makes git run something else`);
		const folder = /^(?:-C|--git-dir|--work-tree)$/.test(option)
			? value
			: /^--(?:git-dir|work-tree)=(.*)/.exec(option)?.[1];
		if (folder !== undefined && !/^(inside|protected)$/.test(reachOf(folder, folders)))
			return unclear(`git ${option} works in another folder`);
	}
	if (sub === undefined) return undefined;
	if (!sub.isLiteral) return unclear('git is given a command that is known only when it runs');
	if (args.some(word => /^ext::/i.test(word.value))) return denied('git ext:: runs a program');
	if (/^(clone|fetch|pull|ls-remote|push|archive|submodule)$/.test(sub.value) && values.some(isForeignPack))
		return denied(`git ${sub.value} would run another program at the other end`);
	const away = /^(clone|worktree|init|bundle|format-patch|archive)$/.test(sub.value)
		? rest.find(word => /^(outside|protected)$/.test(reachOf(word.value, folders)))
		: undefined;
	if (away !== undefined) return denied(`git ${sub.value} aimed outside the project is denied (${away.text})`);
	switch (sub.value) {
		case 'push':
			return pushRisk(rest, values);
		case 'config':
			return configRisk(values);
		case 'difftool':
		case 'mergetool':
			return hasOption(values, 'x', ['extcmd']) ? denied(`git ${sub.value} --extcmd runs a program`) : undefined;
		case 'filter-branch':
			return unclear('git filter-branch rewrites history by commands of its own');
		case 'grep':
			return hasOption(values, 'O', ['open-files-in-pager']) ? unclear('git grep -O starts a program') : undefined;
		case 'credential':
		case 'credential-store':
		case 'credential-cache':
			return denied('git credential tells stored credentials');
		default:
			return undefined;
	}
};

const isForeignPack = (value: string): boolean => /^--(upload-p|receive-p|exec)/.test(value);

const pushRisk = (rest: readonly ShellWord[], values: readonly string[]): Risk | undefined => {
	if (
		hasOption(values, 'f', ['force', 'force-with-lease', 'force-if-includes']) ||
		values.some(value => /^\+/.test(value))
	)
		return denied('a forced push is denied: it overwrites what others pushed');
	if (hasOption(values, 'd', ['delete', 'mirror', 'prune']) || operandsOf(values).some(value => /^:./.test(value)))
		return denied('a push that deletes is denied');
	const hidden = rest.find(word => !word.isLiteral);
	return hidden === undefined ? undefined : unclear(`git push is given ${hidden.text}, which may be anything`);
};

const configRisk = (values: readonly string[]): Risk | undefined => {
	if (hasOption(values, 'e', ['edit']) || values[0] === 'edit') return unclear('git config --edit starts an editor');
	const sub = /^(set|unset|get|list|rename-section|remove-section)$/.exec(values[0] ?? '')?.[0];
	const given = sub === undefined ? values : values.slice(1);
	// Behind the first operand nothing is an option: `git config core.hooksPath evil --get` sets it.
	const first = given.findIndex(
		(word, index) => !word.startsWith('-') && !/^(-f|--(file|blob|type|default))$/.test(given[index - 1] ?? ''),
	);
	const [options, [key, value]] = first < 0 ? [given, []] : [given.slice(0, first), given.slice(first)];
	const reads = sub === 'get' || sub === 'list' || hasOption(options, 'l', ['get', 'get-all', 'get-regexp', 'list']);
	if (reads || (value === undefined && !hasOption(values, '', ['unset', 'unset-all', 'remove-section'])))
		return key !== undefined && /^credential|token|extraheader/i.test(key)
			? denied('git config tells stored credentials')
			: undefined;
	if (hasOption(values, 'f', ['global', 'system', 'file'])) return denied('git config outside the project is denied');
	return key !== undefined && acts(key, value ?? '')
		? denied(`git config ${key} makes git run or read something else`)
		: undefined;
};

/** Subcommands that only read, with the words that may follow (any without). */
const reading: Readonly<Record<string, RegExp | undefined>> = {
	...{status: undefined, log: undefined, diff: undefined, show: undefined, blame: undefined, annotate: undefined},
	...{'rev-parse': undefined, 'rev-list': undefined, describe: undefined, 'ls-files': undefined, 'ls-tree': undefined},
	...{shortlog: undefined, 'merge-base': undefined, 'name-rev': undefined, 'count-objects': undefined, grep: undefined},
	...{'diff-tree': undefined, 'for-each-ref': undefined, whatchanged: undefined, 'check-ignore': undefined},
	...{'show-ref': undefined, 'cat-file': undefined, cherry: undefined, var: /^GIT_DEFAULT_BRANCH$/},
	branch: /^(-[arv]+|--(all|remotes|verbose|show-current|list|merged|no-merged|sort=.*|format=.*))$/,
	tag: /^(-l|-n\d*|--(list|sort=.*|format=.*))$/,
	remote: undefined,
	stash: /^(list|show|-p|--stat|stash@\{\d+\})$/,
	worktree: /^(list|--porcelain)$/,
	config: undefined,
	reflog: /^(show|-n|-?\d+|--oneline|HEAD)$/,
};

const readingGlobals = /^(--no-pager|-P|--no-optional-locks|--literal-pathspecs|--no-replace-objects)$/;

/** Subcommands of which only these calls read: here an option may stand before a word that writes. */
const readingCalls: Readonly<Record<string, RegExp>> = {
	remote: /^(-v|--verbose|get-url [\w.][\w.-]*|)$/,
	// Of the settings only those that hold no secrets.
	config: /^((--get|--get-all|get) )?(user\.(name|email)|core\.[a-z]+|branch\.[^ ]+|remote\.[\w-]+\.fetch)$/i,
};

/**
 * Whether git, called so, is known to change nothing but its own cache of what lies in the folder, and to start nothing
 * but what the person's own settings tell it to start.
 */
export const gitReads = (args: readonly ShellWord[]): boolean => {
	const {globals, sub, rest} = readGit(args);
	const values = rest.map(word => word.value);
	if (sub === undefined) return args.length > 0 && globals.every(value => value === '--version');
	if (!globals.every(value => readingGlobals.test(value)) || !Object.hasOwn(reading, sub.value)) return false;
	const may = reading[sub.value];
	if (may !== undefined && !values.every(value => may.test(value))) return false;
	const call = Object.hasOwn(readingCalls, sub.value) ? readingCalls[sub.value] : undefined;
	if (call !== undefined && !call.test(values.join(' '))) return false;
	if (sub.value === 'stash' && !/^(list|show)$/.test(values[0] ?? '')) return false;
	if (sub.value === 'reflog' && /^(expire|delete|drop)$/.test(values[0] ?? '')) return false;
	// Telling of a signature starts the program that knows the keys.
	if (values.some(value => /%G|%\(signature/.test(value))) return false;
	return !hasOption(values, 'Oo', [
		'show-signature',
		'output',
		'ext-diff',
		'textconv',
		'filters',
		'open-files-in-pager',
		'no-index',
		'contents',
	]);
};
