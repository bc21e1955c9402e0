import {isActive} from './agent.ts';
import {freeTools} from './call.ts';
import type {Happening} from './event.ts';
import {addSpend, dayOf, noSpend, type Spend} from './limits.ts';
import {agentIn, type Ledger, type Run} from './run.ts';
import {addUsage, noUsage, totalTokens} from './usage.ts';

export type Accounts = Pick<Run, 'ledger' | 'spent' | 'today'>;

export const openAccounts = (at: number): Accounts => ({
	ledger: {settled: 0, estimated: 0, reserved: 0, unpricedTurns: 0, usage: noUsage},
	spent: noSpend,
	today: {...noSpend, day: dayOf(at)},
});

/** What money and tokens a turn moved: set aside at its start, settled at its end. */
const ledgerAfter = (run: Run, {event}: Happening): Ledger => {
	const {ledger} = run;
	switch (event.type) {
		case 'turn.started':
			return {...ledger, reserved: ledger.reserved + event.reserved};
		case 'turn.finished':
		case 'turn.failed': {
			const {usage, cost, estimated} = event.settlement;
			const turn = agentIn(run, event.agentId)?.turn;
			return {
				settled: ledger.settled + (estimated ? 0 : (cost ?? 0)),
				estimated: ledger.estimated + (estimated ? (cost ?? 0) : 0),
				reserved: ledger.reserved - (turn?.reserved ?? 0),
				unpricedTurns: ledger.unpricedTurns + (cost === undefined ? 1 : 0),
				usage: addUsage(ledger.usage, usage),
			};
		}
		default:
			return ledger;
	}
};

/** Time passes for the run while somebody works; waiting for a person costs none. */
const timeSince = (run: Run, {event, at}: Happening): number => {
	const passed = at - run.lastEventAt;
	// The clock may be set back between two events.
	if (passed <= 0 || run.suspended) return 0;
	// When nobody carried the run, nobody worked, and until when the last process did is not known.
	if (event.type === 'run.suspended' || event.type === 'run.recovered') return 0;
	return run.agents.some(isActive) ? passed : 0;
};

const spendOf = (run: Run, happening: Happening): Spend | undefined => {
	const {event} = happening;
	const time = timeSince(run, happening);
	switch (event.type) {
		case 'turn.finished':
		case 'turn.failed': {
			const {usage, cost} = event.settlement;
			const turns = event.type === 'turn.finished' ? 1 : 0;
			return {money: cost ?? 0, tokens: totalTokens(usage), turns, calls: 0, time};
		}
		case 'call.proposed':
			return {...noSpend, calls: freeTools.has(event.tool) || event.overBudget === true ? 0 : 1, time};
		default:
			return time === 0 ? undefined : {...noSpend, time};
	}
};

/** The sums of a run after one more event. `run` is the run before it. */
export const account = (run: Run, happening: Happening): Accounts => {
	const ledger = ledgerAfter(run, happening);
	const spend = spendOf(run, happening);
	// Where the clock is set back, the day stays what it was.
	const day = Math.max(run.today.day, dayOf(happening.at));
	const today = day === run.today.day ? run.today : {...noSpend, day};
	if (spend === undefined) return {ledger, spent: run.spent, today};
	return {ledger, spent: addSpend(run.spent, spend), today: {...addSpend(today, spend), day}};
};
