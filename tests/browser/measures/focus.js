// Returns where the keyboard is: what has focus, whether that shows, and where it stands. null: on the page itself.
() => {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const label = element.labels?.[0];
  const shows = (each, pseudo) => {
    const style = getComputedStyle(each, pseudo);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && style.outlineColor !== "rgba(0, 0, 0, 0)";
    return ring || style.boxShadow !== "none";
  };
  const looks = label ? [[element], [label], [label, "::before"]] : [[element]];
  const isCard = label && ["radio", "checkbox"].includes(element.type);
  const box = (isCard ? label : element).getBoundingClientRect();
  return {
    name: (label ?? element).textContent.trim().replace(/\s+/g, " ").slice(0, 60) || element.id || element.tagName,
    role: element.type || element.tagName.toLowerCase(),
    shows: looks.some(([each, pseudo]) => shows(each, pseudo)),
    isInView: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    top: Math.round(box.top + scrollY),
    left: Math.round(box.left),
  };
}
