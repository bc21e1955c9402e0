import type {RunEvent, Stamped} from '../../source/domain/event.ts';
import type {ModelFacts} from '../../source/domain/model.ts';
import type {Usage} from '../../source/domain/usage.ts';
import type {Seen} from './seen.ts';

/** What a usage costs, reckoned anew: token by token class, in nano-dollars. */
export const worth = (usage: Usage, {price}: ModelFacts): number | undefined => {
	if (price === undefined) return undefined;
	const {rates, largePrompt} = price;
	const prompt = usage.input + usage.cacheWrite5m + usage.cacheWrite1h + usage.cacheRead;
	const nanoPerToken = largePrompt !== undefined && prompt > largePrompt.aboveTokens ? 1000 * largePrompt.factor : 1000;
	return (
		usage.input * rates.input * nanoPerToken +
		usage.cacheWrite5m * rates.cacheWrite5m * nanoPerToken +
		usage.cacheWrite1h * rates.cacheWrite1h * nanoPerToken +
		usage.cacheRead * rates.cacheRead * nanoPerToken +
		usage.output * rates.output * nanoPerToken
	);
};

/** So many failures of its own in a row end an agent. */
const failuresMax = 6;

/** So often in a row an agent may be asked for nothing but its report. */
const lastTurnsMax = 2;

const turnStarts = (seen: Seen, event: Extract<RunEvent, {type: 'turn.started'}>): string | undefined => {
	const agent = seen.agents.get(event.agentId);
	if (agent === undefined) return `${event.turnId} is of ${event.agentId}, which does not exist.`;
	if (seen.turns.has(event.turnId)) return `${event.turnId} starts twice.`;
	if (seen.status !== 'active' && seen.status !== 'planning') return `A turn starts while the run is ${seen.status}.`;
	if (agent.ended !== undefined) return `${agent.id} starts a turn but does not work any more.`;
	if (agent.stopped !== undefined) return `${agent.id} starts a turn and is ${agent.stopped}.`;
	if (agent.paused) return `${agent.id} starts a turn and is paused.`;
	if (agent.openTurn !== undefined) return `${agent.id} starts a turn while one is open.`;
	if (agent.calls.some(call => call.state !== 'ended')) return `${agent.id} starts a turn before its calls have ended.`;
	if (agent.failures >= failuresMax) return `${agent.id} tries again after ${agent.failures} failures in a row.`;
	// A task goes on as often as a person writes; a report that could not be read may be mended, but not for ever.
	if (agent.kind !== 'task' && agent.spent.turns >= agent.maxTurns + 2 + agent.stops)
		return `${agent.id} may have ${agent.maxTurns} turns and begins with turn ${agent.spent.turns + 1}.`;
	if (agent.kind !== 'plan' && (seen.windsUp || agent.spent.turns + 1 >= agent.maxTurns) && !event.last)
		return `${event.turnId} is the last one of ${agent.id} and does not say so.`;
	if (event.last && agent.lastTurns >= lastTurnsMax)
		return `${agent.id} could only report ${agent.lastTurns} times, and begins anew.`;
	if (event.delivers.some(id => !agent.unread.has(id))) return `${event.turnId} delivers a message that was delivered.`;
	if (event.delivers.length !== agent.unread.size) return `${event.turnId} leaves a message undelivered.`;
	if (!Number.isSafeInteger(event.reserved) || event.reserved < 0) return `The reserve ${event.reserved} is no sum.`;
	return undefined;
};

/** When turns may start, and that each is settled once, at what it is worth. */
export const turnRule = (seen: Seen, {event}: Stamped): string | undefined => {
	if (event.type === 'turn.started') return turnStarts(seen, event);
	if (event.type === 'turn.cut')
		return seen.agents.get(event.agentId)?.openTurn === event.turnId
			? undefined
			: `${event.turnId} is cut and is not open.`;
	if (event.type !== 'turn.finished' && event.type !== 'turn.failed') return undefined;
	const agent = seen.agents.get(event.agentId);
	const turn = seen.turns.get(event.turnId);
	if (agent === undefined || turn === undefined || turn.ended || agent.openTurn !== event.turnId)
		return `${event.turnId} of ${event.agentId} ends but is not open.`;
	const {usage, cost, estimated} = event.settlement;
	const due = worth(usage, turn.model);
	if ((due === undefined) !== (cost === undefined)) return `${turn.id}: only a turn without a price has no cost.`;
	if (due === undefined || cost === undefined || Math.abs(due - cost) <= 1) return undefined;
	// An estimate is on the high side, but no more than was set aside for it.
	if (estimated && cost > due && cost <= turn.reserved) return undefined;
	return `${turn.id} costs ${cost} instead of ${due}.`;
};
