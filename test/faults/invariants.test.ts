import {describe, expect, it} from 'vitest';
import {parseRequest} from '../support/stand-in/parsed-request.ts';
import type {LedgerEntry} from '../support/stand-in/server.ts';
import {findingsOf} from './invariants.ts';
import type {Evidence} from './invariants-evidence.ts';
import {type FleetEvidence, fleetFindings, markOf} from './invariants-fleet.ts';
import type {StoredEvent} from './invariants-rows.ts';

type Body = Readonly<Record<string, unknown>>;
type Told = readonly [type: string, body: Body];

const storedOf = (...events: readonly Told[]): readonly StoredEvent[] =>
	events.map(([type, body], at) => ({seq: at + 1, runId: 'run_a', type, body}));

const proposed = (callId: string, useId: string): Told => [
	'call.proposed',
	{callId, useId, agentId: 'agent_1', tool: 'run_command', input: {command: 'echo lay-own >> log'}},
];
const started = (callId: string): Told => ['call.started', {callId}];
const ended = (callId: string, outcome = 'ok'): Told => ['call.finished', {callId, outcome}];
const turn = (type: string, cost: number, estimated: boolean): Told => [
	type,
	{agentId: 'agent_1', turnId: 'turn_1', settlement: {cost, estimated}},
];

/** One request of 1,000 tokens to a model whose tokens cost 100 nano-dollars. */
const entry = (n: number, complete: boolean, output = 0): LedgerEntry => ({
	n,
	model: 'claude-haiku-5-5',
	status: 200,
	complete,
	usage: {
		input_tokens: 1000,
		output_tokens: output,
		cache_creation_input_tokens: 0,
		cache_read_input_tokens: 0,
		cache_creation: {ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0},
		output_tokens_details: {thinking_tokens: 0},
	},
});
const charge = 100_000;

const askedBy = (...roles: readonly ('user' | 'assistant')[]) => {
	const body = {model: 'claude-haiku-5-5', messages: roles.map(role => ({role, content: 'Words.'}))};
	return parseRequest(JSON.stringify(body), body);
};

const shown = (settled: number, estimated: number, reserved = 0) => ({
	status: 'done',
	plan: {steps: [{key: 'lay', status: 'done'}]},
	usage: {settledUsd: settled / 1e9, estimatedUsd: estimated / 1e9, reservedUsd: reserved / 1e9},
});

const well: Evidence = {
	events: storedOf(
		['agent.created', {agentId: 'agent_1'}],
		turn('turn.finished', charge, false),
		proposed('call_1', 'use_1'),
		started('call_1'),
		ended('call_1'),
	),
	requests: [askedBy('user')],
	ledger: [entry(1, true)],
	askerOf: () => 'planner',
	shown: shown(charge, 0),
	replayed: shown(charge, 0),
	files: new Map([['log', 'lay-own\n']]),
	expected: {files: new Map([['log', 'lay-own\n']]), status: 'done', steps: ['lay done']},
	processesLeft: [],
};

/** The same run, with more events behind the others. */
const withMore = (...events: readonly Told[]): Evidence => ({
	...well,
	events: [...well.events, ...storedOf(...events).map(event => ({...event, seq: event.seq + well.events.length}))],
});

const twice: Evidence = {
	...well,
	requests: [askedBy('user'), askedBy('user')],
	ledger: [entry(1, false), entry(2, true)],
};

const fleetTurn = (n: number, cost: number): Told => [
	'turn.finished',
	{
		agentId: 'agent_1',
		turnId: 'turn_1',
		content: [{type: 'text', text: n === 0 ? 'Words.' : `${markOf(n)} Words.`}],
		settlement: {cost, estimated: false},
	},
];

/** A fleet with one run, whose sums are those of its turns. */
const setDown = (told: readonly Told[]): FleetEvidence => {
	const events = storedOf(...told);
	const sum = (wanted: boolean): number =>
		told.reduce((all, [, {settlement}]) => {
			const {cost, estimated} = {cost: 0, estimated: false, ...(settlement as object)};
			return all + (estimated === wanted ? cost : 0);
		}, 0);
	const run = shown(sum(false), sum(true));
	const runs = new Map([['run_a', {shown: run, replayed: run}]]);
	return {events, requests: well.requests, ledger: well.ledger, runs, processesLeft: []};
};

describe('who checks a run from outside', () => {
	it('finds nothing in a run that is well', () => {
		expect(findingsOf(well)).toEqual([]);
	});

	it.each([
		['a gap', 'sequence', {...well, events: well.events.filter(({seq}) => seq !== 3)}],
		['a call without an end', 'call ends', withMore(proposed('call_2', 'use_2'), started('call_2'))],
		['a call with two ends', 'call ends', withMore(ended('call_1'))],
		['a call that is started again', 'call started twice', withMore(started('call_1'))],
		['a use that is carried out twice', 'tool twice unmarked', withMore(proposed('call_2', 'use_1'), ended('call_2'))],
		['a mark too many', 'tool twice unmarked', {...well, files: new Map([['log', 'lay-own\nlay-own\n']])}],
		['a mark too few', 'tool lost', {...well, files: new Map([['log', '']])}],
		['litter', 'files', {...well, files: new Map([...well.files, ['litter', '']])}],
		[
			'a step that is done again',
			'finished step redone',
			withMore(...['step.started', 'step.finished', 'step.started'].map(type => [type, {stepId: 'step_1'}] as const)),
		],
		[
			'two answers',
			'request answered twice',
			withMore(...['request.answered', 'request.answered'].map(type => [type, {requestId: 'request_1'}] as const)),
		],
		['two messages of one side', 'conversation', {...well, requests: [askedBy('user', 'user')]}],
		['a price that is not the server’s', 'money', {...well, ledger: [{...entry(1, true), model: 'claude-opus-5-5'}]}],
		['money that stays reserved', 'money', {...well, shown: shown(charge, 0, 5), replayed: shown(charge, 0, 5)}],
		['sums that are not the turns’', 'money', {...well, shown: shown(0, 0), replayed: shown(0, 0)}],
		['a reply that nobody accounts for', 'turn paid twice unaccounted', twice],
		['a replay that differs', 'fold', {...well, replayed: shown(charge, 1)}],
		['a process', 'process left', {...well, processesLeft: ['sleep 120']}],
		['another end', 'end', {...well, expected: {files: well.files, status: 'done', steps: ['lay failed']}}],
	] as const)('finds %s', (_, rule, evidence) => {
		expect([...new Set(findingsOf(evidence).map(finding => finding.rule))]).toEqual([rule]);
	});

	it.each([
		['a whole reply that is not settled as charged', 'money', [fleetTurn(1, charge + 1)]],
		['a reply that two turns stand for', 'money', [fleetTurn(1, charge), fleetTurn(1, charge)]],
		['a turn without a reply', 'money', [fleetTurn(1, charge), fleetTurn(0, charge)]],
		['a reply that no turn stands for', 'turn paid twice unaccounted', []],
		[
			'a call that began and has no end',
			'call ends',
			[fleetTurn(1, charge), proposed('call_1', 'use_1'), started('call_1')],
		],
	] as const)('finds in a fleet that was set down %s', (_, rule, events) => {
		expect([...new Set(fleetFindings(setDown(events)).map(finding => finding.rule))]).toEqual([rule]);
	});

	it('finds nothing in a fleet that was set down while a call waits and a turn was cut off', () => {
		const events = [fleetTurn(1, charge), proposed('call_1', 'use_1')];
		const cut = {...setDown([...events, turn('turn.failed', charge, true)]), requests: twice.requests};
		const ledger = [entry(1, true), entry(2, false, 9)];
		expect(fleetFindings({...cut, ledger})).toEqual([]);
		expect(fleetFindings({...cut, ledger: [...ledger, entry(2, false)]}).map(({rule}) => rule)).toEqual([
			'turn paid twice unaccounted',
		]);
	});

	it('accepts a lost reply that an estimate covers, and a mark too many of a call that is marked unknown', () => {
		const events = storedOf(
			['agent.created', {agentId: 'agent_1'}],
			turn('turn.failed', charge + 1, true),
			turn('turn.finished', charge, false),
			proposed('call_1', 'use_1'),
			started('call_1'),
			ended('call_1', 'unknown'),
		);
		const sums = shown(charge, charge + 1);
		const files = new Map([['log', 'lay-own\nlay-own\n']]);
		expect(findingsOf({...twice, events, shown: sums, replayed: sums, files})).toEqual([]);
	});
});
