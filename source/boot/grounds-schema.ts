import {z} from 'zod';
import type {Grounds} from './grounds.ts';

const text = z.string();
/** What is undefined is left out on the way. */
const textOrNothing: z.ZodType<string | undefined> = text.optional();

/** Grounds as they come over the wire. */
export const groundsSchema: z.ZodType<Grounds> = z.strictObject({
	lanes: z.array(
		z.discriminatedUnion('kind', [
			z.strictObject({
				kind: z.literal('messages'),
				name: text,
				apiKey: text,
				keyName: text,
				baseUrl: textOrNothing,
			}),
			z.strictObject({kind: z.literal('offline'), name: z.literal('offline')}),
		]),
	),
	childEnvironment: z.record(text, text),
	secrets: z.array(z.strictObject({name: text, value: text})),
	watched: z.boolean(),
});
