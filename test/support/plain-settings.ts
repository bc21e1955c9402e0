import {noLimits} from '../../source/domain/limits.ts';
import {noRules} from '../../source/domain/rules.ts';
import {type RunSettings, usualPatience, usualWatch} from '../../source/domain/settings.ts';

/** What a run has where nobody set anything: no rule, no limit, no history. A lost call is told, and nobody is asked. */
export const plainSettings: Pick<
	RunSettings,
	'rules' | 'limits' | 'patience' | 'watch' | 'unknownOutcome' | 'verification' | 'checks' | 'history'
> = {
	rules: noRules,
	limits: noLimits,
	patience: usualPatience,
	watch: usualWatch,
	unknownOutcome: 'tell',
	verification: 'auto',
	checks: [],
	history: [],
};
