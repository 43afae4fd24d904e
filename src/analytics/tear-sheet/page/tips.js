const GAP = 8;

/** Shows what a statistic means while its name is pointed at or has the focus; Escape hides it. */
export function activateTips() {
  const tip = document.getElementById("tip");
  let owner;

  const show = (term) => {
    const text = document.getElementById(term.getAttribute("aria-describedby"));
    if (!text) return;
    owner = term;
    tip.replaceChildren(...[...text.childNodes].map((child) => child.cloneNode(true)));
    tip.hidden = false;
    place(tip, term);
  };
  const hide = () => {
    owner = undefined;
    tip.hidden = true;
  };
  const termOf = (event) => event.target.closest?.(".term");

  document.addEventListener("pointerover", (event) => {
    const term = termOf(event);
    if (term) show(term);
    else if (owner && owner !== document.activeElement) hide();
  });
  document.addEventListener("focusin", (event) => (termOf(event) ? show(termOf(event)) : hide()));
  document.addEventListener("focusout", hide);
  document.addEventListener("click", (event) => termOf(event) && show(termOf(event)));
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  window.addEventListener("scroll", () => (owner === document.activeElement ? place(tip, owner) : hide()), { passive: true });
}

/** Below the term, or above it where there is no room. */
function place(tip, term) {
  const at = term.getBoundingClientRect();
  const size = tip.getBoundingClientRect();
  const left = Math.max(GAP, Math.min(at.left, document.documentElement.clientWidth - size.width - GAP));
  const below = at.bottom + GAP;
  const top = below + size.height > window.innerHeight - GAP ? Math.max(GAP, at.top - size.height - GAP) : below;
  tip.style.left = `${left}px`;
  tip.style.top = `${top}px`;
}
