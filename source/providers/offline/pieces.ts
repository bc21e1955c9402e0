import type {Act} from './act.ts';

/** A bit of a reply as it is streamed. `speed` is how many times faster than words for people it comes. */
export type Piece = {readonly delta: string; readonly speed: number} & (
	| {readonly type: 'thinking' | 'text'}
	| {readonly type: 'tool_input'; readonly name: string}
);

/** Nobody reads the input of a call or a plan in JSON word by word. */
const machineSpeed = 4;
const machineCharacters = 24;

const wordsOf = (text: string): readonly string[] => text.match(/\s*\S+\s*$|\s*\S+/g) ?? [];
const chunksOf = (text: string): readonly string[] =>
	text.match(new RegExp(`[\\s\\S]{1,${machineCharacters}}`, 'gu')) ?? [];

/** A reply cut up in the order in which it is said. Joined again, the pieces are the reply. */
export const piecesOf = ({thinking, text, calls}: Act, isForMachine: boolean): readonly Piece[] => [
	...wordsOf(thinking).map((delta): Piece => ({type: 'thinking', delta, speed: 1})),
	...(isForMachine
		? chunksOf(text).map((delta): Piece => ({type: 'text', delta, speed: machineSpeed}))
		: wordsOf(text).map((delta): Piece => ({type: 'text', delta, speed: 1}))),
	...calls.flatMap(({name, input}) =>
		chunksOf(JSON.stringify(input)).map((delta): Piece => ({type: 'tool_input', name, delta, speed: machineSpeed})),
	),
];
