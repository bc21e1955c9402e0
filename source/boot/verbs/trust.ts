import {sanitiseLine} from '../../../components/text/sanitise.ts';
import {parseRule} from '../../policy/rule.ts';
import {askLine} from '../ask-line.ts';
import {folderOf} from '../choices.ts';
import {readProjectFile} from '../config.ts';
import type {Context} from '../context.ts';
import {type ExitCode, exitCodes} from '../exit-code.ts';
import {projectConfig} from '../paths.ts';
import {Problem} from '../problem.ts';
import {complain, print, printJson} from '../terminal.ts';
import {isTrusted, trust as trustFile} from '../trust.ts';

/** Show what the project's file would allow, and let it count once the person has said so. */
export const trust = async (context: Context, abort: AbortSignal): Promise<ExitCode> => {
	const {paths, terminal, flags} = context;
	const file = readProjectFile(projectConfig(folderOf(context)), paths.userConfig);
	const {allow = []} = file.config.rules ?? {};
	for (const text of allow) {
		const rule = parseRule(text);
		if ('problem' in rule) throw new Problem(`The configuration ${file.path}, rules.allow: ${rule.problem}`);
	}
	const tell = (trusted: boolean, words: string): void => {
		if (flags.json === true) printJson(terminal, {version: 1, path: file.path, allow, trusted}, 'page');
		else print(terminal, words);
	};
	if (allow.length === 0) {
		tell(false, `${file.path} has no allow rules, so there is nothing to trust.`);
		return exitCodes.done;
	}
	if (isTrusted(paths.trustFile, file)) {
		tell(true, `${file.path} is trusted already.`);
		return exitCodes.done;
	}
	complain(terminal, `Without asking you, ${file.path} would let agents do:`);
	// What a stranger wrote keeps to its line, so that it cannot pass for a question of ours.
	for (const rule of allow) complain(terminal, `  ${sanitiseLine(rule)}`);
	if (flags.yes !== true) {
		if (!terminal.interactive || flags.nonInteractive === true)
			throw new Problem('Nobody can be asked here. If these rules may count, add --yes.');
		const said = await askLine(terminal, 'Trust it, as it is now? [y/N] ', abort);
		if (said.kind === 'interrupted') return exitCodes.interrupted;
		if (said.kind !== 'line' || !/^y(es)?$/i.test(said.text)) {
			tell(false, 'Not trusted: its allow rules are ignored. What it asks and denies counts all the same.');
			return exitCodes.waiting;
		}
	}
	trustFile(paths.trustFile, file);
	tell(true, `${file.path} is trusted, until somebody changes it.`);
	return exitCodes.done;
};
