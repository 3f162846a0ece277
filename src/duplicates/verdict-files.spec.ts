import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder } from '../../test/support/process.js';
import type { DuplicateCaseState } from '../core/similarity/duplicate-case.js';
import { readLabelledFiles } from './labelled-files.js';
import { verdictFiles, writeVerdictFiles } from './verdict-files.js';
import type { ToldCase } from './verdict-files.js';

const told = (id: string, visibility: ToldCase['subject']['visibility'] = 'PUBLIC'): ToldCase['subject'] => ({
  urn: `urn:khung:${id}`,
  name: `Phần mềm "${id}", bản một`,
  description: id === 'b' ? null : 'Dòng một\nDòng hai',
  visibility,
});
const decided = (state: DuplicateCaseState, one = told('a'), other = told('b')): ToldCase => ({
  state,
  subject: one,
  match: other,
});

describe('verdicts as files for training', () => {
  it('are read by training as they were decided', () => {
    const files = verdictFiles([
      decided('CONFIRMED'),
      decided('PARTIAL', told('a'), told('c')),
      decided('DISMISSED', told('b'), told('c')),
      decided('MERGED', told('d'), told('e')),
      decided('OPEN', told('x'), told('y')),
    ]);
    const { titles, known } = readLabelledFiles(Buffer.from(files.titles), Buffer.from(files.pairs));
    expect(titles.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e'].map((id) => `urn:khung:${id}`));
    expect(titles[0]).toMatchObject({ title: 'Phần mềm "a", bản một', description: 'Dòng một\nDòng hai' });
    expect(titles[1]?.description).toBe('');
    expect(known.pairs.map(({ left, right, label }) => [left, right, label])).toEqual([
      [0, 1, 'DUPLICATE'],
      [0, 2, 'OVERLAP'],
      [1, 2, 'DISMISSED'],
      [3, 4, 'DUPLICATE'],
    ]);
    expect([files.written, files.leftOut]).toEqual([4, 0]);
  });

  it('leave out every pair of which somebody may not read one', () => {
    const files = verdictFiles([decided('CONFIRMED'), decided('CONFIRMED', told('a'), told('kin', 'GOVERNMENT'))]);
    expect([files.written, files.leftOut]).toEqual([1, 1]);
    expect(files.titles).not.toContain('kin');
  });

  it('are two headers where nothing was decided', () => {
    expect(verdictFiles([])).toMatchObject({ pairs: 'id_a,id_b,label\n', titles: 'id,title,description\n' });
  });
});

describe('the two files', () => {
  const folder = freshFolder();
  const [pairs, titles] = [join(folder, 'cap.csv'), join(folder, 'ten.csv')];
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are put in place together, and nothing is left beside them', () => {
    for (const text of ['1', '2']) {
      writeVerdictFiles({ pairs: `pairs ${text}`, titles: `titles ${text}` }, { pairs, titles });
      expect([pairs, titles].map((file) => readFileSync(file, 'utf8'))).toEqual([`pairs ${text}`, `titles ${text}`]);
    }
    expect(readdirSync(folder)).toEqual(['cap.csv', 'ten.csv']);
  });

  it('leave no pairs of other titles where one can not be written', () => {
    const isFolder = join(folder, 'thu-muc');
    mkdirSync(isFolder);
    writeFileSync(pairs, 'old');
    expect(() => writeVerdictFiles({ pairs: 'new', titles: 'new' }, { pairs, titles: isFolder })).toThrow('thu-muc');
    expect(existsSync(pairs)).toBe(false);
    const nowhere = join(folder, 'khong-co', 'ten.csv');
    writeFileSync(pairs, 'old');
    expect(() => writeVerdictFiles({ pairs: 'new', titles: 'new' }, { pairs, titles: nowhere })).toThrow('khong-co');
    expect(readFileSync(pairs, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['cap.csv', 'ten.csv', 'thu-muc']);
  });
});
