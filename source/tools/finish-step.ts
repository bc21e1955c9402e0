import {z} from 'zod';
import {boundPacket} from '../domain/packet.ts';
import {cleanText} from '../workspace/clean-text.ts';
import {defineControlTool} from './define-tool.ts';
import type {Tool} from './tool.ts';

const lines = z.array(z.string()).default([]);

/** How an agent ends its step: what it says here is all that its dependants are told. */
export const createFinishStep = (): Tool =>
	defineControlTool({
		name: 'finish_step',
		input: z.strictObject({
			status: z.enum(['VERIFIED', 'UNVERIFIED', 'FAIL', 'PENDING_REVIEW']),
			summary: z.string().min(1),
			findings: lines,
			produced: lines,
			risks: lines,
		}),
		act: ({status, summary, findings, produced, risks}) => ({
			kind: 'finish',
			packet: boundPacket({
				status,
				summary: cleanText(summary),
				findings: findings.map(cleanText),
				produced: produced.map(cleanText),
				risks: risks.map(cleanText),
			}),
		}),
		preview: ({status, summary}) => ({
			title: `Finish, and call it ${status}`,
			body: cleanText(summary),
			format: 'text',
		}),
	});
