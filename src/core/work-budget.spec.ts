import { UNBOUNDED_WORK, WorkBudget } from './work-budget.js';

const refusal = expect.objectContaining({
  issues: [{ reason: 'WORK_EXHAUSTED', path: [], params: { field: 'query' } }],
});

describe('a budget of work', () => {
  it('lets what began end past the limit, and refuses what begins there', () => {
    const work = new WorkBudget(10);
    work.spend(10);
    work.spend(5);
    expect(() => work.spend(0)).toThrow(refusal);
    expect(() => work.spend(1)).toThrow(refusal);
  });

  it('has nothing left once it is closed', () => {
    const work = new WorkBudget(10);
    work.spend(0);
    expect(work.isClosed).toBe(false);
    work.close();
    expect(work.isClosed).toBe(true);
    expect(() => work.spend(0)).toThrow(refusal);
  });

  it('says what was taken, also when it is closed', () => {
    const work = new WorkBudget(10);
    work.spend(7);
    work.spend(7);
    work.close();
    expect(work.spent).toBe(14);
  });

  it('may have no end', () => {
    UNBOUNDED_WORK.spend(1e300);
    expect(() => UNBOUNDED_WORK.spend(1)).not.toThrow();
  });
});
