/** A call as a person reads it: beside the tool's name, and below it line by line. */
export type CallWords = {readonly head: string; readonly detail: string};

type Input = Readonly<Record<string, unknown>>;

const isInput = (value: unknown): value is Input =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(textOf) : []);

/** The first line stands beside the name, the others below it with what else there is to say. */
const split = (text: string, more: readonly string[]): CallWords => {
	const [head = '', ...rest] = text.trim().split('\n');
	return {head, detail: [...rest, ...more].join('\n')};
};

const reportWords = ({status, summary, findings, produced, risks}: Input): CallWords | undefined =>
	typeof status === 'string' && typeof summary === 'string'
		? split(`says ${status}: ${summary.trim()}`, [
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

/** The words for a call. The input is what the model sent, whatever that was. */
export const callWords = (tool: string, input: unknown): CallWords => {
	const told = !isInput(input)
		? undefined
		: tool === 'finish_step'
			? reportWords(input)
			: tool === 'ask_person'
				? questionWords(input)
				: undefined;
	return told ?? {head: inputText(input), detail: ''};
};
