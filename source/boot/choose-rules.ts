import type {RuleSet} from '../domain/rules.ts';
import {parseRule, ruleFamilies} from '../policy/rule.ts';
import {Problem} from './problem.ts';
import {readRoles} from './read-roles.ts';
import type {Sources} from './sources.ts';

const lists = ['allow', 'ask', 'deny'] as const;

type Written = {readonly [list in (typeof lists)[number]]?: readonly string[] | undefined};

const knownNames = (): readonly string[] => {
	const tools = [...readRoles().values()].flatMap(({facts}) => facts.tools);
	return ['*', ...Object.keys(ruleFamilies), ...new Set(tools)];
};

const refuseBad = (rules: Written, where: string, spell: (list: string) => string): void => {
	for (const list of lists)
		for (const text of rules[list] ?? []) {
			const rule = parseRule(text);
			if ('problem' in rule) throw new Problem(`${where} ${spell(list)}: ${rule.problem}`);
			const known = knownNames();
			// A slip in a rule that denies would protect nothing.
			if (!known.includes(rule.tool))
				throw new Problem(
					`${where} ${spell(list)}: the rule ${text} is about "${rule.tool}", which is no tool. Known: ${known.join(', ')}.`,
				);
		}
};

/** The rules that hold, and how many of the project's allow rules do not count because nobody here has looked at them. */
export type ChosenRules = {readonly rules: RuleSet; readonly ignored: number};

/**
 * All rules together: deny beats ask, and ask beats allow. A project may ask and deny as it likes; what it would allow
 * counts once its user trusts the file.
 */
export const chooseRules = ({flags, project, projectTrusted, user, files}: Sources): ChosenRules => {
	refuseBad(flags, 'The flag', list => `--${list}`);
	refuseBad(user.rules ?? {}, `The configuration ${files.user},`, list => `rules.${list}`);
	refuseBad(project.rules ?? {}, `The configuration ${files.project},`, list => `rules.${list}`);
	const from = (list: (typeof lists)[number], ofProject: readonly string[] = []): readonly string[] => [
		...new Set([...(flags[list] ?? []), ...(user.rules?.[list] ?? []), ...ofProject]),
	];
	const {allow = [], ask, deny} = project.rules ?? {};
	return {
		rules: {allow: from('allow', projectTrusted ? allow : []), ask: from('ask', ask), deny: from('deny', deny)},
		ignored: projectTrusted ? 0 : allow.length,
	};
};
