import type {Look} from '../../components/look.ts';
import type {UserConfig} from './config-schema.ts';
import type {EnvironmentValues} from './environment.ts';

/** The window's colours: none, the terminal's own 16, or a look of ours. */
export type Colors = {readonly noColor: boolean; readonly look?: Look | undefined};

/**
 * Which colours a window has. `NO_COLOR` and a terminal that knows none always hold. The terminal's own 16 are the
 * person's choice already, so only a theme that is named replaces them, where the terminal has more.
 */
export const chooseColors = (
	{noColor, colorDepth}: Pick<EnvironmentValues, 'noColor' | 'colorDepth'>,
	{theme = 'system', colors = 'auto'}: Pick<UserConfig, 'theme' | 'colors'>,
): Colors => {
	if (noColor || colors === 'none') return {noColor: true, look: undefined};
	const depth = colors === 'auto' ? colorDepth : colors;
	return {noColor: false, look: theme === 'system' || depth === '16' ? undefined : {ground: theme, depth}};
};
