/** Classes of characters that nobody sees in a text; the last two make one text look like another. */
const controls = String.raw`\p{Cc}\u2028\u2029`;
const directions = String.raw`\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069`;
/** The joiners U+200C and U+200D are not among them: Persian words and emoji are written with them. */
const withoutWidth = String.raw`\u00AD\u180E\u200B\u2060-\u2064\u206A-\u206F\uFEFF`;

const control = new RegExp(`[${controls}]`, 'u');
const direction = new RegExp(`[${directions}]`, 'u');
const noWidth = new RegExp(`[${withoutWidth}]`, 'u');
const removed = new RegExp(`[${directions}${withoutWidth}]`, 'gu');
const blanks = new RegExp(String.raw`[\s${controls}]+`, 'gu');

/** What a text holds that nobody sees, in words behind "holds"; `undefined` where all of it can be seen. */
export function describeUnseen(text: string): string | undefined {
  if (control.test(text)) return 'a line break or another control character';
  const [mark] = direction.exec(text) ?? [];
  if (mark !== undefined) return `a mark of writing direction (${nameOf(mark)}), which cannot be seen`;
  const [blank] = noWidth.exec(text) ?? [];
  return blank === undefined ? undefined : `a character without width (${nameOf(blank)}), which cannot be seen`;
}

/** The text as it looks: in one line, without unseen characters, and without blanks at its ends or several in a row. */
export function squeeze(text: string): string {
  return text.replace(removed, '').replace(blanks, ' ').trim();
}

/** As the tables of Unicode name it: U+200E. */
function nameOf(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
