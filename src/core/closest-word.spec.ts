import { closestWord } from './closest-word.js';

describe('the closest word', () => {
  it.each([
    ['nam', ['kind', 'name', 'layer'], 'name'],
    // Two letters changed places are two edits, and a word of four letters allows one.
    ['nmae', ['kind', 'name', 'layer'], ''],
    ['LAYER', ['kind', 'name', 'layer'], 'layer'],
    ['layr', ['layers', 'layer'], 'layer'],
    ['hostin', ['host', 'hosting'], 'hosting'],
    ['x', ['y'], 'y'],
    ['x', ['yz'], ''],
    ['', ['a'], 'a'],
    ['', ['ab'], ''],
    ['name', [], ''],
    // A third of six letters is two edits; three are too many.
    ['abcdef', ['abcdxy'], 'abcdxy'],
    ['abcdef', ['abcxyz'], ''],
    // Insertion and deletion count one each.
    ['abc', ['abcd'], 'abcd'],
    ['abc', ['ab'], 'ab'],
  ])('to "%s" among %j is "%s"', (word, candidates, expected) => {
    expect(closestWord(word, candidates)).toBe(expected);
  });

  it('is the first of those that are equally close', () => {
    expect(closestWord('bat', ['cat', 'hat'])).toBe('cat');
    expect(closestWord('bat', ['hat', 'cat'])).toBe('hat');
  });

  it('is none for what is too long to be a word', () => {
    expect(closestWord('a'.repeat(100), ['a'.repeat(99)])).toBe('a'.repeat(99));
    expect(closestWord('a'.repeat(101), ['a'.repeat(101)])).toBe('');
  });
});
