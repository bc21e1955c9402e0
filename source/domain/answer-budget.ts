import {type Agent, isEnded} from './agent.ts';
import {amountWords} from './amount-words.ts';
import {ownerOfAsk} from './asked-limit.ts';
import {drawOfRun, type LimitOwner, reserveFor, spentToday} from './budget.ts';
import type {Rejection} from './command.ts';
import {breakOff, failAgent, killAgent} from './end-agent.ts';
import type {Quantity} from './limits.ts';
import {type Pen, write} from './pen.ts';
import {reject} from './rejection.ts';
import type {Answer, Ask, Request} from './request.ts';
import {agentIn, limitKey, openRequests} from './run.ts';

type BudgetAsk = Extract<Ask, {kind: 'budget'}>;

/** Why a limit that leaves no room cannot be raised to this much; undefined when it can. */
export const tooLow = ({what, needed}: Pick<BudgetAsk, 'what' | 'needed'>, limit: number): string | undefined =>
	limit >= needed
		? undefined
		: `The next turn may need up to ${amountWords(what, needed)} in all; raise the limit to at least that.`;

/** A limit was raised: who waited for it goes on, without being asked again. */
const goOnWith = (pen: Pen, owner: LimitOwner, limit: number | undefined): void => {
	for (const request of openRequests(pen.run)) {
		const {ask, agentId} = request;
		if (ask.kind !== 'budget' || limitKey(ownerOfAsk(request, ask)) !== limitKey(owner)) continue;
		if (limit !== undefined && limit < ask.needed) continue;
		write(pen, {type: 'request.withdrawn', requestId: request.id});
		if (agentId !== undefined) write(pen, {type: 'agent.continued', agentId});
	}
	const {status} = pen.run;
	const stillAsked = openRequests(pen.run).some(({ask, agentId}) => ask.kind === 'budget' && agentId === undefined);
	if (status.kind === 'paused' && status.by === 'budget' && !stillAsked) write(pen, {type: 'run.resumed'});
};

const setLimit = (pen: Pen, owner: LimitOwner, limit: number | undefined): void => {
	const {scope, what, agentId, stepId} = owner;
	write(pen, {type: 'budget.raised', scope, what, limit, agentId, stepId});
	goOnWith(pen, owner, limit);
};

/** So much longer a run may take when those at work are to finish. */
const lastMinutesMs = 10 * 60_000;

/** What those at work need for one last turn each, in the quantity that has run out. */
const neededToReport = (what: Quantity, agents: readonly Agent[]): number => {
	switch (what) {
		case 'money':
			return agents.reduce((sum, agent) => sum + reserveFor(agent).money, 0);
		case 'tokens':
			return agents.reduce((sum, agent) => sum + reserveFor(agent).tokens, 0);
		case 'turns':
			return agents.length;
		case 'calls':
			// A run without calls begins nothing, but who reports needs one that is counted as left.
			return 1;
		case 'time':
			return lastMinutesMs;
		default:
			return what satisfies never;
	}
};

/** Those at work report, nobody else begins: the limit grows by what that takes, and no further. */
const windUp = (pen: Pen, owner: LimitOwner): void => {
	for (const {id} of pen.run.agents) {
		const agent = agentIn(pen.run, id);
		if (agent !== undefined && !isEnded(agent) && agent.turns === 0 && agent.turn === undefined)
			killAgent(pen, agent, 'a limit was reached before it began');
	}
	if (pen.run.status.kind === 'ended') return;
	const begun = pen.run.agents.filter(agent => !isEnded(agent));
	const {used, held} = drawOfRun(pen.run);
	const elsewhere = owner.scope === 'day' ? pen.elsewhere.used[owner.what] + pen.elsewhere.held[owner.what] : 0;
	const ofRun = owner.scope === 'day' ? spentToday(pen.run, pen.now)[owner.what] : used[owner.what];
	const limit = elsewhere + ofRun + held[owner.what] + neededToReport(owner.what, begun);
	const before = pen.run.settings.limits[owner.scope][owner.what] ?? 0;
	setLimit(pen, owner, Math.max(before, limit));
	write(pen, {type: 'run.winds_up'});
};

/** What becomes of a limit that was reached: raise it, let those at work finish, or stop. */
export const answerBudget = (
	pen: Pen,
	request: Request,
	ask: BudgetAsk,
	answer: Answer,
	by: 'person' | 'policy',
): Rejection | undefined => {
	const owner = ownerOfAsk(request, ask);
	const agent = agentIn(pen.run, request.agentId);
	const answered = (): void => write(pen, {type: 'request.answered', requestId: request.id, answer, by});
	const goOn = (): void => {
		if (agent !== undefined) write(pen, {type: 'agent.continued', agentId: agent.id});
	};
	const low = answer.kind === 'raise' ? tooLow(ask, answer.limit) : undefined;
	switch (answer.kind) {
		case 'raise':
			if (low !== undefined) return reject('invalid', low);
			answered();
			setLimit(pen, owner, answer.limit);
			goOn();
			return undefined;
		case 'finish':
			answered();
			if (agent === undefined) {
				windUp(pen, owner);
				return undefined;
			}
			setLimit(pen, owner, ask.needed);
			goOn();
			write(pen, {type: 'agent.winds_up', agentId: agent.id});
			return undefined;
		case 'deny':
			answered();
			if (agent === undefined) {
				const why = answer.reason.trim() === '' ? 'it was not raised' : answer.reason;
				breakOff(pen, 'stopped', `the limit of the ${ask.scope} left no room: ${why}`, undefined);
			} else
				failAgent(pen, agent, {
					kind: 'budget',
					message: `${agent.name} had no room left in its limit of ${amountWords(ask.what, ask.limit)} (${ask.scope}), and it was not raised. Retry the step with a higher one.`,
				});
			return undefined;
		case 'approve':
		case 'text':
			return reject('invalid', 'Raise the limit, let those at work finish, or stop.');
		default:
			return answer satisfies never;
	}
};

/** A person sets a limit of the run or the day. */
export const setRunLimit = (pen: Pen, scope: 'run' | 'day', what: Quantity, limit: number | undefined): void =>
	setLimit(pen, {scope, what, agentId: undefined, stepId: undefined}, limit);
