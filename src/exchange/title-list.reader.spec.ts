import { RegistryError } from '../core/errors.js';
import { readTitleList } from './title-list.reader.js';
import type { TitleLine } from './title-list.reader.js';

async function read(text: string): Promise<readonly TitleLine[]> {
  return (await readTitleList(Buffer.from(text))).lines;
}

describe('a list of titles', () => {
  it('is read by its headers, in either language and any order', async () => {
    expect(await read('title,id,agency,description\nThư điện tử,a1,Sở Y tế,Gửi nhận thư\n')).toEqual([
      { id: 'a1', place: '2', title: 'Thư điện tử', description: 'Gửi nhận thư', agency: 'Sở Y tế' },
    ]);
    expect(await read('STT;Tên dự án;Đơn vị\n7;Camera giám sát;UBND phường 5\n')).toEqual([
      { id: '7', place: '2', title: 'Camera giám sát', description: null, agency: 'UBND phường 5' },
    ]);
  });

  it('numbers lines by themselves where the list does not, and leaves out those without a title', async () => {
    const lines = await read('title,description\nMột,\n,chỉ mô tả\nHai,x\n');
    expect(lines.map(({ id, title }) => [id, title])).toEqual([
      ['2', 'Một'],
      ['4', 'Hai'],
    ]);
  });

  it('has the longest cells of a text file whole, and no lines where none has a title', async () => {
    const title = 'Rất dài '.repeat(5000).trim();
    expect(await readTitleList(Buffer.from(`title\n${title}\n`))).toMatchObject({ lines: [{ title }], issues: [] });
    expect(await readTitleList(Buffer.from('title,description\n'))).toEqual({ lines: [], issues: [] });
  });

  it('without a column of titles is refused, with the columns that are known', async () => {
    await expect(read('a,b\n1,2\n')).rejects.toThrow(RegistryError);
    await expect(read('')).rejects.toThrow(RegistryError);
  });
});
