/** Fills {names} of a text; a name without a value stays as it is, so that a wrong template is seen. */
export function fillTemplate(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The sentence of a template. A suggestion nobody could make is left out with its question. */
export function sentenceWith(template: string, params: Readonly<Record<string, string | number>>): string {
  const asked = params['suggestion'] === '' ? template.replace(/ (Có phải|Did you mean)[^?]*\?/, '') : template;
  return fillTemplate(asked, params);
}
