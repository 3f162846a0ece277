const CELL_STYLES = /(<(?:\w+:)?cellXfs\b)([^>]*)>([\s\S]*?)(<\/(?:\w+:)?cellXfs>)/;
const STYLE = /<(?:\w+:)?xf\b[^>]*?(?:\/>|>[\s\S]*?<\/(?:\w+:)?xf>)/g;
const ALIGNMENT = /<(?:\w+:)?alignment\b[^>]*?(?:\/>|>[\s\S]*?<\/(?:\w+:)?alignment>)/;

/**
 * The styles of the cells of a workbook, and of each that is asked for one that looks alike, wraps its text and begins at
 * the top. Those that are there keep their numbers.
 */
export class WrappedStyles {
  private readonly styles: readonly string[];
  private readonly wrapped = new Map<number, number>();
  private readonly added: string[] = [];

  /** @param source - the part of the workbook; empty where it has none, and then nothing can be added. */
  constructor(private readonly source: string) {
    this.styles = CELL_STYLES.exec(source)?.[3]?.match(STYLE) ?? [];
  }

  get isChanged(): boolean {
    return this.added.length > 0;
  }

  /** The number of the style that looks like another one, and wraps. */
  wrappedLike(style: number): number {
    const known = this.wrapped.get(style);
    if (known !== undefined) return known;
    const original = this.styles[style];
    if (original === undefined) return style;
    const number = this.styles.length + this.added.length;
    this.added.push(wrapping(original));
    this.wrapped.set(style, number);
    return number;
  }

  xml(): string {
    const count = `count="${this.styles.length + this.added.length}"`;
    const [whole = '', open = '', attributes = '', styles = '', close = ''] = CELL_STYLES.exec(this.source) ?? [];
    const others = attributes.replace(/\s*\bcount="[^"]*"/, '');
    return this.source.replace(whole, () => `${open}${others} ${count}>${styles}${this.added.join('')}${close}`);
  }
}

function wrapping(style: string): string {
  const [, name = 'xf', attributes = '', content = ''] =
    /^<((?:\w+:)?xf)\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?xf>)$/.exec(style) ?? [];
  const prefix = name.slice(0, -'xf'.length);
  const others = attributes.replace(/\s*\bapplyAlignment="[^"]*"/, '');
  const alignment = `<${prefix}alignment vertical="top" wrapText="1"/>`;
  // The alignment stands before what else a style holds.
  return `<${name}${others} applyAlignment="1">${alignment}${content.replace(ALIGNMENT, '')}</${name}>`;
}
