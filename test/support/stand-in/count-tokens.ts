/**
 * The stand-in's tokens are characters by 3.5, rounded up. Because Flotilla guesses the output of a reply that was
 * cut short by the same rule, its cost and the stand-in's ledger agree even then.
 */
export const countTokens = (characters: number): number => Math.ceil(characters / 3.5);
