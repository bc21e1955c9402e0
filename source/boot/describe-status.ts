import {agentState} from '../../components/parts/agent-state.ts';
import {clockTime} from '../../components/parts/clock-time.ts';
import {money} from '../../components/parts/money.ts';
import {stepState} from '../../components/parts/step-state.ts';
import {toUsd} from '../domain/money.ts';
import {stepsOf} from '../domain/plan.ts';
import {openRequests, type Run} from '../domain/run.ts';
import {totalTokens} from '../domain/usage.ts';
import {firstWords, laneLines, limitLines, requestLine} from './describe-run.ts';
import {presentLane, presentLimits, presentRequest, type RunSurroundings, spentOf, spentUsd, time} from './present.ts';

/** How a run stands: the run, the number of its last event, and what is told of it from elsewhere. */
export type Standing = Omit<RunSurroundings, 'files'> & {readonly run: Run; readonly seq: number};

const tally = (words: readonly string[]): Readonly<Record<string, number>> => {
	const counts: Record<string, number> = {};
	for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
	return counts;
};

const stepTally = (run: Run) => tally(stepsOf(run.plan).map(step => stepState(run, step).word));

/** A waiting time in a state would be another state every second. */
const agentTally = (run: Run) =>
	tally(
		run.agents
			.filter(agent => !agent.retired)
			.map(agent => (agent.status.kind === 'backoff' ? 'waits to retry' : agentState(run, agent, 0).word)),
	);

/** What the run waits for, in words; undefined when it goes on by itself, or has ended. */
export const runWaitsFor = ({run, status}: Pick<Standing, 'run' | 'status'>): string | undefined => {
	const {id} = run;
	const open = openRequests(run).length;
	if (run.status.kind === 'ended') return undefined;
	if (status === 'interrupted') return `being taken up again: flotilla resume ${id}`;
	if (open > 0) return `your answer to ${open === 1 ? 'a request' : `${open} requests`}: flotilla inbox --run ${id}`;
	if (run.status.kind === 'paused')
		return run.status.by === 'person'
			? `you, who paused it: flotilla continue ${id}`
			: `you: it was paused when ${run.status.by === 'budget' ? 'a limit left no room' : 'nobody answered'}: flotilla continue ${id}`;
	const held = stepsOf(run.plan).filter(step => step.status.kind === 'held');
	if (status === 'waiting' && held.length > 0) return `you, who hold ${held.map(({key}) => key).join(', ')}`;
	if (status === 'waiting') return 'you: nobody can go on by himself';
	return status === 'paused' ? `being taken up again, or a provider: flotilla resume ${id}` : undefined;
};

/** The object of `status --json`, and a line of `watch --json`. */
export const presentStatus = (standing: Standing) => {
	const {run, seq, status, elsewhere} = standing;
	const {ledger} = run;
	return {
		version: 1,
		id: run.id,
		goal: run.goal,
		dir: run.settings.dir,
		status,
		reason: run.status.kind === 'ended' ? run.status.reason : null,
		waitsFor: runWaitsFor(standing) ?? null,
		createdAt: time(run.createdAt),
		lastEventAt: time(run.lastEventAt),
		lastSeq: seq,
		steps: stepTally(run),
		agents: agentTally(run),
		costUsd: spentUsd(spentOf(run)),
		settledUsd: toUsd(ledger.settled),
		tokens: totalTokens(ledger.usage),
		limits: presentLimits(run, elsewhere),
		lanes: Object.values(run.lanes).map(presentLane),
		requests: openRequests(run).map(request => presentRequest(run, request)),
	};
};

const talliedWords = (counts: Readonly<Record<string, number>>): string => {
	const parts = Object.entries(counts).map(([word, count]) => `${count} ${word}`);
	return parts.length === 0 ? 'none' : parts.join(', ');
};

const costWords = (run: Run): string => `${money(spentOf(run))}, ${totalTokens(run.ledger.usage)} tokens`;

/** The most requests on one screen; the rest is in the inbox. */
const requestsMax = 5;

/** One screen. `now` is ms since 1970. */
export const describeStatus = (standing: Standing, now: number): readonly string[] => {
	const {run, status, elsewhere} = standing;
	const waits = runWaitsFor(standing);
	const requests = openRequests(run);
	const more = requests.length - requestsMax;
	return [
		`${run.id}  ${status}${run.status.kind === 'ended' ? ` (${run.status.reason})` : ''}`,
		`goal:    ${firstWords(run.goal)}`,
		`folder:  ${run.settings.dir}`,
		...(waits === undefined ? [] : [`waits:   for ${waits}`]),
		`steps:   ${talliedWords(stepTally(run))}`,
		`agents:  ${talliedWords(agentTally(run))}`,
		`cost:    ${costWords(run)}`,
		...limitLines(run, {elsewhere}).map(line => `limit:   ${line}`),
		...laneLines(run).map(line => `lane:    ${line}`),
		...requests
			.slice(0, requestsMax)
			.map(request => `request: ${request.id.replace(/_.*_/, '_')}  ${requestLine(run, request, now)}`),
		...(more > 0 ? [`         … and ${more} more: flotilla inbox --run ${run.id}`] : []),
	];
};

/** The same in one line, for a file of lines. */
export const statusLine = ({run, status}: Standing): string =>
	[
		`${clockTime(run.lastEventAt)}  ${status}`,
		`steps: ${talliedWords(stepTally(run))}`,
		`agents: ${talliedWords(agentTally(run))}`,
		`waiting: ${openRequests(run).length}`,
		costWords(run),
	].join('  ');
