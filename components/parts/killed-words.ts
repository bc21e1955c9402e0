/** `killed by the person`, `killed: it went in circles`: some reasons say by themselves what became of the agent. */
export const killedWords = (word: 'killed' | 'Killed', reason: string): string => {
	if (reason === '') return `${word}.`;
	return reason.startsWith('killed') ? `${word}${reason.slice('killed'.length)}` : `${word}: ${reason}`;
};
