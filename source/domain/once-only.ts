/** What the words of a verdict say when an ask rule of the configuration decided. */
const askRule = /^Ask rule (.+)\.$/;

/**
 * Why a call can be allowed once only, from the words of what made it wait. An ask rule stands above everything that a
 * person allows while a run goes on, so no rule could be added that would help.
 */
export const onceOnlyWords = (rule: string): string => {
	const asking = askRule.exec(rule)?.[1];
	return asking === undefined
		? 'There is no safe rule for such a call: it can be allowed once only.'
		: `The ask rule ${asking} asks for each such call: it can be allowed once only.`;
};
