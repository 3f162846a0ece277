import { Link } from 'react-aria-components';
import { elementAddress } from '../addresses';

interface Props {
  readonly element: { readonly urn: string; readonly name: string };
}

/** The name of an element, leading to its page. */
export function ElementLink({ element }: Props) {
  return (
    <Link href={elementAddress(element.urn)}>
      <span lang="vi">{element.name}</span>
    </Link>
  );
}
