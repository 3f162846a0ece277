import type { ElementLineFragment } from '../generated/documents';
import { ElementLink } from './element-link';
import { LineFacts } from './line-facts';

/** Elements below each other, each leading to its page. */
export function ElementLines({ elements }: { readonly elements: readonly ElementLineFragment[] }) {
  return (
    <ul className="lines">
      {elements.map((element) => (
        <li key={element.urn}>
          <ElementLink element={element} />
          <LineFacts element={element} />
        </li>
      ))}
    </ul>
  );
}
