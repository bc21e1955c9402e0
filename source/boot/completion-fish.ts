import {type CompletableFlag, completable} from './completable.ts';

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const flagWords = (word: string): string => (word.startsWith('--') ? `-l ${word.slice(2)}` : `-s ${word.slice(1)}`);

const linesOf = (
	condition: string,
	{words, about, takesValue, takesFolder, choices}: CompletableFlag,
): readonly string[] =>
	words.map(word => {
		const values = takesFolder
			? ' -xa "(__fish_complete_directories)"'
			: takesValue
				? ` -x${choices.length > 0 ? `a ${quoted(choices.join(' '))}` : ''}`
				: '';
		return `complete -c flotilla -n ${quoted(condition)} ${flagWords(word)}${values} -d ${quoted(about)}`;
	});

/** For `flotilla completion fish | source`. */
export const fishCompletion = (): string => {
	const verbs = completable();
	const ofRun = verbs.find(({name}) => name === 'run')?.flags ?? [];
	const seen = (name: string): string => `__fish_seen_subcommand_from ${name}`;
	const lines = [
		'# Completion of flotilla for fish. In ~/.config/fish/config.fish: flotilla completion fish | source',
		'complete -c flotilla -f',
		...verbs.map(({name, about}) => `complete -c flotilla -n __fish_use_subcommand -a ${name} -d ${quoted(about)}`),
		...ofRun.flatMap(flag => linesOf('__fish_use_subcommand', flag)),
		...verbs.flatMap(({name, choices, takesFile, flags}) => [
			...choices.map(choice => `complete -c flotilla -n ${quoted(seen(name))} -a ${choice}`),
			...(takesFile ? [`complete -c flotilla -n ${quoted(seen(name))} -F`] : []),
			...flags.flatMap(flag => linesOf(seen(name), flag)),
		]),
	];
	return `${lines.join('\n')}\n`;
};
