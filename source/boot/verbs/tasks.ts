import {stepCosts} from '../../../components/parts/step-costs.ts';
import {stepsOf} from '../../domain/plan.ts';
import {chooseRun} from '../choose-run.ts';
import type {Context} from '../context.ts';
import {stepTable} from '../describe-run.ts';
import {describeStep} from '../describe-step.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {findStep} from '../find-subject.ts';
import {presentStep} from '../present.ts';
import {readRun} from '../read-run.ts';
import {columnsOf, print, printJson} from '../terminal.ts';
import {withLog} from '../with-log.ts';

/** The steps of the plan of a run. */
export const tasks = (context: Context, named: string | undefined): ExitCode =>
	withLog(context, log => {
		const run = readRun(log, chooseRun(log, {named}));
		const steps = stepsOf(run.plan);
		const costs = stepCosts(run);
		if (context.flags.json === true) {
			const listed = steps.map(step => presentStep(run, step, costs));
			printJson(context.terminal, {version: 1, runId: run.id, steps: listed}, 'page');
		} else if (steps.length === 0) print(context.terminal, `${run.id} has no plan yet.`);
		else print(context.terminal, stepTable(run, columnsOf(context.terminal)));
		return exitCodes.done;
	});

/** One step of the plan of a run. */
export const task = (context: Context, said: string): ExitCode =>
	withLog(context, log => {
		const run = readRun(log, chooseRun(log, {named: context.flags.run, subject: said}));
		const step = findStep(run, said);
		if (context.flags.json === true) {
			const shown = presentStep(run, step, stepCosts(run));
			printJson(context.terminal, {version: 1, runId: run.id, step: shown}, 'page');
		} else print(context.terminal, describeStep(run, step));
		return exitCodes.done;
	});
