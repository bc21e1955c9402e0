import type {Assignment} from '../domain/agent.ts';

/** Why this is the agent's last turn, and what it must do with it. */
export const lastTurnWords = (
	assignment: Assignment | undefined,
	spent: {readonly turns: number; readonly calls: number},
): string => {
	const why =
		assignment !== undefined && spent.calls >= assignment.toolBudget
			? `you have made ${spent.calls} tool calls, which is your whole budget`
			: assignment !== undefined && spent.turns + 1 >= assignment.maxTurns
				? `your ${assignment.maxTurns} turns are used up`
				: 'a limit of the run is reached, or there is no more room in your context';
	return [
		`This is your last turn: ${why}. The only tool left is finish_step; call it now.`,
		'Report what you have reached, as it is. Name what is missing among the risks, so that others can take it up.',
	].join(' ');
};
