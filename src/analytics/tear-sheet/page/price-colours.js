/** The page's colours by name, as the current scheme has them. */
export function readColours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    surface: read("surface"),
    ink: read("ink"),
    muted: read("muted"),
    line: read("line"),
    up: read("up"),
    down: read("down"),
    gain: read("gain"),
    loss: read("loss"),
    plots: [1, 2, 3, 4].map((number) => read(`plot-${number}`)),
    font: getComputedStyle(document.body).fontFamily,
  };
}
