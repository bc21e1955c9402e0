import type {RunId} from '../domain/id.ts';
import type {EventLog} from '../engine/event-log.ts';
import {Problem} from './problem.ts';

/** The run to take up when none is named: the newest unfinished one of this folder, else of any. */
export const findUnfinished = (log: EventLog, dir: string): RunId => {
	const unfinished = log.runs().filter(run => run.status !== 'done' && run.status !== 'stopped');
	const found = unfinished.find(run => run.dir === dir) ?? unfinished[0];
	if (found === undefined)
		throw new Problem('No run is unfinished; there is nothing to take up. `flotilla ls` lists them all.');
	return found.id;
};

/** The run a person means: its id, a beginning of it, or `last`, which is meant when nothing is named. */
export const findRun = (log: EventLog, name: string | undefined): RunId => {
	if (name === undefined || name === 'last') {
		const [newest] = log.runs();
		if (newest === undefined) throw new Problem('There are no runs yet. Start one with `flotilla run "<goal>"`.');
		return newest.id;
	}
	const fitting = log.findRuns(name);
	// A run that was made elsewhere may have an id that begins another one's.
	const exact = fitting.find(id => id === name || id === `run_${name}`);
	const found = exact === undefined ? fitting : [exact];
	const [only] = found;
	if (only === undefined) throw new Problem(`There is no run "${name}". \`flotilla ls\` lists them.`);
	if (found.length > 1)
		throw new Problem(`"${name}" fits ${found.length} runs: ${found.slice(0, 5).join(', ')}. Type more of the id.`);
	return only;
};
