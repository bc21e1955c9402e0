import {sanitiseLine} from '../../../components/text/sanitise.ts';
import {chooseRun} from '../choose-run.ts';
import type {Context} from '../context.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {localMinute} from '../local-minute.ts';
import {time} from '../present.ts';
import {Problem} from '../problem.ts';
import {complain, print, printJson} from '../terminal.ts';
import {withLog} from '../with-log.ts';

/** So many places are told when nobody says how many. */
const usualMost = 50;
const mostMax = 1000;

const readMost = (text: string | undefined): number => {
	if (text === undefined) return usualMost;
	const most = Number(text);
	if (!Number.isInteger(most) || most < 1 || most > mostMax)
		throw new Problem(`--most "${text}" is no number from 1 to ${mostMax}.`);
	return most;
};

/** Find words in what was said and done: goals, plans, messages, replies, calls and their outputs, diffs, decisions. */
export const search = (context: Context, text: string): ExitCode =>
	withLog(context, log => {
		const {terminal, flags} = context;
		const runId = flags.run === undefined ? undefined : chooseRun(log, {named: flags.run});
		const limit = readMost(flags.most);
		const order = flags.best === true ? 'best' : 'newest';
		const {hits, isWhole, problem} = log.search({text, limit, order, ...(runId === undefined ? {} : {runId})});
		if (problem !== undefined) throw new Problem(`"${text}" cannot be searched for. ${problem}`);
		const lines = hits.map(({excerpt, ...hit}) => ({
			...hit,
			line: sanitiseLine(excerpt.map(part => part.text).join('')),
		}));
		if (flags.json === true) {
			const listed = lines.map(({seq, at, type, runId: run, agentId, agentName, line}) => ({
				runId: run,
				agentId: agentId ?? null,
				agent: agentName ?? null,
				seq,
				at: time(at),
				type,
				line,
			}));
			printJson(terminal, {version: 1, text, whole: isWhole, hits: listed}, 'page');
			return exitCodes.done;
		}
		for (const {runId: id, agentName, seq, at, line} of lines) {
			print(terminal, [id, agentName ?? '-', String(seq), localMinute(at), line].join('  '));
		}
		if (lines.length === 0) complain(terminal, `Nothing holds ${text}.`);
		if (!isWhole)
			complain(terminal, `There are more than these ${limit}. Name a run with --run, add words, or ask for --most.`);
		return exitCodes.done;
	});
