/** Roles that are for looking and counting, which is all that a survey is. */
const surveyors: ReadonlySet<string> = new Set(['scout', 'analyst', 'researcher']);

/** Whether the offline model does what somebody of this role is for. Of every other role it can only say so. */
export const playsRole = (role: string): boolean => surveyors.has(role) || role === 'writer' || role === 'reviewer';
