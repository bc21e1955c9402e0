import type {Assignment, SyntaxNode, TestExpression} from 'unbash';
import type {ShellCommand} from './shell-line.ts';
import {unknown} from './shell-word.ts';

const number = /^[-+ ]*(\d+|0[xX][\da-fA-F]+) *$/;
const subscript = /^(@|\*|[-+ ]*\d+)$/;
const plainName = /^[A-Za-z_]\w*$/;

/** Variables whose values the shell takes for arithmetic when they are set. */
const integers = /^(RANDOM|SRANDOM|SECONDS|LINENO|OPTIND|OPTERR|HISTCMD|EPOCH\w+|BASHPID|BASH_SUBSHELL)$/;

/**
 * Why the shell would evaluate something in this part of a line; undefined when it would not, or it is a plain number.
 * In arithmetic a name stands for a text that is evaluated in turn, and a subscript in that text may run any program:
 * `x='a[$(rm y)]'; ((x))`. So whatever is no plain number is not understood.
 */
export const evaluationIn = (node: SyntaxNode): string | undefined => {
	const arithmetic = (text: string): string => `${text} is arithmetic, which may run what its names hold`;
	switch (node.type) {
		case 'ArithmeticWord':
			return number.test(node.value) ? undefined : arithmetic(node.value);
		case 'ArithmeticCommandExpansion':
			return arithmetic(node.text);
		case 'ArithmeticExpansion':
			return node.expression === undefined ? arithmetic(node.text) : undefined;
		case 'ArithmeticCommand':
			return node.expression === undefined ? arithmetic(node.body) : undefined;
		case 'ParameterExpansion': {
			const {prefix, index, operation, text} = node;
			const words = [
				...(index === undefined || subscript.test(index.text) ? [] : [index]),
				...(operation?.type === 'Slice' ? [operation.offset, operation.length] : []).filter(
					word => word !== undefined && !number.test(word.text),
				),
			];
			return prefix === '!' || words.length > 0 ? arithmetic(text) : undefined;
		}
		case 'Assignment':
			return isEvaluated(node) ? arithmetic(node.text) : undefined;
		case 'FileDescriptorVariable':
			return plainName.test(node.name) ? undefined : arithmetic(`{${node.name}}`);
		case 'TestUnary':
		case 'TestBinary':
			return testEvaluation(node) ? arithmetic('[[ … ]]') : undefined;
		default:
			return undefined;
	}
};

const isEvaluated = ({value, index}: Assignment): boolean =>
	(index !== undefined && !subscript.test(index.text)) ||
	(value.type === 'ArrayValue' &&
		value.elements.some(({value: element}) => /^\[(?!\d+\]\+?=)/.test(element) && element.includes(']')));

const testEvaluation = (node: Extract<TestExpression, {type: 'TestUnary' | 'TestBinary'}>): boolean =>
	node.type === 'TestUnary'
		? /^-[vR]$/.test(node.operator) && !plainName.test(node.operand.text)
		: /^-(eq|ne|lt|le|gt|ge)$/.test(node.operator) &&
			![node.left, node.right].every(({text}) => number.test(text.replace(/^(["'])(.*)\1$/, '$2')));

/** What the shell's own programs do with names: they evaluate the subscripts in them, quoted or not. */
const takesNames = /^(test|\[|read|unset|export|readonly|declare|typeset|local|printf|mapfile|readarray|getopts|wait)$/;

/** A subscript in which a program stands: nobody gives one but to have it run. */
const runsInBrackets = /[A-Za-z_]\w*\[[^\]]*(\$\(|`|[<>]\()/;

/** Why the shell would evaluate a word of a command or a value that it sets; undefined when it would not. */
export const evaluationBy = (
	{words, assignments}: ShellCommand,
	name: string,
	values: readonly string[],
): string | undefined => {
	const isSet = assignments.some(
		({name: variable, value}) =>
			/[A-Za-z_]\w*\[/.test(value.value) || (integers.test(variable) && !number.test(value.value)),
	);
	if (isSet) return 'a variable is given a text that the shell may run when it is counted with';
	return words.some(({value}) => runsInBrackets.test(value)) || evaluatesWords(name, values)
		? `${name} is given a name in which the shell may run a command`
		: undefined;
};

/**
 * Whether a program of the shell would evaluate one of these words: a name with a subscript, a name that is known only
 * when the line runs, a variable that is declared a number.
 */
const evaluatesWords = (name: string, values: readonly string[]): boolean => {
	if (name === 'let') return true;
	if (!takesNames.test(name)) return false;
	switch (name) {
		case 'test':
		case '[':
			return values.some((value, index) => /^-[vR]$/.test(values[index - 1] ?? '') && !plainName.test(value));
		case 'printf':
			return values[0]?.startsWith('-v') === true && !plainName.test(values[0].slice(2) || (values[1] ?? ''));
		default:
			return values.some(value => {
				const named = value.split('=')[0] ?? '';
				const declares = /^(declare|typeset|local|readonly)$/.test(name) && /^[-+]\w*[inaA]/.test(value);
				return declares || /\[/.test(value) || named.includes(unknown) || integers.test(named.replace(/\+$/, ''));
			});
	}
};
