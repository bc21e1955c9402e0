import {systemSays} from '../support/stand-in/script.ts';
import {fleet, fleetPlan} from '../support/stand-in/scripts/fleet.ts';
import type {Script} from '../support/stand-in/server.ts';

/** A fleet whose second step, of a builder, runs one command and then reports. */
export const commandingFleet = (command: string): Script => {
	const [scout, other] = fleetPlan.steps;
	if (scout === undefined || other === undefined) throw new Error('The plan of the script has too few steps.');
	const plan = {...fleetPlan, steps: [scout, {...other, key: 'build', role: 'builder'}]};
	return fleet([
		{
			when: ({schema}) => schema !== undefined,
			reply: () => ({blocks: [{type: 'text', text: JSON.stringify(plan)}]}),
		},
		{
			when: request => systemSays('your role: builder')(request) && request.turns === 0,
			reply: () => ({blocks: [{type: 'tool_use', name: 'run_command', input: {command}}]}),
		},
	]);
};
