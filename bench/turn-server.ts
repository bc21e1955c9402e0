import {startStandIn} from '../test/support/stand-in/server.ts';

/**
 * A model, in a process of its own: an agent makes one call of a tool a turn, with so many deltas of text, and reports
 * in its last turn.
 */
const [turns = '10', deltas = '200', deltasPerSecond = '100'] = process.argv.slice(2);
const pace = {deltasPerSecond: Number(deltasPerSecond)};
const text = {type: 'text', text: 'some words '.repeat(Number(deltas))} as const;
const report = {status: 'UNVERIFIED', summary: 'done', findings: [], produced: [], risks: []};

const server = await startStandIn({
	script: request => {
		if (request.schema !== undefined) {
			const step = (key: string) => ({
				key,
				title: 'Work',
				role: 'scout',
				objective: 'Look around.',
				files: [],
				acceptance: ['It reported.'],
				dependsOn: [],
				tier: 'haiku',
				toolBudget: 40,
			});
			return {blocks: [{type: 'text', text: JSON.stringify({taskType: 'analysis', steps: [step('a')]})}]};
		}
		const isLast = request.turns + 1 >= Number(turns);
		return isLast
			? {blocks: [text, {type: 'tool_use', name: 'finish_step', input: report}], deltaSize: 11, pace}
			: {
					blocks: [text, {type: 'tool_use', name: 'list_dir', input: {path: `d${request.turns % 3}`}}],
					deltaSize: 11,
					pace,
				};
	},
});
console.log(server.url);
