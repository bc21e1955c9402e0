import type {Agent} from '../../source/domain/agent.ts';
import type {Call, Preview, Verdict} from '../../source/domain/call.ts';
import {decide, type Message} from '../../source/domain/decide.ts';
import type {Stamped} from '../../source/domain/event.ts';
import {evolve} from '../../source/domain/evolve.ts';
import type {FailureKind} from '../../source/domain/failure.ts';
import type {AgentId, RunId} from '../../source/domain/id.ts';
import {noLimits} from '../../source/domain/limits.ts';
import type {ReplyBlock} from '../../source/domain/message.ts';
import type {ModelFacts, Rates, Tier} from '../../source/domain/model.ts';
import {fromUsd} from '../../source/domain/money.ts';
import type {PlanDraft, StepDraft} from '../../source/domain/plan.ts';
import type {RoleFacts} from '../../source/domain/role.ts';
import {noRules} from '../../source/domain/rules.ts';
import {agentIn, type Run} from '../../source/domain/run.ts';
import {nothingStanding, type RunSettings, usualPatience, usualWatch} from '../../source/domain/settings.ts';
import type {Usage} from '../../source/domain/usage.ts';

/** When the made run begins: 2026-11-21 09:00:00 UTC, in ms since 1970. */
const madeAt = Date.UTC(2026, 10, 21, 9, 0, 0);

export type MakeRunOptions = {
	/** How many steps the plan has, at least 3: a scout first, a writer and a reviewer last. */
	readonly steps?: number;
	/** At least so many agents in all; beyond those the steps need, they work on tasks beside the plan. */
	readonly agents?: number;
	/** How far the run has come. `working` shows every state an agent can be in, if there are agents enough. */
	readonly stage?: 'planning' | 'proposed' | 'working' | 'done';
	readonly goal?: string;
	readonly dir?: string;
	readonly offline?: boolean;
	/** US dollars; `undefined` for no limit. */
	readonly budgetUsd?: number | undefined;
	/** Several runs of one test need several ids. */
	readonly runId?: RunId;
};

const rates = (input: number, output: number): Rates => ({
	input,
	output,
	cacheWrite5m: input * 1.25,
	cacheWrite1h: input * 2,
	cacheRead: input * 0.05,
});

const model = (id: string, price: Rates, offline: boolean): ModelFacts => ({
	id: offline ? 'offline' : id,
	provider: offline ? 'offline' : 'anthropic',
	price: {rates: offline ? rates(0, 0) : price, largePrompt: undefined, since: '2026-11-01'},
	contextTokens: 200_000,
	maxOutputTokens: 32_000,
});

const role = (name: string, tier: Tier, tools: readonly string[]): RoleFacts => ({
	name,
	tier,
	tools,
	maxTurns: 20,
	toolBudget: 30,
	maxOutputTokens: 4000,
});

const reading = ['read_file', 'grep', 'glob', 'finish_step', 'ask_person'];

const roles: Readonly<Record<string, RoleFacts>> = Object.fromEntries(
	[
		role('planner', 'opus', []),
		role('scout', 'haiku', reading),
		role('analyst', 'sonnet', reading),
		role('builder', 'sonnet', [...reading, 'edit_file', 'write_file', 'run_command']),
		role('writer', 'sonnet', [...reading, 'write_file']),
		role('reviewer', 'opus', [...reading, 'run_command']),
	].map(facts => [facts.name, facts]),
);

const settingsOf = (options: MakeRunOptions): RunSettings => {
	const offline = options.offline ?? false;
	const budgetUsd = 'budgetUsd' in options ? options.budgetUsd : 5 + (options.agents ?? 0);
	return {
		dir: options.dir ?? '/home/ada/harbour',
		outputsDir: `${options.dir ?? '/home/ada/harbour'}/.flotilla/run`,
		provider: offline ? 'offline' : 'anthropic',
		taskType: undefined,
		role: undefined,
		permissionMode: 'ask',
		standing: nothingStanding,
		maxParallel: Math.max(5, options.agents ?? 0, options.steps ?? 0),
		rules: noRules,
		limits: {...noLimits, run: budgetUsd === undefined ? {} : {money: fromUsd(budgetUsd)}},
		patience: usualPatience,
		watch: usualWatch,
		unknownOutcome: 'ask',
		verification: 'auto',
		checks: [],
		history: [],
		roles,
		models: {
			haiku: model('claude-haiku-5-5', rates(0.1, 0.5), offline),
			sonnet: model('claude-sonnet-5-5', rates(2, 10), offline),
			opus: model('claude-opus-5-5', rates(4, 20), offline),
			frontier: model('claude-fable-5-2', rates(8, 40), offline),
		},
	};
};

const subjects = ['api', 'store', 'tests', 'docs', 'build', 'errors', 'types', 'speed', 'logs', 'access'];

const draftStep = (
	key: string,
	title: string,
	roleName: string,
	tier: Tier,
	dependsOn: readonly string[],
): StepDraft => ({
	key,
	title,
	role: roleName,
	objective: `${title}. Say only what you have seen in a file.`,
	files: ['source/**'],
	acceptance: ['Every figure names the file it comes from.'],
	dependsOn,
	tier,
	toolBudget: 12,
});

/** A scout, then analysts side by side with a few chains among them, then a writer and a reviewer. */
const draftPlan = (count: number): PlanDraft => {
	const middle = Array.from({length: Math.max(0, count - 3)}, (_, i) => {
		const lap = Math.floor(i / subjects.length);
		const key = `${subjects[i % subjects.length]}${lap === 0 ? '' : `-${lap + 1}`}`;
		return {key, i};
	});
	const analysts = middle.map(({key, i}) => {
		const before = middle[i - 1];
		const roleName = i % 4 === 3 ? 'builder' : 'analyst';
		const needs = i % 3 === 2 && before !== undefined ? ['scout', before.key] : ['scout'];
		return draftStep(
			key,
			`${roleName === 'builder' ? 'Mend' : 'Weigh'} the ${key} of the harbour`,
			roleName,
			'sonnet',
			needs,
		);
	});
	return {
		taskType: 'survey',
		steps: [
			draftStep('scout', 'Look over the folder', 'scout', 'haiku', []),
			...analysts,
			draftStep(
				'report',
				'Write the report',
				'writer',
				'sonnet',
				analysts.length > 0 ? middle.map(m => m.key) : ['scout'],
			),
			draftStep('review', 'Check every figure of the report', 'reviewer', 'opus', ['report']),
		],
	};
};

const usageOf = (output: number, turn: number): Usage => ({
	input: 420,
	output,
	cacheWrite5m: turn === 0 ? 4200 : 900,
	cacheWrite1h: 0,
	cacheRead: 4200 * turn,
	thinking: Math.floor(output / 4),
});

const previews: Readonly<Record<string, Preview>> = {
	read: {title: 'read source/harbour.ts', body: 'source/harbour.ts', format: 'text'},
	bash: {title: 'run npm test', body: 'npm test -- --run harbour', format: 'command'},
	edit: {
		title: 'edit source/harbour.ts',
		body: [
			'--- source/harbour.ts',
			'+++ source/harbour.ts',
			'@@ -1,3 +1,3 @@',
			' export const berths = (harbour: Harbour) =>',
			'-\tharbour.ships.length;',
			'+\tharbour.places - harbour.ships.length;',
			' ',
		].join('\n'),
		format: 'diff',
	},
	finish_step: {title: 'report: the step is done', body: '', format: 'text'},
	ask_person: {title: 'ask you a question', body: '', format: 'text'},
};

type Script = {
	readonly events: readonly Stamped[];
	readonly run: () => Run;
	readonly send: (afterMs: number, message: Message) => void;
	readonly reply: (agentId: AgentId, text: string, tools: readonly string[]) => void;
	readonly fail: (agentId: AgentId, kind: FailureKind, message: string, retryAfterMs?: number) => void;
	readonly weigh: (agentId: AgentId, verdict: Verdict['kind']) => void;
	readonly endCalls: (agentId: AgentId, output: string, isError?: boolean) => void;
	readonly finish: (agentId: AgentId) => void;
};

/** False hands: they send commands and reports to the real `decide`, and keep the events it makes. */
const openScript = (runId: RunId): Script => {
	const events: Stamped[] = [];
	let run: Run | undefined;
	let now = madeAt;
	let uses = 0;
	const current = (): Run => {
		if (run === undefined) throw new Error('The made run has not begun.');
		return run;
	};
	const agent = (id: AgentId): Agent => {
		const found = agentIn(current(), id);
		if (found === undefined) throw new Error(`The made run has no agent ${id}.`);
		return found;
	};
	const send = (afterMs: number, message: Message): void => {
		now += afterMs;
		const decision = decide(run, message, now);
		if (decision.kind === 'rejection')
			throw new Error(`The made run refused ${message.type}: ${decision.rejection.message}`);
		for (const event of decision.events) {
			const stamped: Stamped = {seq: events.length + 1, at: now, runId, cause: message.type, event};
			events.push(stamped);
			run = evolve(run, stamped);
		}
	};
	const turnOf = (id: AgentId) => {
		const {turn} = agent(id);
		if (turn === undefined) throw new Error(`${agent(id).name} of the made run has no turn to reply in.`);
		return turn;
	};
	const openCalls = (id: AgentId, kind: Call['status']['kind']): readonly Call[] =>
		agent(id).calls.filter(call => call.status.kind === kind);
	const reply: Script['reply'] = (agentId, text, tools) => {
		const content: ReplyBlock[] = [
			{type: 'thinking', text: 'First see what is there, then decide.', signature: 'made'},
			{type: 'text', text},
			...tools.map(
				(name): ReplyBlock => ({type: 'tool_use', useId: `use_${++uses}`, name, input: {path: 'source/harbour.ts'}}),
			),
		];
		send(1200, {
			type: 'turn.replied',
			agentId,
			turnId: turnOf(agentId).id,
			reply: {
				kind: 'done',
				content,
				stopReason: tools.length > 0 ? 'tool_use' : 'end_turn',
				usage: usageOf(180 + 40 * agent(agentId).turns, agent(agentId).turns),
			},
		});
	};
	const weigh: Script['weigh'] = (agentId, verdict) => {
		for (const call of openCalls(agentId, 'proposed'))
			send(40, {
				type: 'call.weighed',
				agentId,
				callId: call.id,
				effect: call.tool === 'bash' ? 'run' : call.tool === 'edit' ? 'write' : 'read',
				verdict: {kind: verdict, rule: verdict === 'ask' ? 'writing asks in mode ask' : 'reading is free'},
				preview: previews[call.tool] ?? {title: call.tool, body: '', format: 'text'},
				control:
					call.tool === 'finish_step'
						? {
								kind: 'finish',
								packet: {
									status: 'VERIFIED',
									summary: `${agent(agentId).assignment.title}: 12 files read, nothing amiss.`,
									findings: ['source/harbour.ts has 240 lines.'],
									produced: [],
									risks: [],
								},
							}
						: call.tool === 'ask_person'
							? {kind: 'ask', question: 'Which harbour do you mean, the old or the new one?', choices: ['old', 'new']}
							: undefined,
			});
	};
	const endCalls: Script['endCalls'] = (agentId, output, isError = false) => {
		for (const call of openCalls(agentId, 'running'))
			send(300, {
				type: 'call.ended',
				agentId,
				callId: call.id,
				isError,
				output,
				touched: [{path: 'source/harbour.ts', how: 'read'}],
			});
	};
	return {
		events,
		run: current,
		send,
		reply,
		weigh,
		endCalls,
		fail: (agentId, kind, message, retryAfterMs) =>
			send(900, {
				type: 'turn.replied',
				agentId,
				turnId: turnOf(agentId).id,
				reply: {
					kind: 'failed',
					failure: {kind, message, ...(retryAfterMs === undefined ? {} : {retryAfterMs})},
					partial: [],
					usage: undefined,
				},
			}),
		finish: agentId => {
			reply(agentId, 'All seen. I report.', ['finish_step']);
			weigh(agentId, 'allow');
		},
	};
};

const output = Array.from({length: 14}, (_, i) => `${i + 1}\texport const berth${i + 1} = ${i};`).join('\n');

/** One turn of reading, so that an agent has something behind it. */
const readOnce = (script: Script, id: AgentId): void => {
	script.reply(id, 'I read the harbour first.', ['read']);
	script.weigh(id, 'allow');
	script.endCalls(id, output);
};

/** What the n-th busy agent is in the middle of. */
const situations: readonly ((script: Script, id: AgentId) => void)[] = [
	(script, id) => readOnce(script, id),
	(script, id) => {
		readOnce(script, id);
		script.reply(id, 'Now I change one line.', ['edit']);
		script.weigh(id, 'ask');
	},
	(script, id) => {
		script.reply(id, 'I run the tests.', ['bash']);
		script.weigh(id, 'allow');
	},
	(script, id) => {
		readOnce(script, id);
		script.fail(id, 'server', 'The provider failed (500). Waiting, then asking again.', 8000);
	},
	(script, id) => script.finish(id),
	(script, id) => script.fail(id, 'refused', 'The request was refused (400): the prompt is too long. Retry the step.'),
	(script, id) => {
		script.reply(id, 'One thing is not clear.', ['ask_person']);
		script.weigh(id, 'allow');
	},
	(script, id) => {
		readOnce(script, id);
		script.send(200, {type: 'agent.interrupt', runId: script.run().id, agentId: id});
	},
	(script, id) => {
		readOnce(script, id);
		script.send(200, {type: 'agent.kill', runId: script.run().id, agentId: id, reason: 'no longer needed'});
	},
];

const busyOf = (run: Run): readonly Agent[] => run.agents.filter(agent => agent.turn !== undefined);

const finishAll = (script: Script): void => {
	for (let busy = busyOf(script.run()); busy.length > 0; busy = busyOf(script.run()))
		for (const agent of busy) {
			if (agent.assignment.kind === 'task') script.reply(agent.id, 'That is all I found.', []);
			else script.finish(agent.id);
		}
};

/**
 * The history of a believable run. The events come from the real `decide`, so that they always fit the domain; the
 * same options give the same events.
 */
export const makeEvents = (options: MakeRunOptions = {}): readonly Stamped[] => {
	const runId = options.runId ?? 'run_made01';
	const stage = options.stage ?? 'working';
	const script = openScript(runId);
	script.send(0, {
		type: 'run.create',
		runId,
		goal: options.goal ?? 'Survey the harbour and say how many berths are free',
		settings: settingsOf(options),
	});
	if (stage === 'planning') return script.events;
	const draft = draftPlan(options.steps ?? 9);
	const planner = script.run().agents[0];
	if (planner?.turn === undefined) throw new Error('The made run has no planner.');
	script.send(6400, {
		type: 'plan.drafted',
		agentId: planner.id,
		turnId: planner.turn.id,
		reply: {
			kind: 'done',
			content: [{type: 'text', text: 'The plan.'}],
			stopReason: 'end_turn',
			usage: usageOf(900, 0),
		},
		draft,
		problems: [],
		template: draft,
	});
	if (stage === 'proposed') return script.events;
	script.send(9000, {type: 'plan.approve', runId});
	const [scout] = busyOf(script.run());
	if (scout !== undefined) {
		readOnce(script, scout.id);
		script.finish(scout.id);
	}
	for (let n = script.run().agents.length; n < (options.agents ?? 0); n++)
		script.send(10, {
			type: 'agent.create',
			runId,
			role: 'analyst',
			objective: `Count the ropes on pier ${n}`,
			tier: undefined,
		});
	if (stage === 'done') finishAll(script);
	else for (const [i, agent] of busyOf(script.run()).entries()) situations[i % situations.length]?.(script, agent.id);
	return script.events;
};

/** The run that `makeEvents` tells of, folded by the real `evolve`. */
export const makeRun = (options: MakeRunOptions = {}): Run => {
	let run: Run | undefined;
	for (const event of makeEvents(options)) run = evolve(run, event);
	if (run === undefined) throw new Error('The made run has no events.');
	return run;
};
