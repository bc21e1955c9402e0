/**
 * What came back from an editor, for a line or a field: most editors end a file with a line break of their own, which
 * nobody wrote.
 */
export const editedText = (text: string): string => text.replace(/(?:\r?\n)+$/, '');
