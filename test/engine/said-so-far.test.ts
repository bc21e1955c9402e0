import {expect, test} from 'vitest';
import type {AgentId, RunId, TurnId} from '../../source/domain/id.ts';
import type {Signal} from '../../source/domain/signal.ts';
import {createSaidSoFar, saidMax} from '../../source/engine/said-so-far.ts';

type Delta = Extract<Signal, {type: 'turn.delta'}>;

const delta = (text: string, of: Partial<Delta> = {}): Delta => ({
	type: 'turn.delta',
	runId: 'run_a' satisfies RunId,
	agentId: 'agent_1' satisfies AgentId,
	turnId: 'turn_1' satisfies TurnId,
	kind: 'text',
	text,
	...of,
});

const blank = {
	type: 'turn.said',
	runId: 'run_a',
	agentId: 'agent_1',
	turnId: 'turn_1',
	text: '',
	thinking: '',
	toolInput: '',
};

test('puts the pieces of a turn together, each kind by itself, until the turn ends', () => {
	const said = createSaidSoFar();
	said.hear(delta('I am ', {kind: 'thinking'}));
	said.hear(delta('Hello'));
	said.hear(delta(', all'));
	said.hear(delta('{"a"', {kind: 'tool_input'}));
	expect(said.of('run_a')).toEqual([{...blank, text: 'Hello, all', thinking: 'I am ', toolInput: '{"a"'}]);
	said.forget('agent_1', 'turn_0');
	expect(said.of(undefined)).toHaveLength(1);
	said.forget('agent_1', 'turn_1');
	expect(said.of(undefined)).toEqual([]);
});

test('a turn that begins takes the place of the one before, and runs are told apart', () => {
	const said = createSaidSoFar();
	said.hear(delta('before'));
	said.hear(delta('now', {turnId: 'turn_2'}));
	said.hear(delta('elsewhere', {runId: 'run_b', agentId: 'agent_2'}));
	expect(said.of('run_a')).toEqual([{...blank, turnId: 'turn_2', text: 'now'}]);
	expect(said.of(undefined)).toHaveLength(2);
});

test('of a long turn it keeps the end, and says that something is missing', () => {
	const said = createSaidSoFar();
	for (let i = 0; i < saidMax; i++) said.hear(delta('word '));
	const text = said.of('run_a')[0]?.text ?? '';
	expect(text.length).toBeLessThanOrEqual(2 * saidMax + 5);
	expect(text).toMatch(/^…(?:word |.{0,4} )+/);
});
