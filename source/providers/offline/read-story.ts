import {type AskBlock, type ToolResultBlock, textOf} from '../../domain/message.ts';
import type {ModelRequest} from '../provider.ts';
import {type Answer, keyOf} from './look.ts';

/** What came back from a call; undefined when its result is missing. */
type Taken = {readonly text: string; readonly isError: boolean} | undefined;

/** A request as the offline model understands it: what it is asked, and what it has found out so far. */
export type Story = {
	readonly role: string;
	/** The first user message: the assignment and the reports of other steps. */
	readonly opening: string;
	/** What the assignment asks for, without the reports. */
	readonly objective: string;
	/** What a person wrote since, oldest first. */
	readonly letters: readonly string[];
	/** Those of them that came after the last reply. */
	readonly newLetters: readonly string[];
	/** Names of the tools that may be called now. */
	readonly offered: ReadonlySet<string>;
	/** What was called so far, by key (see `keyOf`), and what came back. */
	readonly taken: ReadonlyMap<string, Taken>;
	/** Keys of the calls of the last reply. */
	readonly newest: ReadonlySet<string>;
	readonly callCount: number;
	readonly turns: number;
	readonly project: string | undefined;
	readonly outputs: string | undefined;
	readonly maxOutputTokens: number;
};

/** A call cut off by a person or a crash may be made again: the offline model reads, and rewrites its own report. */
const cutOff = /^(Not carried out|The outcome of this call is unknown)/;

const letterHead = 'Message from the person:\n';

const lettersOf = (blocks: readonly AskBlock[]): readonly string[] =>
	blocks.flatMap(block =>
		block.type === 'text' && block.text.startsWith(letterHead) ? [block.text.slice(letterHead.length)] : [],
	);

/** Takes off the mark that results of tools are wrapped in. */
const unwrapped = (text: string): string =>
	(/^<material [^>]*>\n([\s\S]*)\n<\/material>$/.exec(text)?.[1] ?? text).replaceAll('<\\/material', '</material');

const takenOf = ({text, isError}: ToolResultBlock): Taken => ({text: unwrapped(text), isError});

/** The assignment's own words: what stands before its acceptance, its files, its limits and the reports. */
const objectiveIn = (opening: string): string =>
	(opening.split(/\n\n(?:It is done when:|Files it is about:|You have at most |# What the steps )/)[0] ?? '')
		.replace(/^# .*\n+/, '')
		.trim();

export const readStory = ({role, system, tools, messages, maxOutputTokens}: ModelRequest): Story => {
	const [first] = messages;
	const opening = first === undefined ? '' : textOf(first.blocks).replaceAll('<\\/material', '</material');
	const results = new Map(
		messages
			.flatMap((message): readonly AskBlock[] => (message.role === 'user' ? message.blocks : []))
			.flatMap(block => (block.type === 'tool_result' ? [[block.useId, takenOf(block)] as const] : [])),
	);
	const replies = messages.filter(message => message.role === 'assistant');
	const usesOf = (reply: (typeof replies)[number]) => reply.blocks.filter(block => block.type === 'tool_use');
	const uses = replies.flatMap(usesOf);
	const last = messages.at(-1);
	const lastReply = replies.at(-1);
	const key = (use: (typeof uses)[number]): string => keyOf({tool: use.name, input: use.input});
	return {
		role,
		opening,
		objective: objectiveIn(opening),
		letters: messages.flatMap(message => (message.role === 'user' ? lettersOf(message.blocks) : [])),
		newLetters: last?.role === 'user' ? lettersOf(last.blocks) : [],
		offered: new Set(tools.map(tool => tool.name)),
		taken: new Map(
			uses.flatMap(use => {
				const result = results.get(use.useId);
				return result !== undefined && cutOff.test(result.text) ? [] : [[key(use), result] as const];
			}),
		),
		newest: new Set(lastReply === undefined ? [] : usesOf(lastReply).map(key)),
		callCount: uses.length,
		turns: replies.length,
		project: /^- Project folder: (.+)$/m.exec(system)?.[1],
		outputs: /^- Outputs folder[^:]*: (.+)$/m.exec(system)?.[1],
		maxOutputTokens,
	};
};

export const answersOf =
	({taken}: Story): Answer =>
	look => {
		const found = taken.get(keyOf(look));
		return found === undefined || found.isError ? undefined : found.text;
	};
