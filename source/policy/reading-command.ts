import {gitReads} from './git-risk.ts';
import {hasOption, operandsOf} from './option.ts';
import type {Suspect} from './risk.ts';
import {pathsIn, reachOf} from './shell-path.ts';

/** A program that only reads, unless one of these options is among its words. */
type Reader = {
	readonly letters?: string;
	readonly names?: readonly string[];
	/** A further condition on its words. */
	readonly when?: (values: readonly string[]) => boolean;
};

const always: Reader = {};
const named = (names: string): Readonly<Record<string, Reader>> =>
	Object.fromEntries(names.split(' ').map(name => [name, always]));

const versionOnly: Reader = {
	when: values => values.length === 1 && /^(-v|-V|--version|version)$/.test(values[0] ?? ''),
};

const readers: Readonly<Record<string, Reader>> = {
	...named(
		'cat head tail wc ls pwd echo true false : test [ basename dirname realpath readlink stat cut tr nl tac rev',
	),
	...named('fold fmt column comm cmp du df which type whoami id uname seq sleep expr strings md5sum sha1sum sha256sum'),
	...named('sha512sum cksum od hexdump grep egrep fgrep nproc arch tty groups uptime free paste join expand unexpand'),
	...named('continue break return exit wait shift getopts local readonly unset export test read let jobs'),
	cd: {when: values => values.length === 1 && values[0] !== '-'},
	printf: {letters: 'v', when: values => !values[0]?.startsWith('-')},
	date: {letters: 's', names: ['set']},
	hostname: {when: values => values.length === 0},
	set: {when: values => values.length > 0},
	// What ends in a name that is written to: `uniq in out`.
	uniq: {when: values => operandsOf(values).length < 2},
	xxd: {letters: 'r', when: values => operandsOf(values).length < 2},
	file: {letters: 'Cm', names: ['compile', 'magic-file']},
	sort: {letters: 'oT', names: ['output', 'compress-program', 'temporary-directory', 'files0-from']},
	tree: {letters: 'oR', names: ['output']},
	diff: {letters: 'r', names: ['recursive']},
	rg: {names: ['pre', 'pre-glob', 'hostname-bin', 'hidden', 'unrestricted', 'no-ignore'], letters: 'u.'},
	find: {when: values => !values.some(value => /^-(delete|fprint.*|fls|files0-from)$/.test(value))},
	// It knows the whole environment.
	jq: {
		letters: 'fL',
		names: ['from-file', 'rawfile', 'slurpfile', 'args'],
		when: values => !values.some(value => /env|input|import|include|\$__/i.test(value)),
	},
	command: {when: values => /^-[vV]$/.test(values[0] ?? '')},
	sed: {when: values => readsBySed(values)},
	...Object.fromEntries(
		'node npm npx pnpm yarn bun deno python python3 pip pip3 go cargo rustc tsc make java ruby php docker gcc clang'
			.split(' ')
			.map(name => [name, versionOnly]),
	),
};

/** Printing by line numbers, as agents do to look at a part of a file: `sed -n '10,20p' file`. */
const readsBySed = (values: readonly string[]): boolean =>
	values[0] === '-n' &&
	/^(\d+|\$)(,(\d+|\$))?p$/.test(values[1] ?? '') &&
	!values.slice(2).some(value => value.startsWith('-'));

/**
 * Whether a command only reads, and only what agents may read anyway: it is in the table, without an option that
 * writes or starts something, every word of it is literal, and no path leads outside or to what is protected.
 */
export const onlyReads = ({command, name, args, values, folders, isConfined}: Suspect): boolean => {
	const {words, redirects, assignments} = command;
	if (
		redirects.some(
			({writes, target}) => !(target.isLiteral && reachOf(target.value, folders) === (writes ? 'device' : 'inside')),
		)
	)
		return false;
	if (assignments.some(({value}) => !value.isLiteral) || words.some(word => !word.isLiteral)) return false;
	if (words.length === 0) return true;
	// A program of the same name may lie in any folder.
	if (words[0]?.value !== name) return false;
	if (name === 'git' ? !gitReads(args) : !isReader(name, values)) return false;
	// A search of whole folders comes upon what is protected in them.
	if (
		!isConfined &&
		(name === 'rg' ||
			(/grep$/.test(name) && hasOption(values, 'rRd', ['recursive', 'dereference-recursive', 'directories'])))
	)
		return false;
	if (name === 'echo' || name === 'printf') return true;
	return args.every(word =>
		[word.value, ...pathsIn(word)].every(one => /^(inside|device)$/.test(reachOf(one, folders))),
	);
};

const isReader = (name: string, values: readonly string[]): boolean => {
	const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
	if (reader === undefined || hasOption(values, reader.letters ?? '', reader.names ?? [])) return false;
	return reader.when?.(values) ?? true;
};
