/**
 * Money is counted in whole nano-dollars (10⁻⁹ US dollars), because the cheapest published rate is 0.005 dollars a
 * million tokens, which is 5 nano-dollars a token. Whole numbers add up exactly, in any order.
 */
export type NanoUsd = number;

const nanoPerUsd = 1_000_000_000;

export const fromUsd = (usd: number): NanoUsd => Math.round(usd * nanoPerUsd);
export const toUsd = (nano: NanoUsd): number => nano / nanoPerUsd;
