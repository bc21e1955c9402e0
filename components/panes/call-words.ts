import {claimWords} from '../parts/claim-words.ts';

/** A call as a person reads it: beside the tool's name, and below it line by line. */
export type CallWords = {
	readonly input: string;
	readonly detail: string;
	/** Whether the detail was written for a person. */
	readonly tells: boolean;
};

type Input = Readonly<Record<string, unknown>>;

const isInput = (value: unknown): value is Input =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(textOf) : []);

/** The first line stands beside the name, the others below it with what else there is to say. */
const split = (text: string, more: readonly string[]): CallWords => {
	const [input = '', ...rest] = text.trim().split('\n');
	return {input, detail: [...rest, ...more].join('\n'), tells: true};
};

const reportWords = ({status, summary, findings, produced, risks}: Input): CallWords | undefined =>
	typeof status === 'string' && typeof summary === 'string'
		? split(`${claimWords(status)}: ${summary.trim()}`, [
				...listOf(findings).map(text => `- ${text}`),
				...listOf(produced).map(path => `written: ${path}`),
				...listOf(risks).map(text => `risk: ${text}`),
			])
		: undefined;

const questionWords = ({question, choices}: Input): CallWords | undefined =>
	typeof question === 'string'
		? split(
				question,
				listOf(choices).map((text, i) => `${i + 1}. ${text}`),
			)
		: undefined;

/** The input on one line: its only or telling value alone, several as `name: value`. */
const inputText = (input: unknown): string => {
	if (typeof input !== 'object' || input === null) return String(input ?? '');
	const entries = Object.entries(input).map(([name, value]): readonly [string, string] => [name, textOf(value)]);
	const [first] = entries;
	if (first === undefined) return '';
	return entries.length === 1 ? first[1] : entries.map(([name, value]) => `${name}: ${value}`).join('  ');
};

/** The field that says most of a tool's input: what it does, or to what. */
const tellingFields = ['command', 'path', 'pattern', 'url', 'objective'] as const;

/** What fits beside the name of a tool, characters. */
const shortMax = 60;

const toolWords = (input: unknown): CallWords => {
	const first = isInput(input) ? tellingFields.find(name => typeof input[name] === 'string') : undefined;
	if (first === undefined || !isInput(input)) return {input: inputText(input), detail: '', tells: false};
	const [head = '', ...rest] = textOf(input[first]).trim().split('\n');
	const others = Object.entries(input)
		.filter(([name]) => name !== first)
		.map(([name, value]) => ({name, text: textOf(value)}));
	const isShort = ({text}: {readonly text: string}): boolean => text.length <= shortMax && !text.includes('\n');
	return {
		input: [head, ...others.filter(isShort).map(({name, text}) => `${name}: ${text}`)].join('  '),
		detail: [...rest, ...others.filter(one => !isShort(one)).map(({name, text}) => `${name}:\n${text}`)].join('\n'),
		tells: false,
	};
};

/** The words for a call. The input is what the model sent, whatever that was. */
export const callWords = (tool: string, input: unknown): CallWords => {
	const told = !isInput(input)
		? undefined
		: tool === 'finish_step'
			? reportWords(input)
			: tool === 'ask_person'
				? questionWords(input)
				: undefined;
	return told ?? toolWords(input);
};
