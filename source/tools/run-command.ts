import {z} from 'zod';
import type {ChildEnv} from '../workspace/child-env.ts';
import {cleanOutput, cleanText} from '../workspace/clean-text.ts';
import {type ProcessEnd, runProcess} from '../workspace/process.ts';
import {boundOutput} from './bound-output.ts';
import {defineWorkTool} from './define-tool.ts';
import type {Tool} from './tool.ts';

const keepBytes = 256 * 1024;

/**
 * Our own rather than the SDK's `bash`: that one spawns by itself, keeps one shell for all calls whose state nobody
 * sees, and inherits our whole environment. Nothing confines a command here either, so its effect is always `run`
 * and it is weighed without places.
 */
export const createRunCommand = (env: ChildEnv): Tool =>
	defineWorkTool({
		name: 'run_command',
		input: z.strictObject({
			command: z.string().min(1).max(20_000),
			timeout_seconds: z.int().min(1).max(1800).default(120),
		}),
		weigh: async ({command}) => ({
			effect: 'run',
			preview: {
				title: cleanText(`Run ${command.length > 80 ? `${command.slice(0, 80)}…` : command}`.replaceAll('\n', ' ⏎ ')),
				body: cleanText(command),
				format: 'command',
			},
			places: [],
		}),
		run: async ({command, timeout_seconds}, site) => {
			const result = await runProcess({
				command: 'bash',
				args: ['-c', command],
				cwd: site.root,
				env: {
					...env,
					TERM: 'dumb',
					NO_COLOR: '1',
					PAGER: 'cat',
					GIT_PAGER: 'cat',
					GIT_TERMINAL_PROMPT: '0',
					OUTPUTS: site.outputs,
				},
				timeoutMs: timeout_seconds * 1000,
				abort: site.abort,
				keepBytes,
				stderr: 'joined',
				onOutput: text => site.onOutput(cleanOutput(text)),
			});
			const {head, tail, lostBytes} = result.stdout;
			const output = cleanOutput(lostBytes === 0 ? head : `${head}\n[… ${lostBytes} bytes let go …]\n${tail}`);
			const bounded = boundOutput(output, {
				keep: 'ends',
				rest: 'Run it again with its output cut by head, tail or grep, or written to a file that you read in parts.',
			});
			const seconds = (result.durationMs / 1000).toFixed(1);
			const text = `${bounded}${bounded === '' || bounded.endsWith('\n') ? '' : '\n'}[${endWords(result.end, timeout_seconds)} after ${seconds} s]`;
			return {text, isError: result.end.kind !== 'exited' || result.end.code !== 0, touched: []};
		},
	});

const endWords = (end: ProcessEnd, timeoutSeconds: number): string => {
	switch (end.kind) {
		case 'exited':
			return `exit code ${end.code}`;
		case 'signalled':
			return `ended by ${end.signal}`;
		case 'timed_out':
			return `ended because it took longer than ${timeoutSeconds} s; set timeout_seconds if it needs more`;
		case 'aborted':
			return 'stopped from outside';
		case 'not_started':
			return `not started: ${cleanText(end.reason)}`;
		default:
			return end satisfies never;
	}
};
