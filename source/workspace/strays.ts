import {readFileSync} from 'node:fs';
import {readdir, readFile} from 'node:fs/promises';

/** The variable by which a process and all its descendants say to whose call they belong. */
export const markName = 'FLOTILLA_MARK';

/** A process as it was seen: the number alone may by now be somebody else's. */
export type Seen = {readonly pid: number; readonly bornTick: string};

/** Looks before those that were asked to end are killed: some tenths of a second, longer on a busy machine. */
const graceLooks = 40;
/** Looks before giving up on what cannot even be killed, such as a process that waits for a dead network disk. */
const looksMax = 400;

/**
 * Ends every process that carries a mark of ours and every one of `known` that still lives: each is asked, then
 * killed, again and again until two looks in a row find none, since a process in the middle of starting another
 * program shows no environment. Answers how many there were. Where there is no /proc, there are none.
 *
 * Out of reach is a process that cleared its environment and was cut off from its parents before anybody looked.
 */
export const endStrays = async (isMark: (mark: string) => boolean, known: readonly Seen[] = []): Promise<number> => {
	const asked = new Set<string>();
	for (let look = 0, quiet = 0; look < looksMax && quiet < 2; look++) {
		const found = [...(await markedProcesses(isMark)), ...known].filter(isAlive);
		quiet = found.length === 0 ? quiet + 1 : 0;
		for (const process of found) {
			const name = `${process.pid} ${process.bornTick}`;
			if (!asked.has(name)) signal(process, 'SIGTERM');
			else if (look >= graceLooks) signal(process, 'SIGKILL');
			asked.add(name);
		}
		if (found.length > 0) await new Promise(resolve => setImmediate(resolve));
	}
	return asked.size;
};

/**
 * Ends what an engine left behind that was itself killed: every process whose mark begins with one of `prefixes`,
 * such as a run's id. To be called by whoever holds the lock on the state folder, so that no living engine's are among them.
 */
export const sweepStrays = (prefixes: readonly string[]): Promise<number> =>
	endStrays(mark => prefixes.some(prefix => mark.startsWith(prefix)));

/** The children of a process and theirs, whatever their environment says. Read at once, before any of them is gone. */
export const descendantsOf = (pid: number): Seen[] => {
	const children = readNow(`/proc/${pid}/task/${pid}/children`)?.trim().split(' ') ?? [];
	return children
		.filter(child => child !== '')
		.map(Number)
		.flatMap(child => {
			const bornTick = bornTickOf(child);
			return bornTick === undefined ? [] : [{pid: child, bornTick}, ...descendantsOf(child)];
		});
};

const markedProcesses = async (isMark: (mark: string) => boolean): Promise<Seen[]> => {
	const names = await readdir('/proc').catch(() => []);
	const pids = names.map(Number).filter(pid => Number.isInteger(pid) && pid !== process.pid);
	const found = await Promise.all(
		pids.map(async pid => {
			// Another user's processes do not show theirs.
			const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
			const line = environment.split('\0').find(variable => variable.startsWith(`${markName}=`));
			if (line === undefined) return [];
			const mark = Buffer.from(line.slice(markName.length + 1), 'latin1').toString('utf8');
			const bornTick = isMark(mark) ? bornTickOf(pid) : undefined;
			return bornTick === undefined ? [] : [{pid, bornTick}];
		}),
	);
	return found.flat();
};

const isAlive = ({pid, bornTick}: Seen): boolean => bornTickOf(pid) === bornTick;

/** When a process began, in the kernel's count; undefined when it is gone, or is dead and only waits to be reaped. */
const bornTickOf = (pid: number): string | undefined => {
	// The program's name stands in brackets and may hold anything.
	const fields = readNow(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ');
	return fields === undefined || fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
};

const readNow = (file: string): string | undefined => {
	try {
		return readFileSync(file, 'latin1');
	} catch {
		return undefined;
	}
};

const signal = ({pid}: Seen, name: 'SIGTERM' | 'SIGKILL'): void => {
	try {
		process.kill(pid, name);
	} catch {
		// It ended between the look and the signal.
	}
};
