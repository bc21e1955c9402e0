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

/**
 * Those that tell their version. `version` itself is to many a file, a target or a script; `python -v` reads its input;
 * and cargo, go and yarn may first fetch or start the version of themselves that a file of the project names.
 */
const telling = (names: string, options: string): Readonly<Record<string, Reader>> =>
	Object.fromEntries(
		names
			.split(' ')
			.map(name => [name, {when: values => values.length === 1 && options.split(' ').includes(values[0] ?? '')}]),
	);

const readers: Readonly<Record<string, Reader>> = {
	...named(
		'cat head tail wc ls pwd echo true false : test [ basename dirname realpath readlink stat cut tr nl tac rev',
	),
	...named('fold fmt column comm cmp du df which type whoami id uname seq sleep expr strings md5sum sha1sum sha256sum'),
	...named('sha512sum cksum od hexdump grep egrep fgrep nproc arch tty groups uptime free paste join expand unexpand'),
	...named('continue break return exit wait shift getopts local readonly unset export test read'),
	jobs: {letters: 'x'},
	cd: {when: values => values.length === 1 && values[0] !== '-'},
	printf: {letters: 'v', when: values => !values[0]?.startsWith('-')},
	// A bare operand sets the clock.
	date: {letters: 's', names: ['set'], when: values => !operandsOf(values).some(value => /^[\d.]+$/.test(value))},
	hostname: {when: values => values.length === 0},
	set: {when: values => values.length > 0},
	// What ends in a name that is written to: `uniq in out`.
	uniq: {when: values => operandsOf(values).length < 2},
	xxd: {letters: 'r', when: values => operandsOf(values).length < 2},
	file: {letters: 'CmzZ', names: ['compile', 'magic-file', 'uncompress', 'uncompress-noreport']},
	sort: {letters: 'oT', names: ['output', 'compress-program', 'temporary-directory', 'files0-from']},
	tree: {letters: 'oR', names: ['output']},
	diff: {letters: 'rl', names: ['recursive', 'paginate']},
	rg: {names: ['pre', 'pre-glob', 'hostname-bin', 'hidden', 'unrestricted', 'no-ignore', 'search-zip'], letters: 'u.z'},
	find: {when: values => !values.some(value => /^-(delete|fprint.*|fls|files0-from)$/.test(value))},
	// It knows the whole environment.
	jq: {
		letters: 'fL',
		names: ['from-file', 'rawfile', 'slurpfile', 'args'],
		when: values => !values.some(value => /env|input|import|include|\$__/i.test(value)),
	},
	command: {when: values => /^-[vV]$/.test(values[0] ?? '')},
	sed: {when: values => readsBySed(values)},
	...telling('node npm npx bun tsc php docker ruby deno java make gcc clang pip pip3', '--version'),
	...telling('python python3', '--version -V'),
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
	if (!isConfined && searchesFolders(name, values)) return false;
	if (name === 'echo' || name === 'printf') return true;
	return args.every(word =>
		[word.value, ...pathsIn(word)].every(one => /^(inside|device)$/.test(reachOf(one, folders))),
	);
};

export const searchesFolders = (name: string, values: readonly string[]): boolean =>
	name === 'rg' ||
	(/grep$/.test(name) && hasOption(values, 'rRd', ['recursive', 'dereference-recursive', 'directories']));

const isReader = (name: string, values: readonly string[]): boolean => {
	const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
	if (reader === undefined || hasOption(values, reader.letters ?? '', reader.names ?? [])) return false;
	return reader.when?.(values) ?? true;
};
