import {z} from 'zod';
import {cleanText} from '../workspace/clean-text.ts';
import {defineControlTool} from './define-tool.ts';
import type {Tool} from './tool.ts';

/** How an agent has another one do a part of its work; the result of the call is the other's report. */
export const createDelegate = (): Tool =>
	defineControlTool({
		name: 'delegate',
		input: z.strictObject({
			role: z.string().min(1).max(60),
			title: z.string().min(1).max(120),
			objective: z.string().min(1).max(8000),
		}),
		act: ({role, title, objective}) => ({
			kind: 'delegate',
			role,
			title: cleanText(title),
			objective: cleanText(objective),
		}),
		preview: ({role, title, objective}) => ({
			title: cleanText(`Hand on to a ${role}: ${title}`),
			body: cleanText(objective),
			format: 'text',
		}),
	});
