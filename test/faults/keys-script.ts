import type {ScriptBlock} from '../support/stand-in/reply.ts';
import {fleetPlan} from '../support/stand-in/scripts/fleet.ts';
import type {Script} from '../support/stand-in/server.ts';

const words = [
	'Some plain words of a reply.\n',
	'# A heading\n\n- with *a list*\n- and `code`\n\n```ts\nconst a = 1;\n```\n',
	'日本語 and 👩‍👩‍👧 and a tab\there.\n',
	'\u001b[31mcodes\u001b[0m \u001b]0;title\u0007 and \u009b2J more\n',
	'| a | b |\n|---|---|\n| 1 | 2 |\n',
	`${'long '.repeat(80)}\n`,
] as const;

const call = (name: string, input: unknown): readonly ScriptBlock[] => [{type: 'tool_use', name, input}];

/** What agents do in turn: read, write, run, ask, and go on for ever. */
const deeds: readonly (readonly ScriptBlock[])[] = [
	call('glob', {pattern: '**/*.md'}),
	call('read_file', {path: 'README.md'}),
	call('ask_person', {question: 'Which of them?', choices: ['this', 'that']}),
	call('write_file', {path: 'notes.md', text: '# Notes\n'}),
	call('run_command', {command: 'ls -la | head -3; echo done'}),
	call('run_command', {command: 'rm -rf build && git push --force'}),
	call('report_blocker', {what: 'There is no key.', tried: 'Looked for one.', needs: 'A key.'}),
];

/** A model that keeps a window busy: every kind of text and every kind of request, slowly enough to be watched. */
export const busyScript: Script = (request, n) => {
	if (request.schema !== undefined) return {blocks: [{type: 'text', text: JSON.stringify(fleetPlan)}]};
	const text = words.map((_, i) => words[(n + i) % words.length]).join('');
	return {
		blocks: [{type: 'text', text}, ...(deeds[n % deeds.length] ?? [])],
		deltaSize: 12,
		pace: {deltasPerSecond: 60},
	};
};
