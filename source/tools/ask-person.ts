import {z} from 'zod';
import {cleanText} from '../workspace/clean-text.ts';
import {defineControlTool} from './define-tool.ts';
import type {Tool} from './tool.ts';

export const createAskPerson = (): Tool =>
	defineControlTool({
		name: 'ask_person',
		input: z.strictObject({
			question: z.string().min(1).max(4000),
			choices: z.array(z.string().min(1).max(200)).max(9).default([]),
		}),
		act: ({question, choices}) => ({
			kind: 'ask',
			question: cleanText(question),
			choices: choices.map(cleanText),
		}),
		preview: ({question}) => ({title: 'Ask the person', body: cleanText(question), format: 'text'}),
	});
