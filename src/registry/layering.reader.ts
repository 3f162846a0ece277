import { Injectable } from '@nestjs/common';
import type { LandscapeView } from '../core/access/view.js';
import { CONFIDENCES } from '../core/landscape/model.js';
import { NEED_KINDS } from '../core/landscape/need-kinds.js';
import { layeringPolicyOn } from '../core/landscape/structure-layering.js';
import type { LayeringPolicy } from '../core/landscape/structure-layering.js';
import { readReferenceJson } from '../runtime/reference-file.js';
import { todayInVietnam } from '../runtime/today.js';

const FILE = 'hcmc/layering.json';

/** Which layer of the city's framework may need which, by the day. */
@Injectable()
export class LayeringReader {
  readonly policies: readonly LayeringPolicy[] = checkedPolicies(readReferenceJson(FILE));

  /** The policy in effect on the day a landscape is looked at; null where none was. */
  of({ day }: LandscapeView): LayeringPolicy | null {
    return layeringPolicyOn(this.policies, day ?? todayInVietnam());
  }
}

/**
 * The policies of the reference data.
 * @throws Error where they are not what they must be: that is our mistake, and must not wait for a question to be found.
 */
export function checkedPolicies(value: unknown): readonly LayeringPolicy[] {
  if (!Array.isArray(value)) throw new Error(`${FILE} must be a list`);
  // The rest of the shape is checked right below.
  const policies = value as readonly LayeringPolicy[];
  const wrong = policies.flatMap((policy) => problemsOf(policy).map((problem) => `${policy.code}: ${problem}`));
  if (wrong.length > 0) throw new Error(`${FILE}: ${wrong.join('; ')}`);
  return policies;
}

function problemsOf({ confidence, layers, rules }: LayeringPolicy): string[] {
  const known = new Set(layers.map(({ layer }) => layer));
  const problems = CONFIDENCES.includes(confidence) ? [] : [`${confidence} is no confidence`];
  const judged = new Set<string>();
  for (const { relationKinds, mayNeed } of rules) {
    for (const kind of relationKinds) {
      if (!NEED_KINDS.includes(kind)) problems.push(`${kind} is no kind of need`);
      if (judged.has(kind)) problems.push(`two rules speak of ${kind}`);
      judged.add(kind);
    }
    for (const layer of mayNeed.flatMap((each) => [each.layer, ...each.layers])) {
      if (!known.has(layer)) problems.push(`there is no layer ${layer}`);
    }
  }
  return problems;
}
