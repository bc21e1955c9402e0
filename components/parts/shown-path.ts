import type {RunSettings} from '../../source/domain/settings.ts';

/** A path as a person knows it: within the project's folder, or within the run's own folder for deliverables. */
export const shownPath = ({dir, outputsDir}: Pick<RunSettings, 'dir' | 'outputsDir'>, path: string): string => {
	if (path.startsWith(`${outputsDir}/`)) return `outputs/${path.slice(outputsDir.length + 1)}`;
	return path.startsWith(`${dir}/`) ? path.slice(dir.length + 1) : path;
};
