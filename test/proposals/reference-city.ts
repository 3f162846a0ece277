import { planChangeSet } from '../../src/core/landscape/plan-change-set.js';
import type { AttributeDefinition } from '../../src/core/landscape/attribute.js';
import { LandscapeSnapshot } from '../../src/core/landscape/snapshot.js';
import { readReferenceProjects, referenceProjectOperations } from '../../src/portfolio/reference-projects.js';
import { readReferenceLandscape, referenceLandscapeOperations } from '../../src/registry/reference-landscape.reader.js';
import { readReferenceJson } from '../../src/runtime/reference-file.js';

/** The city as it ships: systems, agencies and projects of the reference packs, as one landscape. */
export function referenceCity(): LandscapeSnapshot {
  // A file of ours, checked by the specs of the registry.
  const definitions = readReferenceJson('national/attributes.json') as readonly AttributeDefinition[];
  const planned = planChangeSet(
    LandscapeSnapshot.empty(),
    {
      operations: [
        ...referenceLandscapeOperations(readReferenceLandscape()),
        ...referenceProjectOperations(readReferenceProjects()),
      ],
    },
    {
      definitions: new Map(definitions.map((each) => [each.key, each])),
      at: '2026-11-23T00:00:00.000Z',
      counters: { element: 1, relation: 1 },
    },
  );
  if ('issues' in planned) throw new Error(JSON.stringify(planned.issues));
  return LandscapeSnapshot.empty().with(planned.plan.delta);
}
