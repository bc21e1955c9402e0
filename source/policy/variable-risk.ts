import {denied, type Risk, type Suspect, unclear} from './risk.ts';
import {unknown} from './shell-word.ts';

/** Variables by which one decides what other programs run, read or obey. */
const acting =
	/^(PATH|CDPATH|IFS|ENV|BASH_ENV|BASHOPTS|SHELLOPTS|SHELL|PS0|PS4|PROMPT_COMMAND|BASH_FUNC_.*|LD_.*|DYLD_.*|GCONV_PATH|LOCPATH|NODE_PATH|NODE_EXTRA_CA_CERTS|PYTHON(STARTUP|PATH|HOME|INSPECT|BREAKPOINT|WARNINGS)|PERL5(OPT|LIB|DB)|RUBY(OPT|LIB)|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|JDK_JAVA_OPTIONS|CLASSPATH|MAKEFLAGS|MAKEFILES|CC|CXX|RUSTC(_WRAPPER)?|RUSTFLAGS|GOFLAGS|GIT_(SSH.*|PROXY_COMMAND|EXTERNAL_DIFF|EXEC_PATH|CONFIG.*|TEMPLATE_DIR|DIR|WORK_TREE|OBJECT_DIRECTORY|ALTERNATE_.*|ASKPASS|INDEX_FILE|COMMON_DIR|ALLOW_PROTOCOL|TRACE.*|ATTR_.*)|XDG_CONFIG_(HOME|DIRS)|RIPGREP_CONFIG_PATH|TAR_OPTIONS|RSYNC_RSH|VIMINIT|EXINIT|MAGIC|BASH_LOADABLES_PATH|SSH_ASKPASS|SUDO_ASKPASS|LESS(OPEN|CLOSE)|MANPAGER|BROWSER|npm_config_.*|NPM_CONFIG_.*|YARN_.*|PIP_.*|HOME|(HTTPS?|ALL)_PROXY|(https?|all)_proxy)$/;

/** Those that name a program, and the programs that only show or do nothing. */
const programs = /^(GIT_|)(EDITOR|SEQUENCE_EDITOR|PAGER|VISUAL)$/;
const harmlessProgram = /^(cat|true|:|less|more|)$/;

const harmlessNodeOption =
	/^--(max-old-space-size|max-semi-space-size|stack-trace-limit|unhandled-rejections|trace-[a-z-]+|no-[a-z-]+|experimental-[a-z-]+|enable-source-maps|conditions)(=[\w.-]+)?$/;

export const variableRisk = ({command, name, values}: Suspect): Risk | undefined => {
	const set = [
		...command.assignments.map(({name: variable, value}) => [variable, value.value] as const),
		// `env NAME=value` and `export NAME` come as words.
		...(/^(env|export|declare|typeset|local|readonly|sudo)$/.test(name)
			? values.flatMap(value => {
					const found = /^([A-Za-z_]\w*)=(.*)$/s.exec(value);
					return found === null ? [] : [[found[1] ?? '', found[2] ?? ''] as const];
				})
			: []),
	];
	for (const [variable, value] of set) {
		if (acting.test(variable)) return unclear(`${variable} decides what other programs run or read`);
		if (variable === 'NODE_OPTIONS' && !value.split(' ').every(option => harmlessNodeOption.test(option)))
			return unclear('NODE_OPTIONS decides what node runs');
		if (programs.test(variable) && !harmlessProgram.test(value)) return unclear(`${variable} names a program to run`);
	}
	return tellsEnvironment(name, values)
		? denied('telling the whole environment is denied: it holds secrets')
		: undefined;
};

const tellsEnvironment = (name: string, values: readonly string[]): boolean => {
	// What is not known may be nothing.
	const operands = values.filter(value => !value.startsWith('-') && value !== unknown);
	switch (name) {
		case 'env':
			return !values.some(value => /^--(version|help)$/.test(value)) && operands.every(value => /^\w+=/.test(value));
		case 'printenv':
		case 'export':
		case 'declare':
		case 'typeset':
		case 'readonly':
			return operands.length === 0 && !values.some(value => /^(--version|--help|-[fFgiaAlurn]+)$/.test(value));
		case 'set':
			return values.length === 0;
		case 'compgen':
			return values.some(value => /^-[A-Z]*[ve]|^-A$/i.test(value) && !/^-[cdfW]$/.test(value));
		case 'ps':
			return values.some(value => /^[a-z]*e[a-z]*$/.test(value) || /^-[a-z]*E/.test(value));
		default:
			return false;
	}
};
