import type {Command, Rejection} from '../../source/domain/command.ts';
import {decide, type Message} from '../../source/domain/decide.ts';
import type {Effect} from '../../source/domain/effect.ts';
import {effectsOf} from '../../source/domain/effects-of.ts';
import {agentOf, type RunEvent, type Stamped} from '../../source/domain/event.ts';
import {evolve} from '../../source/domain/evolve.ts';
import type {Report} from '../../source/domain/report.ts';
import {agentIn, type Run, summarize} from '../../source/domain/run.ts';
import {readSearch} from '../../source/domain/search-words.ts';
import type {Signal} from '../../source/domain/signal.ts';
import {toldTexts} from '../../source/domain/told-texts.ts';
import type {FleetPort, Listener, SearchHit, SearchPage, SearchQuery} from '../../source/engine/port.ts';

/** A fleet without hands, log or timers: the true `decide` and `evolve` behind the true port. */
export type MemoryFleet = {
	readonly port: FleetPort;
	readonly run: () => Run;
	/** What came in through the port, oldest first. */
	readonly commands: readonly Command[];
	/** What hands would have to do; the test answers with reports when it likes. */
	readonly effects: readonly Effect[];
	readonly report: (report: Report) => void;
	readonly signal: (signal: Signal) => void;
	/** Commands wait for their answer until `release` is called. */
	readonly hold: () => void;
	readonly release: () => void;
	readonly listeners: () => number;
};

/** The newest events that hold a word, which is all there is to searching here. */
const searchWords = (events: readonly Stamped[], run: Run, {text, limit}: SearchQuery): SearchPage => {
	const words = readSearch(text);
	if (words.kind === 'problem') return {hits: [], isWhole: true, problem: words.text};
	const word = words.terms[0]?.words ?? '';
	const hits = events.toReversed().flatMap(({seq, at, runId, event}): readonly SearchHit[] => {
		const told = toldTexts(event).join('\n');
		const agentId = agentOf(event);
		const place = told.indexOf(word);
		if (place === -1) return [];
		const excerpt = [
			{text: told.slice(Math.max(0, place - 20), place), isMatch: false},
			{text: word, isMatch: true},
			{text: told.slice(place + word.length, place + 60), isMatch: false},
		];
		const agentName = agentIn(run, agentId)?.name;
		return [
			{
				seq,
				at,
				type: event.type,
				runId,
				goal: run.goal,
				excerpt,
				...(agentId === undefined ? {} : {agentId}),
				...(agentName === undefined ? {} : {agentName}),
			},
		];
	});
	return {hits: hits.slice(0, limit), isWhole: hits.length <= limit};
};

/** Whether a text is in the fields of an event, as the log looks for it. */
const hasText = (event: RunEvent, text: string): boolean =>
	JSON.stringify(event).toLowerCase().includes(JSON.stringify(text).slice(1, -1).toLowerCase());

/** Takes up a history, such as one of `makeEvents`. Time stands still at its end. */
export const createMemoryFleet = (history: readonly Stamped[], now?: () => number): MemoryFleet => {
	const events: Stamped[] = [...history];
	const commands: Command[] = [];
	const effects: Effect[] = [];
	const listeners = new Set<Listener>();
	const held: (() => void)[] = [];
	let holding = false;
	let run: Run | undefined;
	for (const stamped of events) run = evolve(run, stamped);
	const current = (): Run => {
		if (run === undefined) throw new Error('The history of a memory fleet begins with run.created.');
		return run;
	};

	const take = (message: Message): Rejection | undefined => {
		const at = now?.() ?? current().lastEventAt;
		const decision = decide(run, message, at);
		if (decision.kind === 'rejection') return decision.rejection;
		const batch = decision.events.map((event, i): Stamped => {
			const seq = (events.at(-1)?.seq ?? 0) + 1 + i;
			return {seq, at, runId: current().id, cause: message.type, event};
		});
		for (const stamped of batch) {
			run = evolve(run, stamped);
			effects.push(...effectsOf(run, stamped.event));
		}
		events.push(...batch);
		if (batch.length > 0) for (const {onEvents} of listeners) onEvents(batch);
		return undefined;
	};

	return {
		port: {
			send: command =>
				new Promise(resolve => {
					commands.push(command);
					const answer = (): void => resolve(take(command));
					if (holding) held.push(answer);
					else answer();
				}),
			subscribe: ({after}, listener) => {
				const stored = events.filter(({seq}) => seq > after);
				if (stored.length > 0) listener.onEvents(stored);
				listeners.add(listener);
				return () => void listeners.delete(listener);
			},
			history: ({agentId, after = 0, before = Number.POSITIVE_INFINITY, newest = false, text = '', limit}) => {
				const found = events.filter(
					({seq, event}) =>
						seq > after &&
						seq < before &&
						(agentId === undefined || agentOf(event) === agentId) &&
						hasText(event, text),
				);
				return Promise.resolve(newest ? found.slice(-limit) : found.slice(0, limit));
			},
			runs: () => Promise.resolve([summarize(current())]),
			search: query => Promise.resolve(searchWords(events, current(), query)),
		},
		run: current,
		commands,
		effects,
		report: report => {
			const rejection = take(report);
			if (rejection !== undefined) throw new Error(rejection.message);
		},
		signal: signal => {
			for (const {onSignal} of listeners) onSignal(signal);
		},
		hold: () => {
			holding = true;
		},
		release: () => {
			holding = false;
			for (const answer of held.splice(0)) answer();
		},
		listeners: () => listeners.size,
	};
};
