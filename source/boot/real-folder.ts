import {findFolder} from './find-folder.ts';
import {Problem} from './problem.ts';

/** The person's folder as a real path; a problem when it is none. */
export const realFolder = (typed: string, home: string): string => {
	const found = findFolder(typed, process.cwd(), home);
	if ('problem' in found) throw new Problem(`${found.problem} Name one with --dir.`);
	return found.dir;
};
