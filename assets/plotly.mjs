// What plotly.js would inject as <style> at run time, which a strict Content-Security-Policy forbids: the build writes
// its rules to a file instead. A version of plotly.js that this does not fit stops the build.

import { runInNewContext } from "node:vm";

function only(pattern, source, what) {
  const found = [...source.matchAll(pattern)];
  if (found.length !== 1) throw new Error(`plotly.js: expected one ${what}, found ${found.length} (assets/plotly.mjs)`);
  return found[0][1];
}

export function plotlyParts(source) {
  const literal = only(/=(\{"X,X div":[^}]*\});for\(/g, source, "table of style rules");
  const rules = Object.entries(runInNewContext(`(${literal})`));
  const named = ([selector, body]) =>
    `${selector.replaceAll("X", ".js-plotly-plot .plotly").replaceAll("Y", ".plotly-notifier")}{${body}}`;
  return {
    style: rules.map(named).reverse().join("\n"), // plotly.js inserts each rule before the one before it
    mapStyleId: only(/document\.getElementById\("([0-9a-f]{64})"\)/g, source, "style of the map library"),
  };
}
