import {z} from 'zod';
import {cleanText} from '../workspace/clean-text.ts';
import {defineControlTool} from './define-tool.ts';
import type {Tool} from './tool.ts';

/** How an agent says that it cannot go on: a manager tries to help once, then the person is asked. */
export const createReportBlocker = (): Tool =>
	defineControlTool({
		name: 'report_blocker',
		input: z.strictObject({
			problem: z.string().min(1).max(4000),
			tried: z.string().max(4000).default(''),
		}),
		act: ({problem, tried}) => ({kind: 'block', problem: cleanText(problem), tried: cleanText(tried)}),
		preview: ({problem}) => ({title: 'Report a blocker', body: cleanText(problem), format: 'text'}),
	});
