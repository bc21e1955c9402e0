import {isLocked, isServed} from '../../../db/lock.ts';
import {endWords, refusalAfterEnd} from '../../domain/after-end.ts';
import type {Rejection} from '../../domain/command.ts';
import type {RequestId} from '../../domain/id.ts';
import {type Run, runWord} from '../../domain/run.ts';
import type {FleetPort} from '../../engine/port.ts';
import {actedRun} from '../acted-run.ts';
import {carryVerb} from '../carry-verb.ts';
import {type Deed, deedsOf, openOnes} from '../command-words.ts';
import type {Context} from '../context.ts';
import type {Defects} from '../defects.ts';
import {runWaitsFor} from '../describe-status.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {joinFleet} from '../join-fleet.ts';
import {lastSeqOf, readRun} from '../read-run.ts';
import {complain, print, printJson} from '../terminal.ts';
import type {ActingVerb} from '../verb-table.ts';
import {withLog} from '../with-log.ts';

const exitCodeFor = ({code}: Rejection): ExitCode =>
	code === 'unknown' || code === 'invalid' ? exitCodes.usage : exitCodes.failed;

/** Only the engine gives ids: of an agent that was created after an event, the id. */
const withCreated = async (port: FleetPort, run: Run, after: number, deed: Deed): Promise<Deed> => {
	const {command} = deed;
	if (command?.type !== 'agent.create') return deed;
	const events = await port.history({runId: run.id, after, limit: 1000});
	for (const {event} of events)
		if (
			event.type === 'agent.created' &&
			event.assignment.kind === 'task' &&
			event.assignment.objective === command.objective &&
			event.assignment.role === command.role
		)
			return {...deed, subject: event.agentId, words: `Created ${event.name} (${event.agentId}).`};
	return deed;
};

type Outcome = {readonly deed: Deed; readonly rejection: Rejection | undefined};

const tellOne = ({terminal, flags}: Context, run: Run, {deed, rejection}: Outcome): void => {
	// A request may have been named by its number alone.
	const about = deed.command?.type === 'request.answer' ? `${deed.subject}: ` : '';
	if (rejection !== undefined) complain(terminal, `${about}${rejection.message}`);
	else if (flags.json !== true) print(terminal, deed.words);
	if (flags.json !== true) return;
	const told = {version: 1, done: rejection === undefined, run: run.id, subject: deed.subject};
	printJson(terminal, rejection === undefined ? told : {...told, ...rejection}, 'page');
};

/** Of several, one JSON value holds all. */
const tellAll = (
	{terminal, flags}: Context,
	run: Run,
	outcomes: readonly Outcome[],
	left: readonly RequestId[],
): void => {
	for (const {deed, rejection} of outcomes)
		if (rejection !== undefined) complain(terminal, `${deed.subject}: ${rejection.message}`);
		else if (flags.json !== true) print(terminal, deed.words);
	if (outcomes.length === 0 && left.length === 0)
		complain(terminal, endWords(run) ?? `Nothing waits for you in ${run.id}.`);
	if (left.length > 0)
		complain(
			terminal,
			`Left open, for a bare yes is no answer: ${left.join(', ')}. \`flotilla reply <request> <text>\` answers them.`,
		);
	if (flags.json !== true) return;
	const refused = outcomes.flatMap(({deed: {subject}, rejection}) =>
		rejection === undefined ? [] : [{subject, ...rejection}],
	);
	const subjects = outcomes.filter(({rejection}) => rejection === undefined).map(({deed: {subject}}) => subject);
	printJson(terminal, {version: 1, done: refused.length === 0, run: run.id, subjects, refused, left}, 'page');
};

const codeOf = (outcomes: readonly Outcome[], left: readonly RequestId[]): ExitCode => {
	const rejection = outcomes.find(outcome => outcome.rejection !== undefined)?.rejection;
	if (rejection !== undefined) return exitCodeFor(rejection);
	return left.length > 0 ? exitCodes.waiting : exitCodes.done;
};

/** Why nothing can come of any of it, for the run has ended; undefined when something may. */
const refusedByEnd = (run: Run, deeds: readonly Deed[]): readonly Outcome[] | undefined => {
	const outcomes = deeds.map(deed => ({
		deed,
		rejection: deed.command === undefined ? undefined : refusalAfterEnd(run, deed.command),
	}));
	return outcomes.every(({rejection}) => rejection !== undefined) ? outcomes : undefined;
};

/** Why a run does not go on because it is asked to: its engine carries it, and nobody paused it. Otherwise undefined. */
const refusedUnpaused = (
	context: Context,
	run: Run,
	verb: ActingVerb,
	deeds: readonly Deed[],
): readonly Outcome[] | undefined => {
	const [deed] = deeds;
	if (verb !== 'continue' || deed === undefined || deed.command !== undefined) return undefined;
	const {state} = context.paths;
	// Whoever else holds the lock need not carry this run.
	if (run.suspended || !isLocked(state) || !isServed(state)) return undefined;
	const waits = runWaitsFor({run, status: runWord(run)});
	const words = waits === undefined ? 'it goes on by itself' : `it waits for ${waits}`;
	return [{deed, rejection: {code: 'not_now', message: `${run.id} was not paused: ${words}.`}}];
};

/** Do one thing to a run, an agent, a step or a request, and end as soon as the engine has answered. */
export const act = async (
	context: Context,
	verb: ActingVerb,
	words: readonly string[],
	defects: Defects,
): Promise<ExitCode> => {
	const {terminal, flags} = context;
	const {run, lastSeq, said} = withLog(context, log => {
		const acted = actedRun(log, verb, words, flags.run);
		const {runId} = acted;
		return {run: readRun(log, runId), lastSeq: lastSeqOf(log, runId), said: acted.words};
	});
	const deeds = deedsOf(run, {verb, words: said, flags});
	const isAll = verb === 'approve' && flags.all === true;
	const left = isAll ? openOnes(run).left.map(({id}) => id) : [];
	if (deeds.length === 0) {
		tellAll(context, run, [], left);
		return codeOf([], left);
	}
	const tell = (outcomes: readonly Outcome[]): void => {
		const [only] = outcomes;
		if (isAll || only === undefined || outcomes.length > 1) tellAll(context, run, outcomes, left);
		else tellOne(context, run, only);
	};
	// No engine is needed to say no, and one that starts for it would ask for the keys of the run.
	const refused = refusedByEnd(run, deeds) ?? refusedUnpaused(context, run, verb, deeds);
	if (refused !== undefined) {
		tell(refused);
		return codeOf(refused, left);
	}
	const fleet = await joinFleet(context, defects);
	try {
		const carried = await carryVerb({context, fleet, run, verb}, deeds);
		const outcomes: Outcome[] = [];
		for (const [i, deed] of deeds.entries()) {
			const rejection = carried.rejections[i];
			const told = rejection === undefined ? await withCreated(fleet.port, run, lastSeq, deed) : deed;
			outcomes.push({deed: told, rejection});
		}
		tell(outcomes);
		if (carried.paused) {
			const goOn = fleet.outlives ? 'continue' : 'resume';
			complain(terminal, `Nobody carried ${run.id}, so it is paused: \`flotilla ${goOn} ${run.id}\` lets it go on.`);
		}
		return codeOf(outcomes, left);
	} finally {
		await fleet.close();
	}
};
