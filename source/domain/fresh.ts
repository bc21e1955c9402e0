import type {Fresh} from './agent.ts';
import {bytesOf, guessTokens} from './message.ts';

/** The most bytes that are said around a text: who wrote it, or which tool it comes from. */
const wrapBytes = 300;

/** What a prompt has to bring, with one more text. */
export const addText = ({tokens, bytes}: Fresh, text: string): Fresh => ({
	tokens: tokens + guessTokens(text.length),
	bytes: bytes + bytesOf(text) + wrapBytes,
});
