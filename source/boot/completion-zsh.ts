import {type CompletableFlag, type CompletableVerb, completable} from './completable.ts';

/** In zsh's descriptions of arguments, brackets and colons divide. */
const told = (text: string): string => text.replaceAll(/[[\]:\\]/g, sign => `\\${sign}`);
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const specs = ({words, about, takesValue, takesFolder, choices}: CompletableFlag): readonly string[] =>
	words.map(word => {
		const action = takesFolder ? '_files -/' : choices.length > 0 ? `(${choices.join(' ')})` : ' ';
		return quoted(`*${word}[${told(about)}]${takesValue ? `:value:${action}` : ''}`);
	});

const caseOf = ({name, choices, takesFile, flags}: CompletableVerb): string => {
	const rest = choices.length > 0 ? `1:word:(${choices.join(' ')})` : takesFile ? '*:file:_files' : '*:word: ';
	return `\t\t\t${name}) _arguments ${[...flags.flatMap(specs), quoted(rest)].join(' ')} ;;`;
};

/** For a file `_flotilla` in a folder of `fpath`, or `source <(flotilla completion zsh)`. */
export const zshCompletion = (): string => {
	const verbs = completable();
	const ofRun = verbs.find(({name}) => name === 'run')?.flags ?? [];
	return `#compdef flotilla
# Completion of flotilla for zsh. In ~/.zshrc, after compinit: source <(flotilla completion zsh)
_flotilla() {
	local context state state_descr line
	typeset -A opt_args
	local -a verbs
	verbs=(
${verbs.map(({name, about}) => `\t\t${quoted(`${name}:${about}`)}`).join('\n')}
	)
	_arguments -C ${ofRun.flatMap(specs).join(' ')} '1: :->verb' '*:: :->words'
	case $state in
	verb) _describe -t commands command verbs ;;
	words)
		case $line[1] in
${verbs.map(caseOf).join('\n')}
		esac ;;
	esac
}
if [ "$funcstack[1]" = _flotilla ]; then _flotilla "$@"; else compdef _flotilla flotilla; fi
`;
};
