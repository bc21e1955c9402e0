/** The title of the terminal says how many requests wait, also when the window is behind others. */
export const titleOf = (waiting: number): string =>
	`\u001b]2;${waiting === 0 ? 'flotilla' : `flotilla: ${waiting} ${waiting === 1 ? 'waits' : 'wait'} for you`}\u0007`;

export const saveTitle = '\u001b[22;2t';
export const restoreTitle = '\u001b[23;2t';
