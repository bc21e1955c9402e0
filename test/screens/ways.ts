import type {RunEvent} from '../../source/domain/event.ts';
import type {Context} from '../../store/context.ts';
import {asking} from '../panes/asking.ts';
import {fileCalls} from '../support/file-calls.ts';
import {type MakeRunOptions, makeRun} from '../support/make-run.ts';

/** The keys to a view, and what shows that one is there. */
export type Keys = {readonly keys: readonly string[]; readonly sees: RegExp};

/** How to come to a view from the panes of a made run, and what shows that one is there. */
export type Way = Keys & {readonly made: MakeRunOptions; readonly more: readonly RunEvent[]};

type HomeContext = 'home' | 'goal' | 'sift';
type WindowContext = Exclude<Context, HomeContext>;

/** Agents at work, files written, and everything that can be asked. */
const busy: MakeRunOptions = {steps: 3};
const asked: readonly RunEvent[] = asking(makeRun(busy)).requests.map(
	({id, agentId, stepId, ask}): RunEvent => ({type: 'request.opened', requestId: id, agentId, stepId, ask}),
);

const whileBusy = (sees: RegExp, ...keys: readonly string[]): Way => ({
	made: busy,
	more: [...fileCalls, ...asked],
	keys,
	sees,
});

/** A plan that waits for approval. */
const whilePlanned = (sees: RegExp, ...keys: readonly string[]): Way => ({
	made: {stage: 'proposed'},
	more: [],
	keys,
	sees,
});

/** A way to every view of the window: one that has none does not compile. */
export const ways: Readonly<Record<WindowContext, Way>> = {
	plan: whileBusy(/▸ 1 plan/, '1'),
	agents: whileBusy(/▸ 2 agents/, '2'),
	log: whileBusy(/▸ 3 log/, '3'),
	cost: whileBusy(/▸ 4 cost/, '4'),
	event: whileBusy(/─ #\d+ · /, '3', 'up', 'space'),
	help: whileBusy(/─ Keys/, '?'),
	transcript: whileBusy(/writer-1 · /, '2', 'g', 'enter'),
	search: whileBusy(/search \//, '2', 'g', 'enter', '/', 'b', 'e'),
	step: whileBusy(/─ Step scout/, '1', 'g', 'space'),
	peek: whileBusy(/─ writer-1 · /, '2', 'g', 'space'),
	fields: whilePlanned(/─ Edit api/, 'j', 'e'),
	approve: whilePlanned(/─ Approve some/, 'f'),
	narrow: whilePlanned(/only steps with \/ api/, 'f', '/', 'a', 'p', 'i'),
	remove: whilePlanned(/─ Remove\?/, 'j', 'D'),
	requests: whileBusy(/─ Requests \(11\)/, 'w', 'down'),
	answer: whileBusy(/Say no, because/, 'w', 'down', 'd', 'n', 'o'),
	reach: whileBusy(/1 {2}for writer-1 only/, 'w', 'down', 'A'),
	many: whileBusy(/Answer 2 together/, 'w', 'down', 'space', 'down', 'space', 'b', '1'),
	files: whileBusy(/─ Files by agent/, 'd'),
	file: whileBusy(/─ pier\.ts/, 'd', 'tab', 'enter', 'G'),
	costs: whileBusy(/─ Cost/, '4', 'enter'),
	palette: whileBusy(/─ Actions \(/, 'ctrl+p', 'a', 'g'),
	find: whileBusy(/Words, "words in this order"/, 'ctrl+f'),
	prompt: whileBusy(/to \S+ ❯ hi/, '2', 'm', 'h', 'i'),
	moment: whileBusy(/go to # or time ❯ 12/, 'T', 't', '1', '2'),
	filter: whileBusy(/filter \/ be/, '3', '/', 'b', 'e'),
	line: whilePlanned(/─ Reject a step/, 'j', 'x', 'n', 'o'),
	form: whileBusy(/─ New agent/, '2', 'n', 'h', 'i'),
	choice: whileBusy(/─ New agent/, '2', 'n', 'shift+tab'),
	pick: whilePlanned(/─ Edit api/, 'j', 'e', 'j', 'enter'),
	kill: whileBusy(/─ Kill\?/, '2', 'g', 'K'),
	quit: whileBusy(/flotilla resume/, 'q'),
};

/** The same from the list of all runs, with what lies over it there. */
export const homeWays: Readonly<Record<HomeContext | 'form' | 'choice' | 'help' | 'palette' | 'find', Keys>> = {
	home: {keys: ['j'], sees: /─ Runs \(4\)/},
	goal: {keys: ['n', 'h', 'i'], sees: /goal ❯ hi/},
	sift: {keys: ['/', 'm', 'i'], sees: /Mend the wheel/},
	form: {keys: ['n', 'h', 'i', 'tab'], sees: /─ A new goal/},
	choice: {keys: ['n', 'h', 'i', 'tab', 'tab', 'tab'], sees: /─ A new goal/},
	help: {keys: ['?'], sees: /─ Keys/},
	palette: {keys: [':', 'r', 'u'], sees: /─ Actions \(/},
	find: {keys: ['ctrl+f'], sees: /Words, "words in this order"/},
};
