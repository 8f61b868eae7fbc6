// "Explore this chart": fetches plotly.js only when somebody asks for it, then draws the figure that the page carries
// as JSON. Without this file the page loses nothing: the drawn chart and the table stand there already.

function link(id, href) {
  const element = document.createElement("link");
  element.id = id;
  element.className = "no-inline-styles"; // plotly.js then leaves its own <style> out
  if (href) {
    element.rel = "stylesheet";
    element.href = href;
  }
  document.head.append(element);
}

function load(button) {
  link("plotly.js-style-global", button.dataset.plotlyStyle);
  link("MAP_STYLE_ID"); // the map library inside plotly.js looks for this id before it injects a style
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = button.dataset.plotly;
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });
}

async function explore(button) {
  const chart = button.closest("[data-radar]");
  const place = chart.querySelector("[data-radar-place]");
  const status = chart.querySelector("[data-radar-status]");
  button.disabled = true;
  status.textContent = "Loading the chart…";
  try {
    if (!window.Plotly) await load(button);
    const figure = JSON.parse(chart.querySelector("script[data-radar-figure]").textContent);
    place.hidden = false;
    await window.Plotly.newPlot(place, figure.data, figure.layout, {
      responsive: true,
      displaylogo: false,
      modeBarButtons: [["toImage"]],
      ...figure.config,
    });
    chart.querySelector("[data-radar-drawn]").hidden = true; // on the screen; print keeps the drawing
    button.hidden = true;
    status.textContent = "Press a name beside the chart to hide or show it.";
  } catch {
    place.hidden = true;
    button.disabled = false;
    status.textContent = "The chart could not be loaded. The drawing and the table hold the same figures.";
  }
}

for (const button of document.querySelectorAll("button[data-explore-radar]")) {
  button.hidden = false; // it stands hidden in the page, because without JavaScript it could do nothing
  button.addEventListener("click", () => explore(button));
}
