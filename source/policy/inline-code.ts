import {isProtectedPath} from '../domain/protected-path.ts';
import {denied, type Risk, type Suspect, unclear} from './risk.ts';
import {reachOf} from './shell-path.ts';
import {unknown} from './shell-word.ts';

/** Programs that take a program of their own, and the options that give it. */
const interpreters: readonly (readonly [name: RegExp, option: RegExp])[] = [
	[/^python[\d.]*$|^pypy\d?$/, /^-[a-zA-Z]*c/],
	[/^(node|nodejs|bun)$/, /^-[a-zA-Z]*[ep]|^--(eval|print)/],
	[/^deno$/, /^eval$/],
	[/^(perl|ruby)[\d.]*$/, /^-[a-zA-Z]*[eE]/],
	[/^php[\d.]*$/, /^-[rBRE]|^--(run|process)/],
	[/^(lua[\d.]*|julia|Rscript|elixir|groovy|scala|osascript|ghc|tclsh|guile|racket)$/i, /^-e|^--eval/],
	[/^(pwsh|powershell)$/, /^-(c|e|enc)/i],
	[/^([gmn]?awk|busybox-awk)$/, /^[^-]/],
	[/^sed$/, /^[^-]|^-e|^--exp/],
];

/** What code needs to reach beyond its own memory: other programs, the environment, the network, code within code. */
const reaching =
	/\b(system|popen|p?spawn\w*|exec\w*|fork|subprocess|child_process|os\.|shutil|rmtree|rm(dir)?Sync|unlink|remove_?tree|environ|process\.(env|binding|mainModule)|getenv|ENV\b|%ENV|socket|urlopen|urllib|requests|httpx?|https|net\.|fetch|eval|base64|b64decode|atob|fromCharCode|chr\(|compile|__import__|importlib|ctypes|pty|Kernel|backticks|IO\.|glob\()|`|\|\s*getline|\bqx\b|ENVIRON/;

/** Whether a command is given a program in place, of which only an equal one may be allowed beforehand. */
export const isInlineCode = (name: string, values: readonly string[]): boolean =>
	interpreters.some(
		([program, option]) =>
			program.test(name) && !/^([gmn]?awk|sed)$/.test(name) && values.some(value => option.test(value)),
	);

export const isInterpreter = (name: string): boolean => interpreters.some(([program]) => program.test(name));

/**
 * What stands in code cannot be known by reading it. This tells apart code that reaches for other programs, the
 * environment or the network, and code that names what is protected; the sandbox holds the rest.
 */
export const inlineCodeRisk = ({command, name, args, values, folders}: Suspect): Risk | undefined => {
	if (!isInterpreter(name)) return undefined;
	const isSmall = /^([gmn]?awk|sed)$/.test(name);
	const readsInput = values.length === 0 || values[0] === '-';
	if (readsInput && command.pipedFrom.length > 0) return unclear(`${name} runs what comes through a pipe`);
	const given = isInlineCode(name, values) || isSmall ? values : [];
	const fed = readsInput && command.fed !== undefined ? [command.fed.value] : [];
	const hidden = given === values && !isSmall ? args.find(word => word.value.includes(unknown)) : undefined;
	if (hidden !== undefined) return unclear(`the code for ${name} is known only when it runs (${hidden.text})`);
	for (const code of [...given, ...fed]) {
		const texts = code.split(/["'`\s(),;=<>|{}[\]]+/).filter(text => text !== '');
		if (texts.some(text => isProtectedPath(text) || (/^[/~]/.test(text) && reachOf(text, folders) === 'protected')))
			return denied(`the code for ${name} names a protected file`);
		if (isSmall ? smallReaching(name, code) : reaching.test(code))
			return unclear(`the code for ${name} reaches for other programs, the environment or the network`);
	}
	return undefined;
};

/** Longer ones are programs that nobody reads through before saying yes. */
const smallCharactersMax = 2000;

const smallReaching = (name: string, code: string): boolean => {
	if (code.length > smallCharactersMax) return true;
	if (name !== 'sed') return /\b(system|getline|ENVIRON|ARGV)\b|\|\s*["&]|["']\s*\||\bprintf?\b[^;}]*>/.test(code);
	// The commands e, w and r, and the flags of s that do the same.
	if (/(^|[;{}\n]|\d|\$|\/)\s*[erwRW](\s+\S|$)/.test(code)) return true;
	return [...code.matchAll(/s/g)].some(({index}) => {
		const [, , flags = ''] = code.slice(index + 2).split(code[index + 1] ?? 's');
		return /^[a-z\d]*[ew][a-z\d]*(\s|;|\}|$)/.test(flags);
	});
};
