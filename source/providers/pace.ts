/** Nobody sees more than some thirty pictures a second. */
const screenMs = 33;
/** Longer than this, text does not seem to flow. */
const flowMs = 150;
/** Pieces a second that all replies together may come in: each is work for everyone who watches. */
const piecesPerMs = 2;

/** How long what comes in of a reply is gathered while so many replies come in at once, ms. */
export const paceOf = (replies: number): number => Math.min(flowMs, Math.max(screenMs, replies / piecesPerMs));
