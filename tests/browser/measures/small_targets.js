// Returns everything to press that is smaller than `least` pixels, words within sentences left out.
(least) =>
  [...document.querySelectorAll("button, .govuk-button, .govuk-radios__label, .govuk-checkboxes__label, .get-help, .leave, summary")]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    .map((element) => ({ words: element.textContent.trim().slice(0, 60), box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.width < least || box.height < least)
    .map(({ words, box }) => `${Math.round(box.width)} × ${Math.round(box.height)} “${words}”`)
