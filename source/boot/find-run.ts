import type {RunId} from '../domain/id.ts';
import type {EventLog} from '../engine/event-log.ts';
import {Problem} from './problem.ts';

/** The run a person means: its id, a beginning of it, or `last`, which is meant when nothing is named. */
export const findRun = (log: EventLog, name: string | undefined): RunId => {
	if (name === undefined || name === 'last') {
		const [newest] = log.runs();
		if (newest === undefined) throw new Problem('There are no runs yet. Start one with `flotilla run "<goal>"`.');
		return newest.id;
	}
	const found = log.findRuns(name);
	const [only] = found;
	if (only === undefined) throw new Problem(`There is no run "${name}". \`flotilla ls\` lists them.`);
	if (found.length > 1)
		throw new Problem(`"${name}" fits ${found.length} runs: ${found.slice(0, 5).join(', ')}. Type more of the id.`);
	return only;
};
