/** Cuts a text into what a person sees as single letters. */
export const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});
