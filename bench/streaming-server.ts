import {firstOf} from '../test/support/stand-in/script.ts';
import {fleetPlan} from '../test/support/stand-in/scripts/fleet.ts';
import {startStandIn} from '../test/support/stand-in/server.ts';

/** A model, in a process of its own, that looks for files once and then speaks without end. */
const deltasPerSecond = Number(process.argv[2]);

const server = await startStandIn({
	script: firstOf([
		{
			when: ({schema}) => schema !== undefined,
			reply: () => ({blocks: [{type: 'text', text: JSON.stringify(fleetPlan)}]}),
		},
		{
			when: ({turns}) => turns === 0,
			reply: () => ({blocks: [{type: 'tool_use', name: 'glob', input: {pattern: '*'}}]}),
		},
		{
			when: () => true,
			reply: () => ({
				blocks: [{type: 'text', text: 'Some words of a long reply, and so on.\n'.repeat(5000)}],
				deltaSize: 20,
				pace: {deltasPerSecond},
			}),
		},
	]),
});
console.log(server.url);
