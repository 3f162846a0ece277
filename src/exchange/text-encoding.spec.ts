import * as fc from 'fast-check';
import { RegistryError } from '../core/errors.js';
import { decodeText } from './text-encoding.js';

const VIETNAMESE = 'Hệ thống quản lý văn bản của Sở Khoa học và Công nghệ; kỹ thuật số, đường ống';

/** Windows-1258 writes the tone of a letter behind it, and has a place of its own for some letters without one. */
const TONES: Readonly<Record<string, number>> = {
  '\u0300': 0xcc,
  '\u0301': 0xec,
  '\u0303': 0xde,
  '\u0309': 0xd2,
  '\u0323': 0xf2,
};
const LETTERS = new Map(
  Array.from({ length: 128 }, (_, at): [string, number] => [
    new TextDecoder('windows-1258').decode(Uint8Array.of(at + 128)),
    at + 128,
  ]),
);

function in1258(text: string): Buffer {
  const bytes: number[] = [];
  for (const character of text.normalize('NFC')) {
    const tones = Array.from(character.normalize('NFD')).filter((part) => part in TONES);
    const letter = character
      .normalize('NFD')
      .replaceAll(/[\u0300\u0301\u0303\u0309\u0323]/g, '')
      .normalize('NFC');
    bytes.push(LETTERS.get(letter) ?? letter.charCodeAt(0), ...tones.map((tone) => TONES[tone] ?? 0));
  }
  return Buffer.from(bytes);
}

describe('decodeText', () => {
  it.each([
    ['UTF-8 without a mark', Buffer.from(VIETNAMESE), 'UTF-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${VIETNAMESE}`), 'UTF-8'],
    ['UTF-8 with letters in parts', Buffer.from(VIETNAMESE.normalize('NFD')), 'UTF-8'],
    ['UTF-16 as Excel writes "Unicode text"', Buffer.from(`\ufeff${VIETNAMESE}`, 'utf16le'), 'UTF-16'],
    ['UTF-16 of the other order', Buffer.from(`\ufeff${VIETNAMESE}`, 'utf16le').swap16(), 'UTF-16'],
    ['the Vietnamese code page', in1258(VIETNAMESE), 'windows-1258'],
  ])('reads %s', (_, bytes, encoding) => {
    expect(decodeText(bytes)).toEqual({ text: VIETNAMESE, encoding });
  });

  it('reads a short Vietnamese text by its tones alone', () => {
    expect(decodeText(in1258('Hệ thống'))).toEqual({ text: 'Hệ thống', encoding: 'windows-1258' });
    expect(decodeText(in1258('Sở Y tế'))).toEqual({ text: 'Sở Y tế', encoding: 'windows-1258' });
  });

  it.each(['São Paulo “est” – déjà vu', 'Così però più virtù', 'Ãrhus, Ørsted, Þór ì ò', 'El Niño año 2025'])(
    'reads Western text: %s',
    (text) => {
      // Latin-1 and windows-1252 differ in 32 places: those of quotation marks and dashes.
      const special: Readonly<Record<string, number>> = { '“': 0x93, '”': 0x94, '–': 0x96 };
      const bytes = Buffer.from(Array.from(text, (each) => special[each] ?? each.charCodeAt(0)));
      expect(decodeText(bytes)).toEqual({ text, encoding: 'windows-1252' });
    },
  );

  it('refuses a file in which lines are encoded in different ways, and names the first of each', () => {
    const mixed = Buffer.concat([Buffer.from('ten\nSở Y tế\n'), in1258('Sở Y tế\n'), Buffer.from('Sở Tư pháp\n')]);
    expect(() => decodeText(mixed)).toThrow(RegistryError);
    try {
      decodeText(mixed);
    } catch (error) {
      expect(error).toMatchObject({ issues: [{ reason: 'TEXT_ENCODING_MIXED', params: { utf8: 2, other: 3 } }] });
    }
  });

  it('gives an empty text for an empty file, and any text back that was written as UTF-8', () => {
    expect(decodeText(Buffer.alloc(0))).toEqual({ text: '', encoding: 'UTF-8' });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decodeText(Buffer.from(`\ufeff${text}`)).text).toBe(text.normalize('NFC'));
      }),
    );
  });
});
