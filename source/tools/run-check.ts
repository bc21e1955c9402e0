import {z} from 'zod';
import {checkTool} from '../domain/call.ts';
import {cleanText} from '../workspace/clean-text.ts';
import {defineTool} from './define-tool.ts';
import type {Tool} from './tool.ts';

/** A whole test suite may take longer than a command of an agent. */
const timeoutSeconds = 900;

/**
 * A check of the project, which Flotilla itself calls when an agent reports a step: the same command in the same
 * sandbox as the agent's own. No role has it, so no model is offered it.
 */
export const createRunCheck = (runCommand: Tool): Tool =>
	defineTool(
		{
			name: checkTool,
			input: z.strictObject({name: z.string().min(1).max(200), command: z.string().min(1).max(4000)}),
		},
		({name, command}) => {
			const call = runCommand.prepare({command, timeout_seconds: timeoutSeconds});
			if (call.kind !== 'work') return call;
			return {
				...call,
				weigh: async site => {
					const weight = await call.weigh(site);
					return {...weight, preview: {...weight.preview, title: cleanText(`Check ${name}: ${command}`)}};
				},
			};
		},
	);
