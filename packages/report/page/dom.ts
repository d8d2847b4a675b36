/** A new element with attributes and children; texts are text nodes, never markup. */
export function create<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** A button that does something. */
export function button(text: string, title: string, action: () => void): HTMLButtonElement {
  const element = create('button', { type: 'button', title }, text);
  element.addEventListener('click', action);
  return element;
}
