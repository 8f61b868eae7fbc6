// Elements: h("p.govuk-body", "words"), h("a.govuk-link", { href: "#…" }, "words"). A function is listened with.

export function h(name, ...parts) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  for (const part of parts.flat(Infinity)) {
    if (part === null || part === undefined || part === false || part === "") continue;
    if (typeof part === "object" && !(part instanceof Node)) set(element, part);
    else element.append(part);
  }
  return element;
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
}

export const paragraph = (words) => words && h("p.govuk-body", words);
export const paragraphs = (all) => all.map((words) => words && paragraph(words));
