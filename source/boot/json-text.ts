/** What would act on a terminal or is invisible. JSON itself escapes only the control codes below the blank. */
const unsafe = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

const escapeUnits = (signs: string): string =>
	Array.from({length: signs.length}, (_, i) => `\\u${signs.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');

/** JSON that is safe to show: parsing it gives the same value, and nothing in it acts on a terminal. */
export const jsonText = (value: unknown, form: 'line' | 'page'): string =>
	JSON.stringify(value, undefined, form === 'page' ? 2 : undefined).replaceAll(unsafe, escapeUnits);
