import {systemClock} from '../engine/clock.ts';
import type {Context} from './context.ts';
import type {Defects} from './defects.ts';
import type {ExitCode} from './exit-code.ts';
import type {ActingVerb, VerbName} from './verb-table.ts';
import {attach} from './verbs/attach.ts';
import {backup} from './verbs/backup.ts';
import {completion} from './verbs/completion.ts';
import {doctor} from './verbs/doctor.ts';
import {engine} from './verbs/engine.ts';
import {exportRun} from './verbs/export.ts';
import {importRun} from './verbs/import.ts';
import {purge} from './verbs/purge.ts';
import {resume} from './verbs/resume.ts';
import {run} from './verbs/run.ts';
import {trust} from './verbs/trust.ts';
import {watch} from './verbs/watch.ts';

/** Verbs that scripts and people use often: they are loaded at once. */
type LightVerb =
	| ActingVerb
	| 'ls'
	| 'status'
	| 'show'
	| 'agents'
	| 'agent'
	| 'tasks'
	| 'task'
	| 'inbox'
	| 'logs'
	| 'cost'
	| 'search'
	| 'replay';

/** Those that need configuration, models, checks or a window. */
export type HeavyVerb = Exclude<VerbName, LightVerb>;

export const heavyVerb = async (
	context: Context,
	verb: HeavyVerb,
	words: readonly string[],
	window: boolean,
	defects: Defects,
): Promise<ExitCode> => {
	const [subject, second] = words;
	switch (verb) {
		case 'run':
			return run(context, subject ?? '', false, defects);
		case 'resume':
			return resume(context, subject, window, defects);
		case 'attach':
			return attach(context, subject, window, defects);
		case 'watch':
			return watch(context, subject, systemClock, defects.signal);
		case 'engine':
			return engine(context, words, defects);
		case 'doctor':
			return doctor(context);
		case 'trust':
			return trust(context, defects.signal);
		case 'backup':
			return backup(context, subject, systemClock);
		case 'export':
			return exportRun(context, subject, second);
		case 'import':
			return importRun(context, subject ?? '', systemClock);
		case 'purge':
			return purge(context, subject ?? '', defects.signal);
		case 'completion':
			return completion(context, subject ?? '');
		default:
			return verb satisfies never;
	}
};
