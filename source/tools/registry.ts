import type {CallEffect, ControlAct, Preview, Verdict} from '../domain/call.ts';
import type {PermissionMode} from '../domain/settings.ts';
import type {Weigh} from '../policy/permission.ts';
import type {ChildEnv} from '../workspace/child-env.ts';
import {cleanText} from '../workspace/clean-text.ts';
import {createGit} from '../workspace/git.ts';
import {createAskPerson} from './ask-person.ts';
import {createCountLines} from './count-lines.ts';
import {createEditFile} from './edit-file.ts';
import {createFinishStep} from './finish-step.ts';
import {createGlob} from './glob.ts';
import {createGrep} from './grep.ts';
import {createInTurn} from './in-turn.ts';
import {createListDir} from './list-dir.ts';
import {failed} from './outcome.ts';
import {createReadFile} from './read-file.ts';
import {createRunCommand} from './run-command.ts';
import type {PreparedCall, Site, Tool, ToolOutcome} from './tool.ts';
import {createWriteFile} from './write-file.ts';

/** Tools by name, in the order in which models are told of them: a stable order keeps the prompt cache. */
export type Tools = ReadonlyMap<string, Tool>;

/** All tools there are. Roles name those that their agents may call; `pickTools` narrows to them. */
export const createTools = ({env}: {readonly env: ChildEnv}): Tools => {
	const git = createGit(env);
	const inTurn = createInTurn();
	const tools = [
		createReadFile(),
		createListDir(),
		createGlob(git),
		createGrep(git),
		createCountLines(git),
		createWriteFile(inTurn),
		createEditFile(inTurn),
		createRunCommand(env),
		createAskPerson(),
		createFinishStep(),
	];
	return new Map(tools.map(tool => [tool.name, tool]));
};

/** The tools of these names; a name that no tool has is left out. */
export const pickTools = (tools: Tools, names: readonly string[]): Tools =>
	new Map([...tools].filter(([name]) => names.includes(name)));

/** What a model is told of a tool. */
export const specOf = ({name, description, input}: Tool): Pick<Tool, 'name' | 'description' | 'input'> => ({
	name,
	description,
	input,
});

export type CallOrder = {
	/** Those that the agent may call. */
	readonly tools: Tools;
	readonly name: string;
	/** As the model wrote it. */
	readonly input: unknown;
	readonly site: Site;
};

export type WeighedCall = {
	readonly effect: CallEffect;
	readonly verdict: Verdict;
	readonly preview: Preview;
	readonly control: ControlAct | undefined;
	/** Set when the call cannot work whatever a person says: an unknown tool, input that does not fit, no such text. */
	readonly problem: string | undefined;
};

/**
 * What a call would do and whether it may. A call that cannot work is denied with words that the model can act on,
 * so that nobody is asked about it and nothing can run under a verdict that was never reached.
 */
export const weighCall = async (
	order: CallOrder & {readonly mode: PermissionMode; readonly weigh: Weigh},
): Promise<WeighedCall> => {
	const {name, site, mode, weigh} = order;
	const call = prepare(order);
	switch (call.kind) {
		case 'problem':
			return {
				effect: 'control',
				verdict: {kind: 'deny', rule: call.words},
				preview: {title: cleanText(name), body: call.words, format: 'text'},
				control: undefined,
				problem: call.words,
			};
		case 'control':
			return {
				effect: 'control',
				verdict: weigh({mode, tool: name, effect: 'control', places: []}),
				preview: call.preview,
				control: call.act,
				problem: undefined,
			};
		case 'work': {
			const {effect, preview, places, problem} = await call.weigh(site);
			const verdict = weigh({mode, tool: name, effect, places: places.map(place => place.kind)});
			const refusals = places.flatMap(place => ('words' in place ? [place.words] : []));
			const said = {effect, preview, control: undefined};
			if (verdict.kind === 'deny')
				return {...said, verdict: {...verdict, rule: [verdict.rule, ...refusals].join(' ')}, problem: undefined};
			if (problem !== undefined) return {...said, verdict: {kind: 'deny', rule: problem}, problem};
			return {...said, verdict, problem: undefined};
		}
		default:
			return call satisfies never;
	}
};

/** Makes a call that was allowed. Control calls have nothing to run: the engine acts on what `weighCall` gave. */
export const runCall = async (order: CallOrder): Promise<ToolOutcome> => {
	const call = prepare(order);
	if (call.kind === 'problem') return failed(call.words);
	if (call.kind === 'control') return failed(`${order.name} speaks to the fleet and is never run.`);
	if (order.site.abort.aborted) return failed('The call was stopped before it began.');
	return call.run(order.site);
};

const prepare = ({tools, name, input}: CallOrder): PreparedCall =>
	tools.get(name)?.prepare(input) ?? {
		kind: 'problem',
		words: cleanText(`There is no tool ${JSON.stringify(name)} here. There are: ${[...tools.keys()].join(', ')}.`),
	};
