/** Where a call looks, behind what it looks for; nothing when that is the whole folder. */
export const belowWords = (path: string): string => (path === '.' ? '' : ` in ${path}`);
