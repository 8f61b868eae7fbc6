// Returns what makes the page wider than its window, or sticks out of it; nothing where only the inside of a box scrolls.
() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [
    `${document.documentElement.scrollWidth} px in a window of ${room} px`,
    ...[...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > room + 1)
      .slice(0, 5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className} “${element.textContent.trim().slice(0, 40)}”`),
  ];
}
