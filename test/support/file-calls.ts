import type {CallEffect, FileTouch, Preview} from '../../source/domain/call.ts';
import type {RunEvent} from '../../source/domain/event.ts';
import type {AgentId, CallId} from '../../source/domain/id.ts';

type MadeCall = {
	readonly agentId: AgentId;
	readonly tool: string;
	readonly input: unknown;
	readonly effect: CallEffect;
	readonly preview: Preview;
	readonly outcome?: 'ok' | 'unknown';
	readonly output?: string;
	readonly touched?: readonly FileTouch[];
	readonly changes?: boolean;
};

/** The events of one call, from its proposal to its end. */
const callEvents = (n: number, call: MadeCall): readonly RunEvent[] => {
	const {agentId, tool, input, effect, preview, outcome = 'ok', output = '', touched = [], changes = false} = call;
	const callId: CallId = `call_made01_9${n}`;
	const verdict = {kind: 'allow', rule: 'made'} as const;
	return [
		{type: 'call.proposed', callId, agentId, turnId: 'turn_made01_1', useId: `use_9${n}`, tool, input},
		{type: 'call.weighed', callId, agentId, effect, verdict, preview},
		{type: 'call.started', callId, agentId},
		{type: 'call.finished', callId, agentId, outcome, output, touched, changes},
	];
};

const dir = '/home/ada/harbour';
const writer: AgentId = 'agent_made01_3';
const scout: AgentId = 'agent_made01_2';

const diffOf = (file: string, hunks: readonly string[], isNew = false): string =>
	[`--- ${isNew ? '/dev/null' : file}`, `+++ ${file}`, ...hunks].join('\n');

const made = 'export const depth = 4;\n';

/** Two agents that read and write: a file read by one and changed twice by the other, a new one, a command, a doubt. */
export const fileCalls: readonly RunEvent[] = (
	[
		{
			agentId: scout,
			tool: 'read_file',
			input: {path: 'pier.ts'},
			effect: 'read',
			preview: {title: 'Read pier.ts', body: '', format: 'text'},
			output: 'pier.ts: 2 lines, 40 bytes; lines 1 to 2:\n1\tconst pier = 1;\n2\tconst rope = 2;',
			touched: [{path: `${dir}/pier.ts`, how: 'read'}],
		},
		{
			agentId: writer,
			tool: 'edit_file',
			input: {path: 'pier.ts', old_string: 'rope', new_string: 'chain'},
			effect: 'write',
			preview: {
				title: 'Edit pier.ts (+2 −1)',
				body: diffOf('pier.ts', [
					'@@ -1,2 +1,2 @@',
					' const pier = 1;',
					'-const rope = 2;',
					'+const chain = 2;',
					'@@ -40,1 +40,2 @@',
					' const end = 0;',
					'+const light = 9;',
				]),
				format: 'diff',
			},
			touched: [{path: `${dir}/pier.ts`, how: 'written'}],
			changes: true,
		},
		{
			agentId: writer,
			tool: 'edit_file',
			input: {path: 'pier.ts', old_string: '1', new_string: '7'},
			effect: 'write',
			preview: {
				title: 'Edit pier.ts (+1 −1)',
				body: diffOf('pier.ts', ['@@ -1,1 +1,1 @@', '-const pier = 1;', '+const pier = 7;']),
				format: 'diff',
			},
			touched: [{path: `${dir}/pier.ts`, how: 'written'}],
			changes: true,
		},
		{
			agentId: writer,
			tool: 'write_file',
			input: {path: 'depth.ts', content: made},
			effect: 'write',
			preview: {
				title: 'Write depth.ts (new file, +1 −0)',
				body: diffOf('depth.ts', ['@@ -0,0 +1,1 @@', `+${made.trim()}`], true),
				format: 'diff',
			},
			touched: [{path: `${dir}/depth.ts`, how: 'written'}],
			changes: true,
		},
		{
			agentId: writer,
			tool: 'write_file',
			input: {path: `${dir}/lost.ts`, content: made},
			effect: 'write',
			preview: {title: 'Write lost.ts', body: 'Replaces a file of 900 bytes that cannot be shown.', format: 'text'},
			outcome: 'unknown',
		},
		{
			agentId: writer,
			tool: 'run_command',
			input: {command: 'make all'},
			effect: 'run',
			preview: {title: 'Run make all', body: 'make all', format: 'command'},
			output: '[exit code 0 after 1.0 s]',
			changes: true,
		},
	] satisfies readonly MadeCall[]
).flatMap((call, n) => callEvents(n, call));
