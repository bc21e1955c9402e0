import type {Reply} from '../test/support/stand-in/reply.ts';
import {startStandIn} from '../test/support/stand-in/server.ts';

/**
 * A model, in a process of its own: an agent makes one call of a tool a turn, with so many deltas for its text and the
 * call together, and reports in its last turn.
 */
const [turns = '10', deltas = '200', deltasPerSecond = '100'] = process.argv.slice(2);
const pace = {deltasPerSecond: Number(deltasPerSecond)};
const words = 'some words ';
const report = {status: 'UNVERIFIED', summary: 'done', findings: [], produced: [], risks: []};

const turn = (name: string, input: object): Reply => {
	const deltasOfInput = Math.ceil(JSON.stringify(input).length / words.length);
	const text = words.repeat(Math.max(0, Number(deltas) - deltasOfInput));
	return {
		blocks: [
			{type: 'text', text},
			{type: 'tool_use', name, input},
		],
		deltaSize: words.length,
		pace,
	};
};

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
		return isLast ? turn('finish_step', report) : turn('list_dir', {path: `d${request.turns % 3}`});
	},
});
console.log(server.url);
