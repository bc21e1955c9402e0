import {z} from 'zod';
import type {ChildEnv} from '../workspace/child-env.ts';
import {cleanOutput, cleanText} from '../workspace/clean-text.ts';
import {type ProcessEnd, runProcess} from '../workspace/process.ts';
import type {Sandbox} from '../workspace/sandbox.ts';
import {boundOutput} from './bound-output.ts';
import {defineWorkTool} from './define-tool.ts';
import {failed} from './outcome.ts';
import type {Tool} from './tool.ts';

const keepBytes = 256 * 1024;

/**
 * Our own rather than the SDK's `bash`: that one spawns by itself, keeps one shell for all calls whose state nobody
 * sees, and inherits our whole environment. What confines a command is the sandbox, if there is one; its effect is
 * always `run` and it is weighed without places.
 */
export const createRunCommand = (env: ChildEnv, sandbox: Pick<Sandbox, 'wrap'>): Tool =>
	defineWorkTool({
		name: 'run_command',
		input: z.strictObject({
			command: z.string().min(1).max(20_000),
			timeout_seconds: z.int().min(1).max(1800).default(120),
		}),
		weigh: async ({command}, site) => ({
			effect: 'run',
			preview: {
				title: cleanText(`Run ${command.length > 80 ? `${command.slice(0, 80)}…` : command}`.replaceAll('\n', ' ⏎ ')),
				body: cleanText(command),
				format: 'command',
			},
			places: [],
			subject: {kind: 'command', line: command, root: site.root, outputs: site.outputs},
		}),
		run: async ({command, timeout_seconds}, site) => {
			const order = {
				command,
				root: site.root,
				writable: [site.outputs],
				env: {
					...env,
					TERM: 'dumb',
					NO_COLOR: '1',
					PAGER: 'cat',
					GIT_PAGER: 'cat',
					GIT_TERMINAL_PROMPT: '0',
					OUTPUTS: site.outputs,
				},
				mayReach: site.mayReach,
				namesHost: site.namesHost,
			};
			const wrapped = await sandbox.wrap(order).catch((error: unknown) => String(error));
			if (typeof wrapped === 'string')
				return failed(cleanText(`The command was not run, because its sandbox could not be set up: ${wrapped}`));
			const result = await runProcess({
				command: wrapped.command,
				args: wrapped.args,
				cwd: wrapped.cwd,
				env: wrapped.env,
				mark: site.mark,
				timeoutMs: timeout_seconds * 1000,
				abort: site.abort,
				keepBytes,
				stderr: 'joined',
				onOutput: text => site.onOutput(cleanOutput(text)),
			});
			const {head, tail, lostBytes} = result.stdout;
			const output = cleanOutput(lostBytes === 0 ? head : `${head}\n[… ${lostBytes} bytes let go …]\n${tail}`);
			const bounded = boundOutput(site.redact(output), {
				keep: 'ends',
				rest: 'Run it again with its output cut by head, tail or grep, or written to a file that you read in parts.',
			});
			const refusals = wrapped.explain(output);
			await wrapped.release();
			const seconds = (result.durationMs / 1000).toFixed(1);
			const text = [
				bounded === '' || bounded.endsWith('\n') ? bounded : `${bounded}\n`,
				refusals === undefined ? '' : `[${cleanText(refusals)}]\n`,
				`[${endWords(result.end, timeout_seconds)} after ${seconds} s]`,
			].join('');
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
