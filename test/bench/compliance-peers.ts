import { celEnv, isCelError, parse, plan } from '@bufbuild/cel';
import { Environment } from '@marcbachmann/cel-js';
import { outcomeOf } from '../../src/core/policy/checked-case.js';
import type { CheckedCase } from '../../src/core/policy/checked-case.js';
import type { Facts } from '../../src/core/policy/value.js';
import type { World } from '../../src/core/policy/world.js';
import { measure } from './measure.js';
import type { Figure } from './measure.js';

/** A rule as every evaluator can ask it: of one kind of subject, its applicability apart. */
export interface PeerRule {
  readonly code: string;
  readonly checked: CheckedCase;
  readonly parameters: Readonly<Record<string, unknown>>;
}

type Outcome = 'PASS' | 'FAIL' | 'NOT_APPLICABLE' | 'OPEN';
type Ask = (bindings: Record<string, unknown>) => unknown;

/** Facts as CEL has them: sets are their known items, and whole numbers are no numbers of JavaScript. */
function asCel(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(asCel);
  if (typeof value !== 'object' || value === null) return value;
  if ('items' in value && 'complete' in value) return asCel(value.items);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asCel(each)]));
}

function truth(ask: Ask, bindings: Record<string, unknown>): boolean | undefined {
  try {
    const answer = ask(bindings);
    return typeof answer === 'boolean' && !isCelError(answer) ? answer : undefined;
  } catch {
    return undefined;
  }
}

function outcomeBy(
  asks: { readonly applies: Ask | null; readonly holds: Ask },
  bindings: Record<string, unknown>,
): Outcome {
  const applies = asks.applies === null ? true : truth(asks.applies, bindings);
  if (applies === false) return 'NOT_APPLICABLE';
  const holds = applies === true ? truth(asks.holds, bindings) : undefined;
  if (holds === undefined) return 'OPEN';
  return holds ? 'PASS' : 'FAIL';
}

function ours(checked: CheckedCase, facts: Facts, world: World): Outcome {
  const outcome = outcomeOf(checked, facts, world);
  return outcome === 'NEEDS_EVIDENCE' || outcome === 'ERROR' ? 'OPEN' : outcome;
}

const planned = celEnv();
const dynamic = new Environment({ unlistedVariablesAreDyn: true });
const PEERS: Readonly<Record<string, (source: string) => Ask>> = {
  '@marcbachmann/cel-js': (source) => {
    const parsed = dynamic.parse(source);
    return (bindings) => parsed(bindings);
  },
  '@bufbuild/cel plan()': (source) => {
    const ask = plan(planned, parse(source));
    return (bindings) => ask(bindings as never);
  },
};

interface Asked {
  readonly rule: PeerRule;
  readonly asks: { readonly applies: Ask | null; readonly holds: Ask };
}

function compiledBy(peer: (source: string) => Ask, rule: PeerRule): Asked | undefined {
  const { appliesWhen, expression } = rule.checked;
  try {
    return {
      rule,
      asks: { applies: appliesWhen === null ? null : peer(appliesWhen.source), holds: peer(expression.source) },
    };
  } catch {
    return undefined;
  }
}

/** What both sides are asked of. */
export interface PeerWorld {
  readonly subjects: readonly Facts[];
  readonly world: World;
}

/**
 * How fast other evaluators ask the same rules of the same facts. Only rules whose answers are the same for every subject
 * take part: dates and questions to the graph are no part of CEL, and an unknown is an error there.
 */
export async function peerFigures(rules: readonly PeerRule[], { subjects, world }: PeerWorld): Promise<Figure[]> {
  const cel = subjects.map(asCel);
  const bindings = (rule: PeerRule, place: number): Record<string, unknown> => ({
    self: cel[place],
    params: asCel(rule.parameters),
    today: world.today,
  });
  const same = (asked: Asked): boolean =>
    subjects.every(
      (facts, place) => outcomeBy(asked.asks, bindings(asked.rule, place)) === ours(asked.rule.checked, facts, world),
    );
  const byPeer = Object.entries(PEERS).map(([name, peer]) => ({
    name,
    asked: rules.flatMap((rule) => compiledBy(peer, rule) ?? []).filter(same),
  }));
  const shared = rules.filter(({ code }) => byPeer.every(({ asked }) => asked.some(({ rule }) => rule.code === code)));
  const evaluations = shared.length * subjects.length;
  const rate = (milliseconds: number): string => `${Math.round(evaluations / milliseconds).toLocaleString('en')} k/s`;
  const here = await measure(`${shared.length} rules x ${subjects.length} subjects, here`, () => {
    for (const { checked } of shared) for (const facts of subjects) ours(checked, facts, world);
  });
  const figures: Figure[] = [{ ...here, note: rate(here.milliseconds) }];
  for (const { name, asked } of byPeer) {
    const taking = asked.filter(({ rule }) => shared.includes(rule));
    // Whoever embeds a library makes its bindings once a subject, not once a question.
    const ready = taking.map(({ rule, asks }) => ({ asks, all: subjects.map((_, place) => bindings(rule, place)) }));
    const figure = await measure(`the same in ${name}`, () => {
      for (const { asks, all } of ready) for (const each of all) outcomeBy(asks, each);
    });
    const times = (figure.milliseconds / here.milliseconds).toFixed(1);
    figures.push({ ...figure, note: `${rate(figure.milliseconds)}, ${times} times as long` });
  }
  return figures;
}
