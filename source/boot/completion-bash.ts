import {completable} from './completable.ts';

const listed = (words: readonly string[]): string => words.join(' ');

/** For `eval "$(flotilla completion bash)"`. It needs nothing but bash itself, from 3.2 on. */
export const bashCompletion = (): string => {
	const verbs = completable();
	const flags = new Map(verbs.flatMap(verb => verb.flags.map(flag => [flag.words[0] ?? '', flag] as const)));
	const ofRun = verbs.find(({name}) => name === 'run')?.flags ?? [];
	const values = [...flags.values()]
		.filter(({takesValue}) => takesValue)
		.map(({words, choices, takesFolder}) => {
			const reply = takesFolder ? 'compgen -d -- "$current"' : `compgen -W '${listed(choices)}' -- "$current"`;
			return `\t\t${words.join('|')}) ${takesFolder ? "IFS=$'\\n'; " : ''}COMPREPLY=($(${reply})); return ;;`;
		});
	const cases = verbs.map(
		({name, choices, flags: own, takesFile}) =>
			`\t\t${name}) words='${listed([...choices, ...own.flatMap(flag => flag.words)])}'${takesFile ? '; files=1' : ''} ;;`,
	);
	return `# Completion of flotilla for bash. In ~/.bashrc: eval "$(flotilla completion bash)"
_flotilla() {
	local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" verb='' words files='' i IFS=$' \\t\\n'
	COMPREPLY=()
	case "$previous" in
${values.join('\n')}
	esac
	for ((i = 1; i < COMP_CWORD; i++)); do
		if [[ "\${COMP_WORDS[i]}" != -* ]]; then verb="\${COMP_WORDS[i]}"; break; fi
	done
	case "$verb" in
${cases.join('\n')}
		'') words='${listed([...verbs.map(({name}) => name), ...ofRun.flatMap(flag => flag.words), '--help', '--version'])}' ;;
		*) return ;;
	esac
	COMPREPLY=($(compgen -W "$words" -- "$current"))
	if [[ -n "$files" && "$current" != -* ]]; then
		IFS=$'\\n'
		COMPREPLY+=($(compgen -f -- "$current"))
	fi
}
complete -o filenames -F _flotilla flotilla
`;
};
