import {describe, expect, it} from 'vitest';
import {exitCodeOf, exitCodes} from '../../source/boot/exit-code.ts';
import {whatToDo} from '../../source/boot/what-to-do.ts';
import type {Failure} from '../../source/domain/failure.ts';
import type {Ask, Request, RequestStatus} from '../../source/domain/request.ts';
import type {Run} from '../../source/domain/run.ts';
import {makeRun} from '../support/make-run.ts';

/** A run in which nobody is at work, with these requests. */
const withAsks = (asks: readonly Ask[], status: RequestStatus = {kind: 'open'}): Run => {
	const run = makeRun({stage: 'proposed'});
	const requests = asks.map(
		(ask, i): Request => ({
			id: `request_${i}`,
			openedAt: 0,
			seenAt: undefined,
			overdueAt: undefined,
			agentId: undefined,
			stepId: undefined,
			ask,
			status,
		}),
	);
	return {...run, requests};
};

const limit = (scope: 'day' | 'agent'): Ask => ({
	kind: 'budget',
	scope,
	what: 'money',
	limit: 10_000_000,
	needed: 12_300_000,
	of: scope === 'agent' ? 'agent_1' : undefined,
});
const lane: Ask = {kind: 'lane', lane: 'local', failure: {kind: 'quota', message: 'The credit is used up.'}};

const ended = (outcome: 'failed' | 'stopped', failure?: Failure): Run => ({
	...withAsks([]),
	status: {kind: 'ended', outcome, reason: 'so', failure, at: 0},
});

describe('the exit code', () => {
	it('is 3 when only limits stand in the way, whose ever they are', () => {
		expect(exitCodeOf(withAsks([limit('day')]))).toBe(exitCodes.budget);
		expect(exitCodeOf(withAsks([limit('agent'), limit('agent')]))).toBe(exitCodes.budget);
		expect(exitCodeOf({...withAsks([limit('day'), lane]), status: {kind: 'paused', by: 'budget'}})).toBe(3);
	});

	it('is 4 when a person is needed for anything else', () => {
		expect(exitCodeOf(withAsks([lane]))).toBe(exitCodes.waiting);
		expect(exitCodeOf(withAsks([{kind: 'plan'}, limit('agent')]))).toBe(exitCodes.waiting);
		expect(exitCodeOf({...withAsks([]), status: {kind: 'paused', by: 'timeout'}})).toBe(exitCodes.waiting);
	});

	it('is 3 for a run that ended because of a limit', () => {
		expect(exitCodeOf({...ended('stopped'), windsUp: true})).toBe(exitCodes.budget);
		expect(exitCodeOf(ended('failed', {kind: 'budget', message: 'm'}))).toBe(exitCodes.budget);
		const stopped = withAsks([limit('day')], {
			kind: 'answered',
			answer: {kind: 'deny', reason: ''},
			by: 'person',
			at: 0,
		});
		expect(exitCodeOf({...ended('stopped'), requests: stopped.requests})).toBe(exitCodes.budget);
		expect(exitCodeOf(ended('stopped'))).toBe(exitCodes.failed);
		expect(exitCodeOf(ended('failed', {kind: 'unauthorized', message: 'm'}))).toBe(exitCodes.usage);
	});
});

describe('what to do about a run that waits', () => {
	it('names a limit to type that is enough', () => {
		const [line] = whatToDo(withAsks([limit('day')]), false);
		expect(line).toMatch(
			/day\.usd of \$0\.0100 leaves no room for the next turn.*Raise it with: flotilla resume run_made01 --limit day\.usd=0\.02$/,
		);
		const seven = {...limit('day'), needed: 70_000_000};
		expect(whatToDo(withAsks([seven]), false)[0]).toMatch(/day\.usd=0\.07$/);
	});

	it('says that resuming tries a closed lane again, and that --yes answers what can be said in advance', () => {
		expect(whatToDo(withAsks([lane]), false)[0]).toMatch(/local is closed.*try again with: flotilla resume/);
		expect(whatToDo(withAsks([{kind: 'plan'}]), false).at(-1)).toMatch(/in advance with: flotilla resume .* --yes/);
		expect(whatToDo(withAsks([{kind: 'plan'}]), true).at(-1)).toMatch(/Take it up again/);
	});
});
