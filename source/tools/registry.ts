import type {CallEffect, ControlAct, Preview, Verdict} from '../domain/call.ts';
import type {PermissionQuestion, Weigh} from '../policy/permission.ts';
import type {Subject} from '../policy/rule-match.ts';
import type {ChildEnv} from '../workspace/child-env.ts';
import {cleanText} from '../workspace/clean-text.ts';
import {createGit} from '../workspace/git.ts';
import type {Sandbox} from '../workspace/sandbox.ts';
import {createAskPerson} from './ask-person.ts';
import {createCountLines} from './count-lines.ts';
import {createDelegate} from './delegate.ts';
import {createEditFile} from './edit-file.ts';
import {type After, createFetchUrl} from './fetch-url.ts';
import {createFinishStep} from './finish-step.ts';
import {createGlob} from './glob.ts';
import {createGrep} from './grep.ts';
import {createInTurn} from './in-turn.ts';
import {createListDir} from './list-dir.ts';
import {failed} from './outcome.ts';
import {createReadFile} from './read-file.ts';
import {createReportBlocker} from './report-blocker.ts';
import {createRunCheck} from './run-check.ts';
import {createRunCommand} from './run-command.ts';
import type {PreparedCall, Site, Tool, ToolOutcome} from './tool.ts';
import {createWriteFile} from './write-file.ts';

/** Tools by name, in the order in which models are told of them: a stable order keeps the prompt cache. */
export type Tools = ReadonlyMap<string, Tool>;

/** All tools there are. Roles name those that their agents may call; `pickTools` narrows to them. */
export const createTools = ({
	env,
	sandbox,
	after,
}: {
	readonly env: ChildEnv;
	readonly sandbox: Pick<Sandbox, 'wrap'>;
	readonly after: After;
}): Tools => {
	const git = createGit(env);
	const inTurn = createInTurn();
	const runCommand = createRunCommand(env, sandbox);
	const tools = [
		createReadFile(),
		createListDir(),
		createGlob(git),
		createGrep(git),
		createCountLines(git),
		createWriteFile(inTurn),
		createEditFile(inTurn),
		runCommand,
		createRunCheck(runCommand),
		createFetchUrl(after),
		createDelegate(),
		createReportBlocker(),
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
	/** The rule by which a person could allow this call and those like it; undefined when there is none. */
	readonly grant: string | undefined;
	/** Set when the call cannot work whatever a person says: an unknown tool, input that does not fit, no such text. */
	readonly problem: string | undefined;
};

/** What was decided in advance, and who calls. */
type Standpoint = Pick<PermissionQuestion, 'mode' | 'rules' | 'grants' | 'agentId' | 'sandboxed'>;

/**
 * What a call would do and whether it may. A call that cannot work is denied with words that the model can act on,
 * so that nobody is asked about it and nothing can run under a verdict that was never reached.
 */
export const weighCall = async (order: CallOrder & Standpoint & {readonly weigh: Weigh}): Promise<WeighedCall> => {
	const {name, site, weigh, mode, rules, grants, agentId, sandboxed} = order;
	const call = prepare(order);
	const standpoint = {mode, rules, grants, agentId, sandboxed};
	const about = {...standpoint, tool: name, holdsRedaction: holdsRedaction(order.input)};
	switch (call.kind) {
		case 'problem':
			return {
				effect: 'control',
				verdict: {kind: 'deny', rule: call.words},
				preview: {title: cleanText(name), body: call.words, format: 'text'},
				control: undefined,
				grant: undefined,
				problem: call.words,
			};
		case 'control':
			return {
				...weigh({...about, effect: 'control', places: [], subject: {kind: 'none'}}),
				preview: call.preview,
				control: call.act,
				problem: undefined,
			};
		case 'work': {
			const {effect, preview, places, subject, problem} = await call.weigh(site);
			const refusals = places.flatMap(place => ('words' in place ? [place.words] : []));
			const shown = places.flatMap(place => ('words' in place ? [] : [place.shown]));
			const ofPlaces: Subject = shown.length > 0 ? {kind: 'paths', shown} : {kind: 'none'};
			const weighed = weigh({
				...about,
				effect,
				places: places.map(place => place.kind),
				subject: subject ?? ofPlaces,
			});
			const {verdict} = weighed;
			const said = {...weighed, preview, control: undefined, problem: undefined};
			if (verdict.kind === 'deny')
				return {...said, verdict: {...verdict, rule: cleanText([verdict.rule, ...refusals].join(' '))}};
			if (problem !== undefined) return {...said, verdict: {kind: 'deny', rule: problem}, grant: undefined, problem};
			return {...said, verdict: {...verdict, rule: cleanText(verdict.rule)}};
		}
		default:
			return call satisfies never;
	}
};

/** Whether a model repeats the mark that stands in the place of a secret. */
const holdsRedaction = (input: unknown): boolean => /\[redacted:/i.test(JSON.stringify(input) ?? '');

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
