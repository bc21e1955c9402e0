import {systemClock} from '../engine/clock.ts';
import type {Connection, Ending, Meeting} from '../host/connect.ts';
import {wireVersion} from '../host/frame.ts';
import type {SetDown} from '../host/host-port.ts';
import {compareVersions} from './compare-versions.ts';
import type {Context} from './context.ts';
import {endingMs} from './engine-process.ts';
import {holderIn, meetEngine} from './meet-engine.ts';
import {pause} from './pause.ts';
import {Problem} from './problem.ts';
import {startEngine, type Tell} from './start-engine.ts';

type Refused = Extract<Meeting, {kind: 'refused'}>;
type Reached = Extract<Meeting, {kind: 'refused' | 'welcome'}>;

const lookEveryMs = 15;

/** An engine that was asked to retire set these down; one of this version takes them up. */
export const succeed = async (context: Context, down: readonly SetDown[], tell: Tell): Promise<Connection> => {
	const connection = await fitting(context, await startEngine(context, tell), tell);
	for (const {runId, grounds} of down) {
		const rejection = await connection.carry(runId, grounds, []);
		if (rejection !== undefined) tell(`${runId} was not taken up: ${rejection.message}`);
	}
	return connection;
};

/** Ask the engine to make room for another. What it has under way ends first, and whoever waits is told. */
export const retire = async (connection: Connection, tell: Tell): Promise<readonly SetDown[]> => {
	const {pid} = connection.engine;
	const {atWork} = await connection.status();
	if (atWork > 0)
		tell(
			`The engine (process ${pid}) finishes ${atWork === 1 ? 'one turn or call' : `${atWork} turns and calls`} first, for a minute at most. \`flotilla engine stop\` cuts that off.`,
		);
	return connection.retire();
};

const retireFor = async (
	context: Context,
	version: string,
	pid: number,
	setDown: () => Promise<readonly SetDown[]>,
	tell: Tell,
): Promise<Connection> => {
	const [theirs, ours] =
		version === context.version ? ['an older build', 'this one'] : [`flotilla ${version}`, context.version];
	tell(`An engine of ${theirs} (process ${pid}) is at work; one of ${ours} takes over its runs.`);
	// It may have ended by itself in the same moment: what it carried is then taken up all the same.
	return succeed(context, await setDown().catch(() => []), tell);
};

const refuseNewer = ({version}: Context, theirs: string, pid: number): Problem =>
	new Problem(
		`This is flotilla ${version}, and a newer engine (${theirs}, process ${pid}) is at work. Update this one, or end the engine with its own \`flotilla engine stop\`.`,
	);

/** Another version is at work: it sets its runs down, and an engine of this version takes them up. */
const takeOver = async (
	context: Context,
	{version, wire, pid, why, retire: setDown, close}: Refused,
	tell: Tell,
): Promise<Connection> => {
	try {
		if (why === 'token')
			throw new Problem(
				`An engine (process ${pid}) is at work that does not know this state folder. End that process, and try again.`,
			);
		if (wire > wireVersion) throw refuseNewer(context, version, pid);
		return await retireFor(context, version, pid, setDown, tell);
	} finally {
		close();
	}
};

/** Whether an engine is of an older version than this program, or an older build of the same one. */
const isOlder = ({version, build}: Connection['engine'], ours: Context): boolean => {
	const order = compareVersions(version, ours.version);
	if (order !== 0 || build === undefined || ours.build === undefined) return order < 0;
	return build.id !== ours.build.id && build.at < ours.build.at;
};

/** The engine that was reached, or one of this version in its place. */
const fitting = async (context: Context, reached: Reached, tell: Tell): Promise<Connection> => {
	if (reached.kind === 'refused') return takeOver(context, reached, tell);
	const {connection} = reached;
	const {version, pid} = connection.engine;
	if (!isOlder(connection.engine, context)) return connection;
	return retireFor(context, version, pid, () => retire(connection, tell), tell);
};

/**
 * The engine in the background; it is started when there is none, and replaced by one of this version when it is older.
 * `tell` hears what that takes.
 */
export const joinEngine = async (context: Context, tell: Tell): Promise<Connection> =>
	fitting(context, await startEngine(context, tell), tell);

/** How long somebody who asked an engine to retire may take to start the next one, ms. */
const successorMs = 15_000;

/** The engine after one that ended while somebody watched. Where another takes over, that one is waited for. */
export const joinNext = async (
	context: Context,
	why: Exclude<Ending, 'stopped' | 'closed'>,
	tell: Tell,
): Promise<Connection> => {
	const before = systemClock.now() + endingMs;
	let freeSince = systemClock.now();
	while (why === 'retired' && systemClock.now() < before && systemClock.now() - freeSince < successorMs) {
		const meeting = await meetEngine(context);
		if (meeting.kind === 'welcome') return meeting.connection;
		if (meeting.kind === 'refused') {
			meeting.close();
			if (meeting.wire > wireVersion) throw refuseNewer(context, meeting.version, meeting.pid);
			break;
		}
		if (holderIn(context.paths.state) !== undefined) freeSince = systemClock.now();
		await pause(lookEveryMs);
	}
	return joinEngine(context, tell);
};
