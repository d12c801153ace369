/** The Markdown that descriptions are written in, as HTML: paragraphs, `###` headings, tables, `code`. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** Within a line there is `code`, and nothing else. */
export function prose(value: string): string {
  return escapeHtml(value).replace(/`([^`]+)`/g, '<code>$1</code>');
}

/** Blocks stand apart by an empty line. */
export function markdown(value: string): string {
  return value
    .split(/\n{2,}/)
    .map(block)
    .join('\n');
}

function block(text: string): string {
  if (text.startsWith('### ')) return `<h3>${prose(text.slice(4))}</h3>`;
  return text.startsWith('|') ? table(text.split('\n')) : `<p>${prose(text)}</p>`;
}

/** Headings, the line of dashes, rows (GitHub Flavored Markdown §4.10); no cell holds a bar. */
function table([head = '', _dashes, ...rows]: readonly string[]): string {
  const headings = cellsOf(head).map((cell) => `<th scope="col">${prose(cell)}</th>`);
  const body = rows.map((row) => {
    const cells = cellsOf(row).map((cell) => `<td>${prose(cell)}</td>`);
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<table class="list"><thead><tr>${headings.join('')}</tr></thead><tbody>${body.join('')}</tbody></table>`;
}

const cellsOf = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
