/** What the scripts of /vendor define for the explorer. */

declare const React: { createElement(component: unknown, properties: Readonly<Record<string, unknown>>): unknown };
declare const ReactDOM: { createRoot(container: Element): { render(node: unknown): void } };
declare const GraphiQL: unknown;
