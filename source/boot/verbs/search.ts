import {sanitiseLine} from '../../../components/text/sanitise.ts';
import {findEvents} from '../../../db/find-events.ts';
import {agentOf, type Stamped} from '../../domain/event.ts';
import type {AgentId} from '../../domain/id.ts';
import {chooseRun} from '../choose-run.ts';
import type {Context} from '../context.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {time} from '../present.ts';
import {complain, print, printJson} from '../terminal.ts';
import {tellingEvents, toldTexts} from '../told-texts.ts';
import {withLog} from '../with-log.ts';

/** So many lines are told, the newest. */
const hitsMax = 500;

/** A line is told up to here, with the text that was found in it, characters. */
const lineMax = 200;

/** The line around what was found: a file in one line would fill the screen. */
const around = (line: string, place: number): string => {
	const start = Math.max(0, Math.min(place - lineMax / 4, line.length - lineMax));
	const part = line.slice(start, start + lineMax).trim();
	return `${start > 0 ? '…' : ''}${part}${start + lineMax < line.length ? '…' : ''}`;
};

type Hit = {readonly stamped: Stamped; readonly line: string};

/** The lines of an event that contain a text, whatever the case of its letters. */
const hitsIn = (stamped: Stamped, text: string): readonly Hit[] => {
	const small = text.toLowerCase();
	const first = text.split('\n')[0]?.toLowerCase() ?? small;
	return toldTexts(stamped.event)
		.filter(told => told.toLowerCase().includes(small))
		.flatMap(told => told.split('\n'))
		.flatMap(line => {
			const place = line.toLowerCase().indexOf(first);
			return place === -1 ? [] : [{stamped, line: around(line, place)}];
		});
};

/** Find a text in what was said and done: goals, plans, messages, replies, calls and their outputs. */
export const search = (context: Context, text: string): ExitCode =>
	withLog(context, (log, database) => {
		const {terminal, flags} = context;
		const runId = flags.run === undefined ? undefined : chooseRun(log, {named: flags.run});
		const hits: Hit[] = [];
		let isWhole = true;
		for (const stamped of findEvents(database, {types: tellingEvents, runId, text, newestFirst: true})) {
			hits.push(...hitsIn(stamped, text).toReversed());
			isWhole = hits.length <= hitsMax;
			if (!isWhole) break;
		}
		const shown = hits.slice(0, hitsMax).reverse();
		const names = new Map<AgentId, string>();
		for (const {event} of findEvents(database, {types: ['agent.created'], runId}))
			if (event.type === 'agent.created') names.set(event.agentId, event.name);
		const nameOf = ({event}: Stamped): string | undefined => {
			const agentId = agentOf(event);
			return agentId === undefined ? undefined : names.get(agentId);
		};
		if (flags.json === true) {
			const listed = shown.map(({stamped, line}) => ({
				runId: stamped.runId,
				agentId: agentOf(stamped.event) ?? null,
				agent: nameOf(stamped) ?? null,
				seq: stamped.seq,
				at: time(stamped.at),
				type: stamped.event.type,
				line,
			}));
			printJson(terminal, {version: 1, text, whole: isWhole, hits: listed}, 'page');
			return exitCodes.done;
		}
		for (const {stamped, line} of shown) {
			const {runId: id, seq, at} = stamped;
			const when = time(at).slice(0, 16).replace('T', ' ');
			print(terminal, [id, nameOf(stamped) ?? '-', String(seq), when, sanitiseLine(line)].join('  '));
		}
		if (shown.length === 0) complain(terminal, `Nothing contains "${text}".`);
		if (!isWhole) complain(terminal, `These are the newest ${hitsMax}; there are more. Name a run with --run.`);
		return exitCodes.done;
	});
