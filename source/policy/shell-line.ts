import {type Assignment, type Command, forEachChild, parse, type Redirection, type SyntaxNode, type Word} from 'unbash';
import {type Carried, carriedBy} from './carried-command.ts';
import {evaluationIn} from './evaluation.ts';
import {programName} from './program-name.ts';
import {plainWord, readWord, type ShellWord, unknown, type Variables} from './shell-word.ts';

/** Where a command's output goes or its input comes from. */
export type ShellRedirect = {readonly writes: boolean; readonly target: ShellWord};

/** One simple command that a line can run, wherever in the line it stands. */
export type ShellCommand = {
	/** The program's name first; empty for redirects and assignments that stand alone. */
	readonly words: readonly ShellWord[];
	readonly assignments: readonly {readonly name: string; readonly value: ShellWord}[];
	readonly redirects: readonly ShellRedirect[];
	/** The text that it is fed in place: a here-document or a here-string. */
	readonly fed: ShellWord | undefined;
	/** The names of the programs whose output comes to it through pipes. */
	readonly pipedFrom: readonly string[];
	/** The names of the programs whose output became words of it. */
	readonly builtFrom: readonly string[];
	/** `carrier`: it does nothing but run others, which are listed too. `carried`: a rule for its carrier covers it. */
	readonly standing: 'own' | 'carrier' | 'carried';
};

export type ShellLine = {
	readonly commands: readonly ShellCommand[];
	/** Why the line is not understood to its last corner; there may be more commands in it than were found. */
	readonly unclear: string | undefined;
};

const charactersMax = 20_000;
const commandsMax = 500;
/** Texts within texts: `sh -c "sh -c …"`. */
const textsMax = 6;
const nestingMax = 60;

/** Characters that a shell passes on and a person does not see, or sees elsewhere. */
const deceiving = /(?![\t\n])\p{Cc}|(?! |\u{fe0f})[\p{Default_Ignorable_Code_Point}\p{Z}\p{Cf}]/u;

type Setting = {
	readonly depth: number;
	readonly nesting: number;
	readonly pipedFrom: readonly string[];
	readonly fed: ShellWord | undefined;
	readonly standing: 'own' | 'carried';
};

/**
 * Every simple command that a line of bash can run, read from its syntax tree: through pipes, lists, subshells,
 * substitutions, control flow, functions, and the programs that run others. `sure` holds the variables of which it is
 * certain what the program is given.
 */
export const readShellLine = (line: string, sure: ReadonlyMap<string, string> = new Map()): ShellLine => {
	if (line.length > charactersMax) return {commands: [], unclear: `it has more than ${charactersMax} characters`};
	const variables = {sure: keptOf(sure, line), likely: new Map<string, string>()};
	// Twice, because a variable may be set after the place where it is used, as in a loop.
	const found = readWith(line, variables);
	const {commands, unclear} = readWith(line, {...variables, likely: likelyOf(found.commands)});
	return {commands, unclear: deceiving.test(line) ? 'it holds a character that hides what it does' : unclear};
};

/** The name under which a function that calls itself is listed. */
export const forkBomb = ':(){ :|:& };:';

/** The words of a text that is one command of plain words and nothing else; undefined otherwise. */
export const plainWords = (text: string): readonly string[] | undefined => {
	const {commands, errors} = parse(text);
	const node = commands[0]?.command;
	if (errors !== undefined || commands.length !== 1 || commands[0]?.background === true) return undefined;
	if (node?.type !== 'Command' || node.name === undefined || node.prefix.length + node.redirects.length > 0)
		return undefined;
	const words = [node.name, ...node.args].map(one => (one.type === 'Word' ? readWord(one, nothingKnown) : undefined));
	return words.every(word => word?.isLiteral)
		? words.flatMap(word => (word === undefined ? [] : [word.value]))
		: undefined;
};

const nothingKnown: Variables = {sure: new Map(), likely: new Map()};

const bare: ShellCommand = {
	words: [],
	assignments: [],
	redirects: [],
	fed: undefined,
	pipedFrom: [],
	builtFrom: [],
	standing: 'own',
};

/** Those variables that the line only reads. */
const keptOf = (sure: ReadonlyMap<string, string>, line: string): ReadonlyMap<string, string> => {
	const written = line.replaceAll(/["'\\]/g, '');
	return new Map(
		[...sure].filter(
			([name]) =>
				!(name === 'PWD' && /\b(cd|pushd|popd)\b/.test(written)) &&
				!new RegExp(`(?<!\\$\\{?)\\b${name}\\b|\\$\\{${name}[^}]`).test(written),
		),
	);
};

const likelyOf = (commands: readonly ShellCommand[]): ReadonlyMap<string, string> =>
	new Map(
		commands.flatMap(({assignments}) =>
			assignments.filter(({value}) => !value.value.includes(unknown)).map(({name, value}) => [name, value.value]),
		),
	);

const reaches = (
	from: string,
	goal: string,
	calls: ReadonlyMap<string, readonly string[]>,
	seen: Set<string>,
): boolean =>
	(calls.get(from) ?? []).some(name => {
		if (name === goal) return true;
		if (seen.has(name)) return false;
		seen.add(name);
		return reaches(name, goal, calls, seen);
	});

const namesOf = (commands: readonly ShellCommand[]): readonly string[] =>
	commands.flatMap(({words: [first]}) => (first === undefined ? [] : [programName(first.value)]));

const readWith = (line: string, variables: Variables): ShellLine => {
	const commands: ShellCommand[] = [];
	const functions = new Map<string, readonly string[]>();
	let unclear: string | undefined;
	const refuse = (why: string): undefined => {
		unclear ??= why;
	};

	const word = (given: Word): ShellWord => readWord(given, variables);

	const visit = (node: SyntaxNode, at: Setting): undefined => {
		if (at.nesting > nestingMax) return refuse('it is nested too deeply');
		if (commands.length > commandsMax) return refuse(`it holds more than ${commandsMax} commands`);
		const evaluated = evaluationIn(node);
		if (evaluated !== undefined) refuse(evaluated);
		const below = {...at, nesting: at.nesting + 1};
		const rest = (): undefined => {
			forEachChild(node, child => visit(child, below));
		};
		switch (node.type) {
			case 'Script': {
				const problem = node.errors?.[0]?.message;
				if (problem !== undefined) refuse(`it is no correct line of bash (${problem})`);
				return rest();
			}
			case 'CommandExpansion':
			case 'ProcessSubstitution':
			case 'ArithmeticCommandExpansion':
				if (node.script === undefined) refuse(`${node.text} cannot be read`);
				return rest();
			case 'ParameterExpansion': {
				const {operation} = node;
				if (operation?.type === 'Unknown' || (operation?.type === 'Transform' && operation.operand.value !== 'Q'))
					refuse(`${node.text} may run what it holds`);
				return rest();
			}
			case 'Pipeline': {
				let pipedFrom = at.pipedFrom;
				for (const command of node.commands) {
					const start = commands.length;
					visit(command, {...below, pipedFrom});
					pipedFrom = [...pipedFrom, ...namesOf(commands.slice(start))];
				}
				return;
			}
			case 'Redirected': {
				const start = commands.length;
				for (const redirect of node.redirects) visit(redirect, below);
				const pipedFrom = [...at.pipedFrom, ...namesOf(commands.slice(start))];
				commands.push({...bare, redirects: redirectsOf(node.redirects), standing: at.standing});
				return visit(node.command, {...below, pipedFrom, fed: fedOf(node.redirects) ?? at.fed});
			}
			case 'For':
			case 'Select': {
				const {name, wordlist = []} = node;
				const assignments = wordlist.map(one => ({name: name.value, value: word(one)}));
				commands.push({...bare, assignments, standing: at.standing});
				return rest();
			}
			case 'Function': {
				const start = commands.length;
				rest();
				functions.set(node.name.value, namesOf(commands.slice(start)));
				return;
			}
			case 'HereDoc':
				if (node.closing === undefined) refuse('a here-document has no end');
				return rest();
			case 'Command':
				return readCommand(node, below, rest);
			default:
				return rest();
		}
	};

	const redirectsOf = (given: readonly Redirection[]): readonly ShellRedirect[] =>
		given.flatMap(redirect => {
			if (redirect.type !== 'Redirect' || redirect.target === undefined) return [];
			const target = word(redirect.target);
			// `2>&1` and `>&-` name no file.
			if (/^[<>]&$/.test(redirect.operator) && /^(\d+-?|-)$/.test(target.value)) return [];
			return [{writes: !/^<&?$/.test(redirect.operator), target}];
		});

	const fedOf = (given: readonly Redirection[]): ShellWord | undefined => {
		const last = given.findLast(redirect => redirect.type !== 'Redirect');
		if (last?.type === 'HereString') return last.target === undefined ? undefined : word(last.target);
		if (last?.type !== 'HereDoc') return undefined;
		return {...plainWord(last.body.text), isLiteral: last.body.parts === undefined};
	};

	const assignmentsOf = ({name, value, append, index}: Assignment): ShellCommand['assignments'] => {
		if (value.type === 'ArrayValue') return value.elements.map(element => ({name, value: word(element)}));
		const isWhole = append !== true && index === undefined;
		return [{name, value: isWhole ? word(value) : {...word(value), isLiteral: false}}];
	};

	/** An assignment among the words, as `export` and `declare` take it. */
	const assigningWord = (given: Assignment): ShellWord => {
		const value = given.value.type === 'ArrayValue' ? plainWord(unknown) : word(given.value);
		return {...value, text: given.text, value: `${given.name}=${value.value}`};
	};

	const readCommand = (node: Command, at: Setting, rest: () => void): undefined => {
		const start = commands.length;
		rest();
		const given = [...(node.name === undefined ? [] : [node.name]), ...node.args];
		take(
			{
				words: given.map(one => (one.type === 'Word' ? word(one) : assigningWord(one))),
				assignments: [...node.prefix, ...node.args].flatMap(one =>
					one.type === 'Assignment' ? assignmentsOf(one) : [],
				),
				redirects: redirectsOf(node.redirects),
				fed: fedOf(node.redirects) ?? at.fed,
				pipedFrom: at.pipedFrom,
				builtFrom: namesOf(commands.slice(start)),
				standing: at.standing,
			},
			at,
		);
	};

	const take = (command: ShellCommand, at: Setting): undefined => {
		const carried = carriedBy(command.words) ?? [];
		const isCarrier = at.standing === 'own' && carried.some(one => one.kind !== 'hidden' && one.needs === 'inner');
		commands.push(isCarrier ? {...command, standing: 'carrier'} : command);
		for (const one of carried) carry(command, one, at);
	};

	const carry = (command: ShellCommand, one: Carried, at: Setting): undefined => {
		if (at.depth >= textsMax) return refuse('it holds texts within texts, too many of them');
		const name = command.words[0]?.text ?? '';
		const standing = at.standing === 'carried' || (one.kind !== 'hidden' && one.needs === 'outer') ? 'carried' : 'own';
		const inner: Setting = {...at, standing, depth: at.depth + 1, nesting: at.nesting + 1};
		switch (one.kind) {
			case 'hidden':
				return refuse(one.why);
			case 'words':
				return take({...command, words: one.words, assignments: [], redirects: [], standing}, inner);
			case 'script':
				if (one.script.isLiteral) return visit(parse(one.script.value), inner);
				return refuse(`${name} runs a text that is known only when it runs`);
			case 'input':
				if (command.fed?.isLiteral === true) return visit(parse(command.fed.value), inner);
				if (command.fed !== undefined || command.pipedFrom.length > 0)
					refuse(`${name} runs what it is fed, which is known only when it runs`);
				return;
			default:
				return one satisfies never;
		}
	};

	visit(parse(line), {depth: 0, nesting: 0, pipedFrom: [], fed: undefined, standing: 'own'});
	if ([...functions.keys()].some(name => reaches(name, name, functions, new Set())))
		commands.push({...bare, words: [plainWord(forkBomb)]});
	return {commands, unclear};
};
