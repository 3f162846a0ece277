import { Context } from './context.js';
import { compileExpression, valueOfCompiled } from './compile.js';
import { FactForm, plainFacts } from './facts-on-demand.js';
import { INT, TEXT } from './fact-type.js';
import type { Facts } from './value.js';

let asked: string[] = [];

function formOf(names: readonly string[]): FactForm<Facts> {
  return new FactForm(
    new Map(
      names.map((name) => [
        name,
        (source: Facts) => {
          asked.push(name);
          return source[name];
        },
      ]),
    ),
  );
}

function compiled(source: string): Extract<ReturnType<typeof compileExpression>, { compiled: unknown }>['compiled'] {
  const result = compileExpression(source, { layer: INT, owner: TEXT, constructor: INT });
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.compiled;
}

beforeEach(() => {
  asked = [];
});

describe('facts on demand', () => {
  it('are made when an expression asks for them, and no others are', () => {
    const facts = formOf(['layer', 'owner']).of({ layer: 2, owner: 'x' });
    expect(valueOfCompiled(compiled('self.layer == 2'), facts, '2026-12-01')).toBe(true);
    expect(asked).toEqual(['layer']);
  });

  it('say the same as a record of them, whatever form the expression was asked of before', () => {
    const expression = compiled('has(self.owner) ? self.owner : "nobody"');
    const forms = [formOf(['layer', 'owner']), formOf(['owner']), formOf(['layer'])];
    const answers = [...forms, ...forms.toReversed()].flatMap((form) => {
      const facts = form.of({ layer: 1, owner: 'x' });
      return [facts, plainFacts(facts)].map((each) => valueOfCompiled(expression, each, '2026-12-01'));
    });
    expect(answers).toEqual(['x', 'x', 'x', 'x', 'nobody', 'nobody', 'nobody', 'nobody', 'x', 'x', 'x', 'x']);
  });

  it('know of a name that every object has by birth only what was recorded', () => {
    const expression = compiled('self.constructor');
    expect(valueOfCompiled(expression, formOf(['layer']).of({}), '2026-12-01')).toBeUndefined();
    expect(valueOfCompiled(expression, {}, '2026-12-01')).toBeUndefined();
    expect(valueOfCompiled(expression, formOf(['constructor']).of({ constructor: 4 }), '2026-12-01')).toBe(4);
    expect(valueOfCompiled(expression, { constructor: 4 }, '2026-12-01')).toBe(4);
  });

  it('become a record of what is known', () => {
    const facts = formOf(['layer', 'owner']).of({ layer: 0 });
    expect(plainFacts(facts)).toEqual({ layer: 0 });
    expect(plainFacts({ owner: null })).toEqual({ owner: null });
    expect(new Context(facts, '2026-12-01', false).form).toBeDefined();
  });
});
