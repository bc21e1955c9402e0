import {amountText} from '../../store/amount.ts';
import {stepsOf} from '../domain/plan.ts';
import type {Ask, Request} from '../domain/request.ts';
import {openRequests, type Run} from '../domain/run.ts';
import {limitUnits} from './limit-unit.ts';
import {askerOf, askInOneLine} from './request-words.ts';

/** `--yes` answers these. */
const saidInAdvance: ReadonlySet<Ask['kind']> = new Set<Ask['kind']>(['plan', 'call', 'network', 'unknown']);

/** A person who reads this needs the first few; all of them are in `flotilla show`. */
const linesMax = 5;

/** What is open, in a line, with the command that moves it where there is one. */
const lineFor = (run: Run, request: Request): string => {
	const {ask} = request;
	const who = askerOf(run, request);
	const words = `${who === undefined ? '' : `${who}: `}${askInOneLine(ask)}`;
	if (ask.kind === 'budget' && (ask.scope === 'run' || ask.scope === 'day'))
		return `${words}. Raise it with: flotilla resume ${run.id} --limit ${ask.scope}.${limitUnits[ask.what]}=${amountText(ask.what, ask.needed)}`;
	if (ask.kind === 'lane') return `${words} When that is mended, try again with: flotilla resume ${run.id}`;
	return words;
};

/** What a person can do about a run that has not ended, in a line each. */
export const whatToDo = (run: Run, interactive: boolean): readonly string[] => {
	const open = openRequests(run);
	const more = open.length - linesMax;
	const lines = [
		...open.slice(0, linesMax).map(request => `Open: ${lineFor(run, request)}`),
		...(more > 0 ? [`… and ${more} more: flotilla show ${run.id}`] : []),
	];
	const resume = `flotilla resume ${run.id}`;
	const held = stepsOf(run.plan).filter(({status}) => status.kind === 'held');
	if (open.length === 0 && held.length > 0)
		return [
			`Held: ${held.map(({title}) => title).join(', ')}. Nothing goes on until it is approved, rejected or skipped: in the window of ${resume}, or approve it with --yes.`,
		];
	if (!interactive && open.some(({ask}) => saidInAdvance.has(ask.kind)))
		return [...lines, `A person is asked. Say yes in advance with: ${resume} --yes`];
	if (open.length > 0 && !interactive) return [...lines, `Answer it in a terminal with: ${resume}`];
	return [...lines, `Take it up again with: ${resume}`];
};
