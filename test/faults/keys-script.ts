import type {PlanDraft} from '../../source/domain/plan.ts';
import type {ParsedRequest} from '../support/stand-in/parsed-request.ts';
import type {ScriptBlock} from '../support/stand-in/reply.ts';
import {fleetPlan} from '../support/stand-in/scripts/fleet.ts';
import type {Script} from '../support/stand-in/server.ts';
import {markOf} from './invariants-fleet.ts';

const words = [
	'Some plain words of a reply.\n',
	'# A heading\n\n- with *a list*\n- and `code`\n\n```ts\nconst a = 1;\n```\n',
	'日本語 and 👩‍👩‍👧 and a tab\there.\n',
	'\u001b[31mcodes\u001b[0m \u001b]0;title\u0007 and \u009b2J more\n',
	'| a | b |\n|---|---|\n| 1 | 2 |\n',
	`${'long '.repeat(80)}\n`,
] as const;

/** Calls of a tool in one turn. */
type Deed = {readonly tool: string; readonly inputs: (n: number) => readonly unknown[]};

/** What agents do in turn, each as far as it has the tools. Two calls at once are two requests that are like each other. */
const deeds: readonly Deed[] = [
	{tool: 'glob', inputs: () => [{pattern: '**/*.md'}]},
	{tool: 'write_file', inputs: n => [{path: 'notes.md', content: `# Notes\n\nWritten with reply ${n}.\n`}]},
	{tool: 'ask_person', inputs: () => [{question: 'Which of them?', choices: ['this', 'that']}]},
	{
		tool: 'run_command',
		inputs: () => [{command: 'ls -la | head -3; echo done > made.txt'}, {command: 'echo more > more.txt'}],
	},
	{tool: 'read_file', inputs: () => [{path: 'README.md'}]},
	{tool: 'report_blocker', inputs: () => [{problem: 'There is no key.', tried: 'Looked for one.'}]},
	{tool: 'run_command', inputs: () => [{command: 'rm -rf build && git push --force'}]},
];

/** After so many turns an agent has done its part, so that those behind it begin. */
const turnsMax = 9;

const finished = (status: string): ScriptBlock => ({
	type: 'tool_use',
	name: 'finish_step',
	input: {status, summary: 'That is all.', findings: ['A finding.'], produced: [], risks: ['A risk.']},
});

/** A scout and two analysts at once; what they find goes to a writer and a reviewer. */
const plan: PlanDraft = {
	...fleetPlan,
	steps: fleetPlan.steps.map(step => (step.role === 'analyst' ? {...step, dependsOn: []} : step)),
};

const deedOf = (request: ParsedRequest, n: number): readonly ScriptBlock[] => {
	// Who is to help with a blocker cannot either: then the person is asked.
	if (request.system.includes('# Your role: manager')) return [finished('FAIL')];
	if (request.turns >= turnsMax && request.tools.has('finish_step')) return [finished('UNVERIFIED')];
	const able = deeds.filter(({tool}) => request.tools.has(tool));
	// Whoever begins does something else than those who have begun before.
	const first = n % Math.max(1, able.length);
	const deed = able[(request.turns === 0 ? first : request.turns) % Math.max(1, able.length)];
	if (deed === undefined) return [];
	return deed.inputs(n).map((input): ScriptBlock => ({type: 'tool_use', name: deed.tool, input}));
};

/**
 * A model that keeps a window busy: every kind of text and every kind of request, slowly enough to be watched. Each
 * reply carries the mark of its request, by which its turn is found among the bills.
 */
export const busyScript: Script = (request, n) => {
	if (request.schema !== undefined) {
		const steps = plan.steps.map(step => ({...step, acceptance: [...step.acceptance, markOf(n)]}));
		return {blocks: [{type: 'text', text: JSON.stringify({...plan, steps})}]};
	}
	const text = words.map((_, i) => words[(n + i) % words.length]).join('');
	return {
		blocks: [{type: 'text', text: `${markOf(n)}\n${text}`}, ...deedOf(request, n)],
		deltaSize: 12,
		pace: {deltasPerSecond: 60},
	};
};
