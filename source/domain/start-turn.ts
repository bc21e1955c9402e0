import type {Agent} from './agent.ts';
import {type Admission, admit, callsLeft, promptGuess} from './budget.ts';
import {nextId, type Pen, write} from './pen.ts';

/** How full a context may get before the agent must report. */
const contextFull = 0.85;

/** An agent that may only report now: it is at the end of its turns, its calls, its context or its money. */
export const mustReport = (pen: Pen, agent: Agent): boolean =>
	agent.assignment.kind !== 'plan' &&
	(agent.windsUp ||
		pen.run.windsUp ||
		agent.turns + 1 >= agent.assignment.maxTurns ||
		callsLeft(pen.run, agent, pen) <= 0 ||
		promptGuess(agent) + agent.assignment.maxOutputTokens > agent.model.contextTokens * contextFull);

/** A limit is reached: the run pauses, or only the agent whose limit it is, and a person is asked. */
const askForMore = (pen: Pen, agent: Agent, {owner, limit, needed}: Extract<Admission, {kind: 'over'}>): void => {
	const {scope, what} = owner;
	const isWide = scope === 'run' || scope === 'day';
	if (isWide) write(pen, {type: 'run.paused', by: 'budget'});
	else write(pen, {type: 'agent.limited', agentId: agent.id});
	write(pen, {
		type: 'request.opened',
		requestId: nextId(pen, 'request'),
		agentId: isWide ? undefined : agent.id,
		stepId: isWide ? undefined : agent.stepId,
		ask: {kind: 'budget', scope, what, limit, needed, of: owner.agentId},
	});
};

/** Start the agent's next turn if what it may cost can be set aside; otherwise wait or ask for more. */
export const startTurn = (pen: Pen, agent: Agent): void => {
	const admission = admit(pen.run, agent, pen);
	switch (admission.kind) {
		case 'later':
			return;
		case 'over':
			askForMore(pen, agent, admission);
			return;
		case 'fits':
			write(pen, {
				type: 'turn.started',
				turnId: nextId(pen, 'turn'),
				agentId: agent.id,
				promptGuess: promptGuess(agent),
				reserved: admission.reserve.money,
				reservedTokens: admission.reserve.tokens,
				delivers: agent.mailbox.map(letter => letter.id),
				last: mustReport(pen, agent),
			});
			return;
		default:
			admission satisfies never;
	}
};
