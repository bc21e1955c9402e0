import {denied, type Risk, type Suspect, unclear} from './risk.ts';
import type {ShellCommand} from './shell-line.ts';
import {pathsIn, reachOf} from './shell-path.ts';
import type {ShellWord} from './shell-word.ts';

/** Programs that do no more than print, test or list the names they are given. */
const namers =
	/^(echo|printf|test|\[|ls|stat|which|type|basename|dirname|realpath|readlink|find|tree|true|false|:|export|rg|grep|egrep|fgrep)$/;

/** Programs that do no more than pass on some of the lines they read. */
const filters = /^(grep|egrep|fgrep|rg|head|tail|wc|sort|uniq|cut|tr|tee|sed|jq|less|nl)$/;

/** Subcommands of git that treat a path as a name. */
const gitNames = /^(check-ignore|ls-files|status|rm)$/;

/** Options whose value is a pattern for names that are left out or looked for. */
const patternOption =
	/^(--(exclude|ignore|include|glob|iglob|exclude-dir|include-dir)[\w-]*|-g|-I|-m|--message|-x|-not|!)$/;

/** A command that names a protected file is denied: whatever it does with it, no agent may read or write that. */
export const pathRisk = ({command, name, args, folders}: Suspect, all: readonly ShellCommand[]): Risk | undefined => {
	for (const {target, writes} of command.redirects) {
		const reach = reachOf(target.value, folders);
		if (reach === 'protected')
			return denied(`${target.text} is protected: keys, credentials, and git's and Flotilla's own files`);
		if (reach === 'maybe protected') return unclear(`${target.text} may name what is protected`);
		if (writes && reach === 'outside')
			return denied(`writing to ${target.text}, outside the project, is denied. Write to "$OUTPUTS"`);
		if (reach === 'outside' && /^\/dev\//.test(target.value)) return denied(`${target.text} is no file of the project`);
	}
	for (const value of [
		...command.assignments.map(one => one.value),
		...(command.fed === undefined ? [] : [command.fed]),
	])
		if (pathsIn(value).some(one => /protected$/.test(reachOf(one, folders))))
			return unclear(`${value.text.trim()} is set aside, and names what is protected`);
	const words = all.every(other => !consumes(other, name)) ? namingWords(name, args) : args;
	for (const word of words) {
		const reaches = pathsIn(word).map(one => reachOf(one, folders));
		if (reaches.includes('protected'))
			return denied(`${word.text} is protected: keys, credentials, and git's and Flotilla's own files`);
		if (reaches.includes('maybe protected')) return unclear(`${word.text} may name what is protected`);
	}
	const address = args.find(word =>
		/(^|[/@.])(169\.254\.169\.254|metadata\.google\.internal|100\.100\.100\.200|fd00:ec2::254)/i.test(word.value),
	);
	if (address !== undefined) return denied(`${address.text} tells the credentials of this machine`);
	const local = args.find(word => /^file:/i.test(word.value) && reachOf(word.value, folders) === 'outside');
	return local === undefined ? undefined : denied(`${local.text} lies outside the project`);
};

/** Whether a command takes what this one prints for more than lines to choose from. */
const consumes = (other: ShellCommand, name: string): boolean => {
	const [first] = other.words;
	return (
		other.builtFrom.includes(name) ||
		(other.pipedFrom.includes(name) && !(first !== undefined && filters.test(first.value)))
	);
};

/** The words that stand for files that the program opens. */
const namingWords = (name: string, args: readonly ShellWord[]): readonly ShellWord[] => {
	// What is kept in a variable is used elsewhere.
	if (name === 'printf' && args[0]?.value.startsWith('-v') === true) return args;
	const sub = args.find(word => !word.value.startsWith('-'))?.value ?? '';
	if (name === 'git' && gitNames.test(sub)) return [];
	const opened = args.filter((word, index) => {
		const option = word.value.split('=')[0] ?? '';
		return !patternOption.test(option) && !patternOption.test(args[index - 1]?.value ?? '');
	});
	if (/^(rg|e?grep|fgrep)$/.test(name)) {
		// The pattern comes first, unless an option has brought it.
		const hasPattern = args.some(word => /^(-e|-f|--regexp|--file)/.test(word.value));
		const first = opened.find(word => !word.value.startsWith('-'));
		return hasPattern ? opened : opened.filter(word => word !== first);
	}
	if (name === 'find') return args.some(word => /^-(exec|ok|delete|fprint)/.test(word.value)) ? args : [];
	return namers.test(name) ? [] : opened;
};
