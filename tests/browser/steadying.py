"""What is different at each run, shown the same: addresses, codes, secrets, and days by the server's own clock."""

from datetime import date

from playwright.sync_api import Page

from tests.days import TODAY

STEADY = """
([today, shown]) => {
  const signs = "K7QX2MPAV9RT4CNW3HJD8B6F5YEZ";
  let count = 0;
  const shaped = (found) => {
    let place = 5 * count++;
    return [...found].map((each) => {
      if (!/[0-9A-Za-z]/.test(each)) return each;
      const sign = signs[place++ % signs.length];
      return /^[0-9a-f@-]+$/.test(found) ? sign.toLowerCase().replace(/[g-z]/g, "c") : sign;
    }).join("");
  };
  const earlier = (Date.parse(today) - Date.parse(shown)) / 864e5;
  const day = (found) => {
    const at = new Date(found + " UTC");
    if (isNaN(at) || at < Date.parse(today)) return found;
    at.setUTCDate(at.getUTCDate() - earlier);
    return at.toLocaleDateString("en-GB", {day: "numeric", month: "long", year: "numeric", timeZone: "UTC"});
  };
  const changing = [
    [/http:\\/\\/127\\.0\\.0\\.1:\\d+/g, () => "https://seat.example.org"],
    [/(?<=\\/(?:a|s|join|join-network)\\/)[\\w-]{16,}/g, shaped],
    [/\\b[0-9A-Z]{4}(?:-[0-9A-Z]{4})+\\b/g, shaped],
    [/\\b[0-9a-f]{8,16}(?=@demo)/g, () => "jo.bell"],
    [/\\b[0-9a-f]{4}(?:-[0-9a-f]{4}){2}\\b/g, shaped],
    [/\\b[0-9a-f]{64}\\b/g, shaped],
    [/(?<=[a-z]) [0-9a-f]{8}\\b/g, () => ""],
    [/\\b\\d{1,2} [A-Z][a-z]+ 20\\d\\d\\b/g, day],
    [/\\b20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d\\b/g, () => shown + " 10:00"],
  ];
  const steady = (words) => changing.reduce((so_far, [pattern, by]) => so_far.replace(pattern, by), words);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const words = steady(node.data);
    if (words !== node.data) node.data = words;
  }
  for (const field of document.querySelectorAll("input:not([type=hidden]), textarea")) {
    if (field.value && steady(field.value) !== field.value) field.value = steady(field.value);
  }
}
"""


def steady(page: Page) -> None:
    """Put fixed words in the place of those that only this run has. Squares to photograph keep what they hold."""
    page.wait_for_load_state()
    page.evaluate(STEADY, [date.today().isoformat(), TODAY.isoformat()])
