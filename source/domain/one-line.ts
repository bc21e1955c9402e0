/** A text of several lines in one. Its ends are left: it may be a piece of a longer line. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');
