/** A figure with the most it may be. */
export type Goal = {readonly what: string; readonly value: number; readonly most: number; readonly unit: string};

const figure = ({value, unit}: Goal): string => value.toFixed(unit === '×' ? 2 : 0);

/** Prints figures beside their goals; true when all are met. A figure that could not be taken is not met. */
export const reportGoals = (title: string, goals: readonly Goal[], beside: string): boolean => {
	const isMet = ({value, most}: Goal): boolean => value <= most;
	console.log(title);
	for (const goal of goals)
		console.log(
			`  ${isMet(goal) ? 'met   ' : 'MISSED'} ${goal.what}: ${figure(goal)} ${goal.unit} (goal ${goal.most})`,
		);
	console.log(`  beside it: ${beside}`);
	return goals.every(isMet);
};
