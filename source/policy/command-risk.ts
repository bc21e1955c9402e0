import path from 'node:path';
import {isShell} from './carried-command.ts';
import {evaluationBy} from './evaluation.ts';
import {inlineCodeRisk, isInlineCode, isInterpreter} from './inline-code.ts';
import {pathRisk} from './path-risk.ts';
import {programName} from './program-name.ts';
import {downloaders, programRisk} from './program-risk.ts';
import {onlyReads} from './reading-command.ts';
import {type Risk, type Suspect, unclear} from './risk.ts';
import {readShellLine, type ShellCommand} from './shell-line.ts';
import {reachOf} from './shell-path.ts';
import {variableRisk} from './variable-risk.ts';

/** A command of a line with what was found out about it. */
export type GradedCommand = {
	readonly command: ShellCommand;
	readonly onlyReads: boolean;
	/** It is given a program in place: only a rule for exactly this one can allow it. */
	readonly isInlineCode: boolean;
	/** Why this one may not simply run, whatever else the line holds. */
	readonly risk: Risk | undefined;
};

/** What a shell line may do. Without a risk it may do what its commands do. */
export type LineGrade = {readonly risk: Risk | undefined; readonly commands: readonly GradedCommand[]};

/**
 * Grades a line of bash that would be run in `root`. `OUTPUTS` is the variable by which commands know the outputs
 * folder; `isConfined` says whether the operating system keeps commands from what is protected. Denied risks come
 * before unclear ones, so that a line that is half understood is denied for the half that is.
 */
export const gradeLine = (
	line: string,
	{root, outputs, isConfined}: {readonly root: string; readonly outputs: string; readonly isConfined: boolean},
): LineGrade => {
	const folders = [outputs, root];
	const sure = new Map([
		['OUTPUTS', outputs],
		['PWD', root],
	]);
	const read = readShellLine(line, sure);
	const suspects = read.commands.map((command): Suspect => {
		const [first, ...args] = command.words;
		const values = args.map(word => word.value);
		return {command, name: programName(first?.value ?? ''), args, values, folders, isConfined};
	});
	const own = suspects.map(suspect => riskOf(suspect, read.commands));
	const risks = [...own.flatMap(risk => risk ?? []), ...(read.unclear === undefined ? [] : [unclear(read.unclear)])];
	const whole = wanderingRisk(suspects) ?? fetchedRisk(suspects);
	const risk = risks.find(({kind}) => kind === 'denied') ?? whole ?? risks[0];
	return {
		risk: clipped(risk),
		commands: suspects.map((suspect, i) => ({
			command: suspect.command,
			onlyReads: onlyReads(suspect),
			isInlineCode: isInlineCode(suspect.name, suspect.values),
			risk: clipped(own[i]),
		})),
	};
};

/** They quote the line, and are read by a person. */
const wordsMax = 300;

const clip = (words: string): string =>
	words.length <= wordsMax ? words : `${words.slice(0, wordsMax).toWellFormed()}…`;

const clipped = (risk: Risk | undefined): Risk | undefined =>
	risk === undefined ? undefined : {...risk, words: clip(risk.words)};

const riskOf = (suspect: Suspect, all: readonly ShellCommand[]): Risk | undefined => {
	const {command, name, values} = suspect;
	const [first] = command.words;
	const evaluated = evaluationBy(command, name, values);
	// Each may be the graver one: a denial is looked for before the first doubt is told.
	const found = [
		programRisk(suspect),
		pathRisk(suspect, all),
		variableRisk(suspect),
		inlineCodeRisk(suspect),
		first !== undefined && !first.isLiteral
			? unclear(`${first.text} runs a program whose name is known only when it runs`)
			: undefined,
		first !== undefined && !/^[\u0020-\u007e]*$/.test(first.value.replaceAll('\u0000', ''))
			? unclear(`${first.text} is no name of a program that can be trusted by its looks`)
			: undefined,
		evaluated === undefined ? undefined : unclear(evaluated),
	].filter(risk => risk !== undefined);
	return found.find(({kind}) => kind === 'denied') ?? found[0];
};

/** Programs that change what lies in the folder they are called in. */
const destroyers =
	/^(rm|rmdir|mv|cp|ln|dd|tee|touch|mkdir|chmod|chown|truncate|rsync|tar|unzip|git|find|shred|rimraf|install|sed)$/;

/** After `cd` to elsewhere every path means another one. */
const wanderingRisk = (suspects: readonly Suspect[]): Risk | undefined => {
	const wandering = suspects.find(
		({command, name, args, folders}) =>
			/^(cd|pushd)$/.test(name) &&
			(args.length === 0 || args.some(word => /^(outside|protected)$/.test(reachOf(word.value, folders)))) &&
			command.words[0]?.isLiteral,
	);
	if (wandering === undefined) return undefined;
	const where = wandering.args[0]?.text ?? 'the home folder';
	const acts = suspects.find(
		({name, command}) => destroyers.test(name) || command.redirects.some(({writes}) => writes),
	);
	return acts === undefined
		? unclear(`it leaves the project for ${where}`)
		: {
				kind: 'denied',
				words: `it leaves the project for ${where} and changes files there (${acts.name || 'a redirect'})`,
			};
};

/** Running a file that the same line has just fetched. */
const fetchedRisk = (suspects: readonly Suspect[]): Risk | undefined => {
	const fetched = suspects
		.filter(({name}) => downloaders.has(name))
		.flatMap(({command, values}) => [
			...command.redirects.filter(({writes}) => writes).map(({target}) => target.value),
			...values.filter((_, index) => /^(-[oO]|--output(-document)?)$/.test(values[index - 1] ?? '')),
			...values.filter(value => /^https?:/.test(value)).map(value => path.posix.basename(value)),
		])
		.map(file => path.posix.normalize(file));
	const run = suspects.find(({command, name, values}) => {
		const started = command.words[0]?.value ?? '';
		const words = isShell(name) || isInterpreter(name) || /^(source|\.)$/.test(name) ? values : [started];
		return !downloaders.has(name) && words.some(word => fetched.includes(path.posix.normalize(word)));
	});
	return run === undefined
		? undefined
		: {kind: 'denied', words: 'running what the same line has just downloaded is denied'};
};
