import type {RunEvent, Stamped} from '../../source/domain/event.ts';
import {mayChange, type Seen, type SeenCall} from './seen.ts';

type Weighty = Extract<RunEvent, {type: 'call.weighed' | 'call.started' | 'call.finished'}>;

/** What may become of calls. */
export const callRule = (seen: Seen, {event}: Stamped): string | undefined => {
	switch (event.type) {
		case 'call.proposed': {
			if (seen.calls.has(event.callId)) return `${event.callId} is proposed twice.`;
			if (event.tool === 'run_check' && event.useId === '') return checkRule(seen, event);
			const owed = seen.turns.get(event.turnId)?.owed.includes(event.useId);
			return owed === true ? undefined : `${event.callId} answers no tool use of ${event.turnId}.`;
		}
		case 'call.cut':
			return seen.calls.get(event.callId)?.state === 'running' ? undefined : `${event.callId} is cut and does not run.`;
		case 'call.lost': {
			const call = seen.calls.get(event.callId);
			return call?.state === 'running' && mayChange(call) ? undefined : `${event.callId} cannot be lost.`;
		}
		case 'call.delegated': {
			const helper = seen.agents.get(event.to);
			return helper?.parent?.callId === event.callId ? undefined : `${event.callId} is handed to nobody.`;
		}
		case 'call.held': {
			const agent = seen.agents.get(event.agentId);
			const open = agent?.calls.find(call => call.id !== event.callId && call.state !== 'ended');
			return open === undefined ? undefined : `${event.callId} is checked while ${open.id} is ${open.state}.`;
		}
		case 'call.weighed':
		case 'call.started':
		case 'call.finished':
			return ofCall(seen, event);
		default:
			return undefined;
	}
};

const checkRule = (seen: Seen, event: Extract<RunEvent, {type: 'call.proposed'}>): string | undefined => {
	const held = seen.agents.get(event.agentId)?.calls.some(call => call.state === 'checking');
	return held === true ? undefined : `${event.callId} checks work that nobody has reported.`;
};

const ofCall = (seen: Seen, event: Weighty): string | undefined => {
	const call = seen.calls.get(event.callId);
	if (call === undefined) return `${event.type} of ${event.callId}, which was never proposed.`;
	if (call.state === 'ended') return `${event.type} of ${call.id}, which has ended.`;
	if (event.type === 'call.weighed') return call.state === 'proposed' ? undefined : `${call.id} is weighed twice.`;
	if (event.type === 'call.finished') {
		const known =
			event.outcome === 'cancelled' && (call.state === 'running' || call.state === 'lost') && mayChange(call);
		return known ? `${call.id} was running, so it is not known that it did nothing.` : undefined;
	}
	if (call.state !== 'allowed') return `${call.id} starts but is ${call.state}.`;
	if (seen.agents.get(call.agentId)?.paused === true) return `${call.id} starts, and its agent is paused.`;
	const calls = seen.agents.get(call.agentId)?.calls ?? [];
	const earlier = calls.slice(0, calls.indexOf(call)).find(other => mayChange(other) && other.state !== 'ended');
	return mayChange(call) && earlier !== undefined ? `${call.id} starts before ${earlier.id} has ended.` : undefined;
};

/** The word VERIFIED needs a check that began after the last change, whoever made it, and passed. */
export const verifiedRule = (seen: Seen, {event}: Stamped): string | undefined => {
	if (event.type !== 'step.finished' || event.packet.status !== 'VERIFIED') return undefined;
	const agent = seen.agents.get(event.agentId);
	const checks: readonly SeenCall[] = agent?.calls.filter(({tool}) => tool === 'run_check') ?? [];
	const passed = checks.some(call => call.outcome === 'ok' && call.begunAt > seen.changedAt);
	return passed ? undefined : `${event.stepId} is VERIFIED, and no check that began after the last change has passed.`;
};
