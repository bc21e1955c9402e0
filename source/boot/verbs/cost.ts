import {money} from '../../../components/parts/money.ts';
import {findEvents} from '../../../db/find-events.ts';
import {type CostRow, costEvents} from '../../domain/costs.ts';
import {toUsd} from '../../domain/money.ts';
import {promptTokens} from '../../domain/usage.ts';
import {addCosts, totalOf} from '../add-costs.ts';
import {chooseRun} from '../choose-run.ts';
import type {Context} from '../context.ts';
import {csv} from '../csv.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {costKeys} from '../flags.ts';
import {spentUsd} from '../present.ts';
import {Problem} from '../problem.ts';
import {table} from '../table.ts';
import {columnsOf, print, printJson} from '../terminal.ts';
import {withLog} from '../with-log.ts';

const presentRow = (row: CostRow) => ({
	key: row.key,
	label: row.label,
	turns: row.turns,
	failedTurns: row.failedTurns,
	unpricedTurns: row.unpricedTurns,
	...row.usage,
	costUsd: spentUsd({...row, unpriced: row.unpricedTurns > 0}),
	settledUsd: toUsd(row.settled),
	estimatedUsd: toUsd(row.estimated),
});

/** Small amounts would else be written with an exponent. */
const plain = (usd: number | null): string | null => (usd === null ? null : usd.toFixed(9).replace(/\.?0+$/, ''));

const csvOf = (rows: readonly CostRow[]): string => {
	const lines = rows.map(row => {
		const {costUsd, settledUsd, estimatedUsd, ...rest} = presentRow(row);
		return {...rest, costUsd: plain(costUsd), settledUsd: plain(settledUsd), estimatedUsd: plain(estimatedUsd)};
	});
	return csv([Object.keys(presentRow(totalOf([]))), ...lines.map(line => Object.values(line))]);
};

const tableOf = (by: string, rows: readonly CostRow[], columns: number | undefined): string => {
	const total = totalOf(rows);
	// Of an agent it is its id, which is whole or of no use.
	const last = by === 'agent' ? 'ID' : by === 'step' ? 'TITLE' : by === 'run' ? 'GOAL' : '';
	return table(
		[
			[by.toUpperCase(), 'TURNS', 'FAILED', 'PROMPT', 'FROM CACHE', 'OUTPUT', 'COST', last],
			...[...rows, ...(rows.length > 1 ? [total] : [])].map(row => [
				(by === 'agent' && row !== total) || row.key === '' ? row.label : row.key,
				String(row.turns),
				String(row.failedTurns),
				String(promptTokens(row.usage)),
				String(row.usage.cacheRead),
				String(row.usage.output),
				money({...row, unpriced: row.unpricedTurns > 0}),
				by === 'agent' ? (row === total ? '' : row.key) : row.key === '' ? '' : row.label,
			]),
		],
		{columns, cut: {TITLE: 12, GOAL: 12}, spare: ['ID', 'FROM CACHE', 'FAILED', 'TURNS', 'OUTPUT']},
	);
};

/** What was spent, added up: in a run by agent, step, role, model or provider; in all runs, unless one is named, by run or day. */
export const cost = (context: Context, named: string | undefined): ExitCode =>
	withLog(context, (log, database) => {
		const {terminal, flags} = context;
		if (flags.csv === true && flags.json === true) throw new Problem('--csv and --json are two forms; name one.');
		const by = costKeys.find(key => key === flags.by) ?? 'agent';
		const isOfAll = named === undefined && (by === 'run' || by === 'day');
		const runId = isOfAll ? undefined : chooseRun(log, {named});
		const rows = addCosts(findEvents(database, {types: costEvents, runId}), by);
		if (flags.json === true) {
			const shown = {
				version: 1,
				by,
				runId: runId ?? null,
				rows: rows.map(presentRow),
				total: presentRow(totalOf(rows)),
			};
			printJson(terminal, shown, 'page');
		} else if (flags.csv === true) terminal.stdout.write(csvOf(rows));
		else print(terminal, rows.length === 0 ? 'Nothing was spent yet.' : tableOf(by, rows, columnsOf(terminal)));
		return exitCodes.done;
	});
