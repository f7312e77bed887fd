/** Class names for the parts of a component of the kit: part → name in the stylesheet. A missing name is an empty class. */
export function pickClasses<Part extends string>(styles: CSSModuleClasses, names: Readonly<Record<Part, string>>): Record<Part, string> {
  const entries = Object.entries<string>(names).map(([part, name]) => [part, styles[name] ?? '']);
  return Object.fromEntries(entries) as Record<Part, string>;
}
