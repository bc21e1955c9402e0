import {expect, test} from 'vitest';
import type {AgentId, TurnId} from '../../source/domain/id.ts';
import {itemsOf} from '../../source/domain/pages.ts';
import {agentIn, summarize} from '../../source/domain/run.ts';
import {createStories} from '../../source/engine/story.ts';
import {type ScriptedRun, startRun, workerOf} from '../agents/scripted-run.ts';
import {openTempLog} from '../support/temp-log.ts';

const runId = 'run_test';

/** The log that a scripted run would have written. */
const logOf = (script: ScriptedRun) => {
	const log = openTempLog();
	const run = script.run();
	const events = run.agents.flatMap(({id}) => script.storyOf(id)).sort((a, b) => a.seq - b.seq);
	log.append(events, [summarize(run)]);
	return (agentId: AgentId) =>
		createStories(log)
			.of(run, agentId)
			.map(({event}) => event);
};

/** A worker that has finished three turns, each with a call, and is in its fourth. */
const workedOn = () => {
	const script = startRun();
	const {id} = workerOf(script);
	for (const n of [1, 2, 3]) {
		const input = {pattern: `${n}`};
		script.reply(workerOf(script), [{type: 'tool_use', useId: `use_${n}`, name: 'grep', input}], 'tool_use');
		for (const {id: callId} of workerOf(script).calls) {
			const weighed = {effect: 'read', verdict: {kind: 'deny', rule: `no ${n}`}, control: undefined} as const;
			const preview = {title: 'look', body: '', format: 'text'} as const;
			script.tell({type: 'call.weighed', agentId: id, callId, preview, ...weighed});
		}
	}
	return {script, id};
};

const forkOf = (script: ScriptedRun, agentId: AgentId, turnId: TurnId | undefined): AgentId => {
	script.tell({type: 'agent.fork', runId, agentId, turnId, text: 'Instead, count.'});
	const fork = script.run().agents.at(-1);
	if (fork?.fork === undefined) throw new Error('There is no fork.');
	return fork.id;
};

test('the story of an agent is its own events, oldest first, whatever others did in between', () => {
	const {script, id} = workedOn();
	expect(logOf(script)(id)).toEqual(script.storyOf(id).map(({event}) => event));
});

test('the story of a fork begins with its parent’s up to the end of a turn, with what came of its calls', () => {
	const {script, id} = workedOn();
	const fork = forkOf(script, id, itemsOf(workerOf(script).turnIds)[1]);
	const story = logOf(script)(fork);
	const known = story.filter(event => 'agentId' in event && event.agentId === id);
	const last = known.at(-1);
	expect(known.filter(({type}) => type === 'turn.started')).toHaveLength(2);
	expect(last).toMatchObject({type: 'call.finished', output: 'Not allowed: no 2'});
	expect(story.slice(known.length).map(({type}) => type)).toEqual(['agent.created', 'agent.messaged', 'turn.started']);
});

test('a fork at the latest turn knows all of it, and nothing of what its parent does afterwards', () => {
	const {script, id} = workedOn();
	const fork = forkOf(script, id, undefined);
	script.reply(workerOf(script), [{type: 'text', text: 'Only the parent says this.'}]);
	const story = logOf(script)(fork);
	expect(story.filter(({type}) => type === 'turn.finished')).toHaveLength(3);
	expect(JSON.stringify(story)).toContain('no 3');
	expect(JSON.stringify(story)).not.toContain('Only the parent');
});

test('what becomes of calls that were under way when a fork parted does not change its beginning', () => {
	const script = startRun();
	const {id} = workerOf(script);
	script.reply(workerOf(script), [{type: 'tool_use', useId: 'use', name: 'grep', input: {}}], 'tool_use');
	const fork = forkOf(script, id, undefined);
	const before = logOf(script)(fork);
	const [call] = workerOf(script).calls;
	if (call === undefined) throw new Error('There is no call.');
	script.tell({
		type: 'call.weighed',
		agentId: id,
		callId: call.id,
		effect: 'read',
		verdict: {kind: 'deny', rule: 'no'},
		preview: {title: 'look', body: '', format: 'text'},
		control: undefined,
	});
	expect(agentIn(script.run(), id)?.calls.every(({status}) => status.kind === 'ended')).toBe(true);
	expect(logOf(script)(fork)).toEqual(before);
});

test('a fork of a fork knows what both of its ancestors knew when it parted from them', () => {
	const {script, id} = workedOn();
	const fork = forkOf(script, id, itemsOf(workerOf(script).turnIds)[0]);
	const agent = agentIn(script.run(), fork);
	if (agent === undefined) throw new Error('There is no fork.');
	script.reply(agent, [{type: 'text', text: 'The fork says this.'}]);
	script.tell({type: 'agent.message', runId, agentId: fork, text: 'And then?'});
	const second = forkOf(script, fork, undefined);
	const story = logOf(script)(second);
	const created = story.flatMap(event => (event.type === 'agent.created' ? [event.agentId] : []));
	expect(created).toEqual([id, fork, second]);
	expect(story.filter(({type}) => type === 'turn.finished')).toHaveLength(2);
	expect(JSON.stringify(story)).not.toContain('no 2');
});

test('of a story that was asked for before only what is new is read, and it is the whole story all the same', () => {
	const {script, id} = workedOn();
	const log = openTempLog();
	const events = script.storyOf(id);
	const asked: number[] = [];
	const stories = createStories({
		...log,
		page: query => {
			asked.push(query.after ?? 0);
			return log.page(query);
		},
	});
	log.append(events.slice(0, 6), [summarize(script.run())]);
	const first = stories.of(script.run(), id);
	expect(first.map(({event}) => event)).toEqual(events.slice(0, 6).map(({event}) => event));
	log.append(events.slice(6), [summarize(script.run())]);
	expect(stories.of(script.run(), id).map(({event}) => event)).toEqual(events.map(({event}) => event));
	expect(asked).toEqual([0, first.at(-1)?.seq]);
});
