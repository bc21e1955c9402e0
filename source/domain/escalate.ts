import type {Agent} from './agent.ts';
import {createHelper, roleNamed} from './create-agent.ts';
import {cancelCalls, openBlocker} from './end-agent.ts';
import type {CallId} from './id.ts';
import {material} from './material.ts';
import {type Pen, write} from './pen.ts';

/** How deep agents may hand work on: those of the plan are at depth 1. */
export const depthMax = 4;

/** The role that tries to help before a person is asked. */
const managerRole = 'manager';

/** So often one agent is helped by managers; after that a person is asked at once. */
const managersMax = 2;

/** An agent cannot go on: a manager tries once, then a person is asked. */
export const escalate = (pen: Pen, agent: Agent, callId: CallId | undefined, problem: string, tried: string): void => {
	const role = roleNamed(pen.run, managerRole);
	const managers = pen.run.agents.filter(
		({assignment, parent}) => assignment.role === managerRole && parent?.agentId === agent.id,
	);
	const isManager = agent.assignment.role === managerRole;
	const nobodyCan = role === undefined || pen.run.windsUp || agent.windsUp;
	if (nobodyCan || isManager || agent.depth >= depthMax || managers.length >= managersMax) {
		openBlocker(pen, agent, callId, problem, tried);
		return;
	}
	const {title, objective} = agent.assignment;
	const words = [
		`${agent.name}, a ${agent.assignment.role}, works on "${title}" and cannot go on.`,
		`Its objective: ${objective}`,
		material(`problem of ${agent.name}`, tried === '' ? problem : `${problem}\nTried: ${tried}`),
		'Find out why, and report what it should do next, in words it can follow. If only a person can decide or provide what is missing, report FAIL and say what is needed.',
	].join('\n\n');
	const to = createHelper(pen, agent, callId, role, role.tier, {title: `Help ${agent.name}`, objective: words});
	if (callId !== undefined) write(pen, {type: 'call.delegated', callId, agentId: agent.id, to});
};

/** So often in a row the same thing is a loop. */
const sameCallsMax = 4;
const sameRepliesMax = 3;

/** What an agent repeats without getting anywhere, in words; undefined when it does not. */
export const loopOf = ({sameCalls, sameReplies, calls}: Agent): string | undefined => {
	const tool = calls.at(-1)?.tool ?? 'a tool';
	if (sameCalls.count >= sameCallsMax) return `It made the same call of ${tool} ${sameCalls.count} times in a row.`;
	// A reply that only makes calls again is one as often as its calls are.
	if (sameReplies.count >= (calls.length === 0 ? sameRepliesMax : sameCallsMax))
		return `It gave the same reply ${sameReplies.count} times in a row.`;
	return undefined;
};

/** Stop an agent that goes in circles, and see to it that somebody helps. */
export const stopLoop = (pen: Pen, agent: Agent, problem: string): void => {
	cancelCalls(pen, agent.id, `Not carried out: ${problem} Wait for help before you go on.`);
	write(pen, {type: 'agent.blocked', agentId: agent.id, problem});
	escalate(pen, agent, undefined, problem, '');
};
