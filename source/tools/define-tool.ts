import {z} from 'zod';
import type {ControlAct, Preview} from '../domain/call.ts';
import type {CallWeight, InputSchema, Site, Tool, ToolOutcome} from './tool.ts';
import {readWords} from './words.ts';

/** A tool that acts on the world. Its description is read from its `.md`. */
export const defineWorkTool = <Input>(definition: {
	readonly name: string;
	readonly input: z.ZodType<Input>;
	readonly weigh: (input: Input, site: Site) => Promise<CallWeight>;
	readonly run: (input: Input, site: Site) => Promise<ToolOutcome>;
}): Tool =>
	defineTool(definition, input => ({
		kind: 'work',
		weigh: site => definition.weigh(input, site),
		run: site => definition.run(input, site),
	}));

/** A tool that speaks to the engine. Its description is read from its `.md`. */
export const defineControlTool = <Input>(definition: {
	readonly name: string;
	readonly input: z.ZodType<Input>;
	readonly act: (input: Input) => ControlAct;
	readonly preview: (input: Input) => Preview;
}): Tool =>
	defineTool(definition, input => ({kind: 'control', act: definition.act(input), preview: definition.preview(input)}));

/** A tool whose input has a shape, whatever is made of it. */
export const defineTool = <Input>(
	definition: {readonly name: string; readonly input: z.ZodType<Input>},
	accept: (input: Input) => ReturnType<Tool['prepare']>,
): Tool => {
	const {$schema: _, ...schema} = z.toJSONSchema(definition.input, {io: 'input'});
	return {
		name: definition.name,
		description: readWords(definition.name),
		input: schema,
		prepare: given => {
			const read = definition.input.safeParse(given);
			if (read.success) return accept(read.data);
			const problems = read.error.issues.map(issue => `${issue.path.join('.') || 'input'}: ${issue.message}`);
			return {
				kind: 'problem',
				words: `The input of ${definition.name} does not fit. ${problems.join('; ')}. Fields: ${fieldsOf(schema)}.`,
			};
		},
	};
};

const fieldsOf = (schema: InputSchema): string => {
	const required = Array.isArray(schema['required']) ? schema['required'] : [];
	return Object.entries(
		z.record(z.string(), z.looseObject({type: z.string().optional()})).parse(schema['properties'] ?? {}),
	)
		.map(([name, {type}]) => `${name} (${type ?? 'any'}, ${required.includes(name) ? 'required' : 'optional'})`)
		.join(', ');
};
