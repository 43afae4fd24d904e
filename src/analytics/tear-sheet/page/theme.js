const KEY = "metaexpert-tear-sheet-scheme";
const ORDER = ["auto", "light", "dark"];
const NAMES = { auto: "automatic", light: "light", dark: "dark" };

/** The button that goes from the system's colour scheme to light, to dark and back; `changed` is called when colours did. */
export function activateTheme(changed) {
  const button = document.getElementById("theme");
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  let scheme = remembered();

  const apply = () => {
    document.documentElement.dataset.scheme = scheme;
    button.setAttribute("aria-label", `Colour scheme: ${NAMES[scheme]}`);
    button.title = `Colour scheme: ${NAMES[scheme]}`;
    changed();
  };
  button.addEventListener("click", () => {
    scheme = ORDER[(ORDER.indexOf(scheme) + 1) % ORDER.length];
    try {
      localStorage.setItem(KEY, scheme);
    } catch {
      // A browser may forbid storage to files; the choice then lasts as long as the page.
    }
    apply();
  });
  system.addEventListener("change", changed);
  apply();
}

function remembered() {
  try {
    const scheme = localStorage.getItem(KEY);
    return ORDER.includes(scheme) ? scheme : "auto";
  } catch {
    return "auto";
  }
}
