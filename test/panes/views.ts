import {agentList, agentRowsIn} from '../../components/panes/agent-list.ts';
import type {CostRate} from '../../components/panes/cost-lines.ts';
import {logLine} from '../../components/panes/log-line.ts';
import type {LogRow} from '../../components/panes/log-pane.ts';
import {planList} from '../../components/panes/plan-list.ts';
import type {Scene} from '../../components/panes/scene.ts';
import {foldTranscript, nothingTold} from '../../components/panes/transcript-fold.ts';
import type {TranscriptItem} from '../../components/panes/transcript-item.ts';
import {itemLines, textOfLine} from '../../components/panes/transcript-lines.ts';
import type {TranscriptSearch} from '../../components/panes/transcript-matches.ts';
import {createItemRows} from '../../components/panes/transcript-rows.ts';
import {createFind} from '../../components/panes/transcript-search.ts';
import type {TranscriptView} from '../../components/panes/transcript-wrapped.ts';
import {createWrapCache} from '../../components/text/wrap-cache.ts';
import {createTheme, type Theme} from '../../components/theme.ts';
import {type Costs, evolveCosts, noCosts} from '../../source/domain/costs.ts';
import {agentOf} from '../../source/domain/event.ts';
import {evolve} from '../../source/domain/evolve.ts';
import type {AgentId} from '../../source/domain/id.ts';
import type {Run} from '../../source/domain/run.ts';
import {textBuffer} from '../../store/text-buffer.ts';
import {firstUi, type UiState} from '../../store/ui.ts';
import {type MakeRunOptions, makeEvents} from '../support/make-run.ts';

/** Text without any codes, for tests that read it. */
const bare: Theme = {tints: false, paint: (_, text) => text};

/** A scene three seconds after the last event, in colour or as bare text. */
export const sceneOf = (run: Run, color: boolean): Scene => ({
	theme: color ? createTheme({color}) : bare,
	now: run.lastEventAt + 3000,
	frame: 3,
	focused: true,
});

export const logRows = (options: MakeRunOptions): readonly LogRow[] => {
	let run: Run | undefined;
	return makeEvents(options).map(happening => {
		run = evolve(run, happening);
		return {...logLine(happening.event, happening.at, run), seq: happening.seq, at: happening.at};
	});
};

export const transcriptOf = (options: MakeRunOptions, agentId: AgentId): readonly TranscriptItem[] =>
	foldTranscript(
		nothingTold,
		makeEvents(options).filter(({event}) => agentOf(event) === agentId),
	).items;

/** The end of a transcript as it is opened. */
export const viewOfTranscript = (
	scene: Scene,
	items: readonly TranscriptItem[],
	more: Partial<TranscriptView> = {},
): TranscriptView => ({
	...scene,
	items,
	older: false,
	newer: false,
	anchor: {kind: 'tail'},
	cursor: undefined,
	folds: {calls: true, thinking: false, turned: []},
	unseen: 0,
	search: undefined,
	turnFacts: () => ({number: 3, model: 'claude'}),
	rowsOf: createItemRows(createWrapCache()),
	...more,
});

/** What is searched for in items, and all places where it is found. */
export const searchIn = (items: readonly TranscriptItem[], query: string, current = 0): TranscriptSearch => {
	const look = {unfolded: true, now: 0, turn: {number: 3, model: 'claude'}, width: 80};
	const matches = createFind()(items, query, 80, item => itemLines(item, look).map(textOfLine));
	return {query, matches, current, byItem: Map.groupBy(matches, ({item}) => item)};
};

export const agentNamed = (run: Run, name: string) => {
	const found = run.agents.find(agent => agent.name === name);
	if (found === undefined) throw new Error(`There is no agent ${name}.`);
	return found;
};

/** The agents as a pane of a size lists them, with nothing said by anybody. */
/** The whole plan as its pane lists it, or what a filter leaves of it. */
export const planRowsView = (run: Run, filter = '') => ({
	list: planList(run, {...firstUi.plan, filter: textBuffer(filter)}, undefined),
	allKey: '0',
});

export const agentsView = (
	run: Run,
	selected: AgentId | undefined,
	width: number,
	height: number,
	shown: Partial<UiState['agents']> = {},
) => ({
	run,
	selected,
	list: agentList(run, {...firstUi.agents, ...shown}, selected, agentRowsIn(width, height)),
	allKey: '0',
	foldKey: 'u',
	live: () => undefined,
	told: () => undefined,
});

export const rate: CostRate = {
	perMinute: 12_000_000,
	tokensPerSecond: 812,
	history: Array.from({length: 120}, (_, i) => (i * 37) % 800),
};

/** The run with the same text wherever a model, a tool or a person could have written it. */
export const runSaying = (run: Run, text: string): Run => ({
	...run,
	goal: text,
	plan: run.plan && {
		...run.plan,
		steps: Object.fromEntries(
			Object.entries(run.plan.steps).map(([id, step]) => [id, {...step, key: text, title: text, role: text}]),
		),
	},
	agents: run.agents.map(agent => ({
		...agent,
		name: text,
		activity: text,
		model: {...agent.model, id: text},
		assignment: {...agent.assignment, role: text, title: text},
	})),
	requests: run.requests.map(request => {
		const {ask} = request;
		switch (ask.kind) {
			case 'call':
				return {...request, ask: {...ask, tool: text, rule: text, preview: {...ask.preview, title: text, body: text}}};
			case 'question':
				return {...request, ask: {...ask, question: text, choices: [text]}};
			default:
				return request;
		}
	}),
});

/** What the made run has cost. */
export const madeCosts = (options: MakeRunOptions = {}): Costs => makeEvents(options).reduce(evolveCosts, noCosts);
