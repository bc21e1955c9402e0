import {mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {onTestFinished} from 'vitest';
import type {Agent} from '../../source/domain/agent.ts';
import type {Command, Rejection} from '../../source/domain/command.ts';
import {agentOf, type RunEvent, type Stamped} from '../../source/domain/event.ts';
import {evolve} from '../../source/domain/evolve.ts';
import type {AgentId} from '../../source/domain/id.ts';
import type {Ask, Request} from '../../source/domain/request.ts';
import {openRequests, type Run, type RunWord, runWord} from '../../source/domain/run.ts';
import type {RunSettings} from '../../source/domain/settings.ts';
import type {Signal} from '../../source/domain/signal.ts';
import type {Clock} from '../../source/engine/clock.ts';
import {type Addresses, openRealFleet, type RealFleet} from '../support/real-fleet.ts';

export const runId = 'run_a';

/** A real folder that is gone after the test. */
export const makeFolder = (files: Readonly<Record<string, string>> = {}, within = tmpdir()): string => {
	const folder = realpathSync(mkdtempSync(join(within, 'flotilla-stage-')));
	onTestFinished(() => rmSync(folder, {recursive: true, force: true, maxRetries: 5}));
	for (const [name, text] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, name)), {recursive: true});
		writeFileSync(join(folder, name), text);
	}
	return folder;
};

type Waiter = {readonly met: () => boolean; readonly resolve: () => void};

/** A fleet at work on one run, and all that is seen of it from outside. */
export type Stage = {
	readonly dir: string;
	readonly fleet: RealFleet;
	readonly run: () => Run;
	readonly events: readonly Stamped[];
	readonly signals: readonly Signal[];
	/** What a listing would have called the run after each batch of events. */
	readonly words: readonly RunWord[];
	/** Resolves once something holds; it is looked at after every batch of events and every signal. */
	readonly until: (met: (run: Run) => boolean) => Promise<Run>;
	/** Sends a command that must be accepted. */
	readonly tell: (command: Command) => Promise<void>;
	readonly send: (command: Command) => Promise<Rejection | undefined>;
	/** The agent whose title or objective holds these words. */
	readonly agent: (words: string) => Agent;
	readonly eventsOf: (agentId: AgentId) => readonly RunEvent[];
	/** The request of a kind that is open now; waits until there is one. */
	readonly asked: <K extends Ask['kind']>(kind: K) => Promise<Request & {readonly ask: Extract<Ask, {kind: K}>}>;
};

type StageOrder = {
	readonly at: Addresses;
	readonly dir?: string;
	readonly files?: Readonly<Record<string, string>>;
	readonly settings?: Partial<RunSettings>;
	readonly clock?: Clock;
	readonly parts?: Parameters<typeof openRealFleet>[5];
};

const isAbout = (words: string) => (agent: Agent) =>
	agent.assignment.title.includes(words) || agent.assignment.objective.includes(words);

export const hasAsk = <K extends Ask['kind']>(
	request: Request,
	kind: K,
): request is Request & {readonly ask: Extract<Ask, {kind: K}>} => request.ask.kind === kind;

/** Opens the fleet and creates the run; everything is closed and removed after the test. */
export const raise = async (order: StageOrder): Promise<Stage> => {
	const dir = order.dir ?? makeFolder({'README.md': '# A project\n', ...order.files});
	const home = makeFolder();
	const fleet = openRealFleet(order.at, dir, order.settings, home, order.clock, order.parts);
	onTestFinished(() => fleet.close());
	const events: Stamped[] = [];
	const signals: Signal[] = [];
	const words: RunWord[] = [];
	const waiters = new Set<Waiter>();
	let run: Run | undefined;
	const current = (): Run => {
		if (run === undefined) throw new Error('The run has not begun.');
		return run;
	};
	const look = (): void => {
		for (const waiter of [...waiters]) if (waiter.met()) waiter.resolve();
	};
	fleet.engine.subscribe(
		{after: 0, runId},
		{
			onEvents: batch => {
				for (const stamped of batch) run = evolve(run, stamped);
				events.push(...batch);
				words.push(runWord(current()));
				look();
			},
			onSignal: signal => {
				signals.push(signal);
				look();
			},
		},
	);
	const until = (met: (run: Run) => boolean): Promise<Run> =>
		new Promise(resolve => {
			const waiter: Waiter = {
				met: () => run !== undefined && met(run),
				resolve: () => {
					waiters.delete(waiter);
					resolve(current());
				},
			};
			waiters.add(waiter);
			look();
		});
	const send = (command: Command) => fleet.engine.send(command);
	const tell = async (command: Command): Promise<void> => {
		const rejection = await send(command);
		if (rejection !== undefined) throw new Error(`${command.type}: ${rejection.message}`);
	};
	await tell({type: 'run.create', runId, goal: 'A goal', settings: fleet.settings});
	return {
		dir,
		fleet,
		run: current,
		events,
		signals,
		words,
		until,
		tell,
		send,
		agent: about => {
			const found = current().agents.find(isAbout(about));
			if (found === undefined) throw new Error(`No agent is about "${about}".`);
			return found;
		},
		eventsOf: agentId => events.flatMap(({event}) => (agentOf(event) === agentId ? [event] : [])),
		asked: async kind => {
			const isOpen = (now: Run) => openRequests(now).filter(request => hasAsk(request, kind));
			const [request] = isOpen(await until(now => isOpen(now).length > 0));
			if (request === undefined || !hasAsk(request, kind)) throw new Error(`Nobody asks about a ${kind}.`);
			return request;
		},
	};
};

/** Whether an agent about these words is there and fits. */
export const someAgent =
	(words: string, fits: (agent: Agent) => boolean = () => true) =>
	(run: Run): boolean =>
		run.agents.some(agent => isAbout(words)(agent) && fits(agent));

export const isOver = (run: Run): boolean => run.status.kind === 'ended';
